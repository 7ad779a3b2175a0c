package dev.devmentor.cli.patterns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what made an error go, as far as the files tell. */
final class FixFinder {
    /** Files whose lines are compared. */
    private static final int COMPARED = 5;

    private final ProjectFiles project;

    FixFinder(ProjectFiles project) {
        this.project = project;
    }

    /**
     * What changed between two states, the likeliest for an error first.
     *
     * @param files that the error names
     * @param text of the error
     */
    Fix between(ProjectState before, ProjectState after, List<String> files, String text) {
        List<String> changed = project.changed(before, after);
        List<Ranked> ranked = new ArrayList<>();
        for (String path : changed) {
            ranked.add(new Ranked(path, why(path, files, text), closeness(path, files)));
        }
        ranked.sort(Comparator.comparing(Ranked::why)
                .thenComparing(Comparator.comparingInt(Ranked::closeness).reversed())
                .thenComparing(Ranked::path));
        List<Fix.Changed> out = new ArrayList<>();
        for (Ranked file : ranked.subList(0, Math.min(ranked.size(), Fix.FILES))) {
            Optional<LineDiff> diff = out.size() < COMPARED ? diff(before, after, file.path()) : Optional.empty();
            out.add(new Fix.Changed(
                    file.path(),
                    file.why(),
                    diff.map(LineDiff::added).orElse(-1),
                    diff.map(LineDiff::removed).orElse(-1),
                    diff.map(LineDiff::lines).orElse(List.of()).stream()
                            .map(Secrets::mask)
                            .toList()));
        }
        return new Fix(true, out, changed.size(), project.commits(before, after));
    }

    private record Ranked(String path, Fix.Why why, int closeness) {}

    private Optional<LineDiff> diff(ProjectState before, ProjectState after, String path) {
        if (!SourceFiles.isSource(path)) {
            return Optional.empty();
        }
        Optional<byte[]> old = project.content(before, path);
        Optional<byte[]> now = project.content(after, path);
        return old.isPresent() && now.isPresent() ? LineDiff.of(old.get(), now.get()) : Optional.empty();
    }

    private static Fix.Why why(String path, List<String> files, String text) {
        for (String file : files) {
            if (path.equals(file) || path.endsWith("/" + file) || file.endsWith("/" + path)) {
                return Fix.Why.NAMED;
            }
        }
        String stem = stem(path);
        if (stem.length() >= 3
                && Pattern.compile("(?<![\\w$])" + Pattern.quote(stem) + "(?![\\w$])")
                        .matcher(text)
                        .find()) {
            return Fix.Why.NAMED;
        }
        if (SourceFiles.ofTheBuild(path)) {
            return Fix.Why.BUILD;
        }
        boolean near = files.stream().anyMatch(file -> folder(file).equals(folder(path)) || twins(stem, stem(file)));
        return near ? Fix.Why.NEAR : Fix.Why.OTHER;
    }

    /** A class and its test. */
    private static boolean twins(String a, String b) {
        return !a.equals(b) && a.length() >= 3 && b.length() >= 3 && (a.startsWith(b) || b.startsWith(a));
    }

    /** Folders that it shares with the nearest of the files that the error names, from the top on and from the end on. */
    private static int closeness(String path, List<String> files) {
        int best = 0;
        for (int i = 0; i < files.size(); i++) {
            String[] a = path.split("/");
            String[] b = files.get(i).split("/");
            int same = 0;
            while (same < Math.min(a.length, b.length) && a[same].equals(b[same])) {
                same++;
            }
            int end = 0;
            while (end < Math.min(a.length, b.length) && a[a.length - 1 - end].equals(b[b.length - 1 - end])) {
                end++;
            }
            // The earlier the error names it the more it counts: innermost frames come first.
            best = Math.max(best, 100 * Math.max(same, end) - Math.min(i, 99));
        }
        return best;
    }

    private static String stem(String path) {
        String base = ProjectPaths.base(path);
        int dot = base.indexOf('.');
        return dot > 0 ? base.substring(0, dot) : base;
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
