package dev.devmentor.cli.patterns;

import dev.devmentor.cli.patterns.Style.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Notes as lines for people. */
final class NoteLines {
    /** Lines of a change that are shown below the file. */
    private static final int DIFF = 4;

    private static final int FILES = 3;

    /** What begins lines that say little: a new file's package, comments. */
    private static final List<String> HEADINGS = List.of("package ", "/*", "*", "//", "#");

    private final Style style;

    NoteLines(Style style) {
        this.style = style;
    }

    List<String> of(Note note, Instant now) {
        return switch (note) {
            case Note.Seen seen -> seen(seen, now);
            case Note.Gone gone -> gone(gone, now);
            case Note.NotSeen notSeen -> notSeen(notSeen, now);
            case Note.Elsewhere elsewhere -> elsewhere(elsewhere, now);
            case Note.Remark remark -> List.of(line(Tone.CALM, "", remark.text(), ""));
        };
    }

    private List<String> seen(Note.Seen seen, Instant now) {
        List<String> out = new ArrayList<>();
        String mark = style.colours() ? style.cross() + " " : "error: ";
        out.add(headed(Tone.BAD, mark, seen.finding().title(), "  [" + seen.id() + "]"));
        KnownError before = seen.before();
        if (before == null) {
            out.add(line(Tone.BAD, "  ", "never seen here before", ""));
        } else {
            out.add(line(Tone.BAD, "  ", "seen before: " + history(before, now), ""));
            KnownError.Gone fixed = before.lastGone();
            if (fixed != null) {
                String when = (before.over() ? "came back: last fixed " : "last fixed ") + Texts.ago(fixed.at(), now);
                out.addAll(cause(Tone.BAD, when + " by ", when + ": ", fixed.fix()));
            } else {
                out.add(line(Tone.BAD, "  ", "never fixed so far", ""));
            }
        }
        KnownError similar = seen.similar();
        if (similar != null) {
            out.add(line(Tone.BAD, "  similar: ", similar.finding().title(), "  [" + similar.id + "]"));
            KnownError.Gone fixed = similar.lastGone();
            if (fixed != null) {
                String when = "that was fixed " + Texts.ago(fixed.at(), now);
                out.addAll(cause(Tone.BAD, when + " by ", when + ": ", fixed.fix()));
            }
        }
        return out;
    }

    /** {@code first 3 days ago, last 2 min ago, 3 times in 2 runs}. */
    private static String history(KnownError error, Instant now) {
        String first = Texts.ago(error.first(), now);
        String last = Texts.ago(error.last(), now);
        String when = first.equals(last) ? last : "first " + first + ", last " + last;
        return when + ", " + Texts.times(error.times()) + " in " + Texts.of(error.runs(), "run");
    }

    private List<String> gone(Note.Gone gone, Instant now) {
        List<String> out = new ArrayList<>();
        KnownError error = gone.error();
        String mark = style.colours() ? style.tick() + " gone: " : "gone: ";
        String history = "failed " + Texts.ago(error.last(), now) + ", " + Texts.times(error.times()) + " in "
                + Texts.of(error.runs(), "run");
        String tail = " " + style.dash() + " " + history;
        String title = error.finding().title();
        boolean fits = Texts.width(mark) + Texts.width(title) + Texts.width(tail) <= style.room();
        out.add(headed(Tone.GOOD, mark, title, fits ? tail : ""));
        if (!fits) {
            out.add(line(Tone.GOOD, "  ", history, ""));
        }
        out.addAll(cause(Tone.GOOD, "fixed by: ", "", gone.fix()));
        return out;
    }

    private List<String> notSeen(Note.NotSeen notSeen, Instant now) {
        KnownError error = notSeen.error();
        return List.of(line(
                Tone.CALM,
                "not seen this time: ",
                error.finding().title(),
                " " + style.dash() + " last " + Texts.ago(error.last(), now) + ", not known to be fixed"));
    }

    private List<String> elsewhere(Note.Elsewhere elsewhere, Instant now) {
        List<String> out = new ArrayList<>();
        Instant last = elsewhere.lastSeen();
        String when = last == null ? "" : ", last " + Texts.ago(last, now);
        String how = elsewhere.how().equals("exact") ? "known to the platform: " : "like one the platform knows: ";
        out.add(line(
                Tone.CALM,
                how,
                elsewhere.title(),
                "  " + Texts.times(elsewhere.support()) + when + "  [" + elsewhere.id() + "]"));
        if (!elsewhere.files().isEmpty()) {
            out.add(line(Tone.CALM, "  fixed there by: ", String.join(", ", elsewhere.files()), ""));
        }
        return out;
    }

    /** What made an error go, without a gutter. */
    List<String> fix(Fix fix) {
        String gutter = style.gutter(Tone.GOOD);
        return cause(Tone.GOOD, "by ", "", fix).stream()
                .map(line -> line.startsWith(gutter) ? line.substring(gutter.length()) : line)
                .toList();
    }

    /** What made an error go. */
    private List<String> cause(Tone tone, String lead, String otherwise, Fix fix) {
        List<String> out = new ArrayList<>();
        if (!fix.known()) {
            out.add(line(tone, "  " + otherwise, "what had changed is not known any more", ""));
            return out;
        }
        if (fix.files().isEmpty()) {
            String nothing = fix.commits().isEmpty()
                    ? "no file of the project changed in between: it may come and go by itself"
                    : "commits in between changed no file";
            out.add(line(tone, "  " + otherwise, nothing, ""));
        } else {
            Fix.Changed likeliest = fix.files().getFirst();
            boolean sure = fix.total() == 1 || likeliest.why() != Fix.Why.OTHER;
            if (!sure) {
                out.add(line(tone, "  ", lead + "one of " + fix.total() + " files", ""));
            }
            String begin = sure ? lead : "  perhaps ";
            String counts = likeliest.added() < 0
                    ? ""
                    : " (+" + likeliest.added() + " " + style.minus() + likeliest.removed() + ")";
            String said = likeliest.added() + likeliest.removed() > 2 ? "" : telling(likeliest);
            int left = style.room() - 2 - Texts.width(begin + likeliest.path() + counts);
            boolean fits = !said.isEmpty() && Texts.width(said) <= left;
            out.add(file(tone, "  " + begin, likeliest.path(), counts, fits ? said : ""));
            if (!fits) {
                out.addAll(diff(tone, likeliest));
            }
            if (fix.total() > 1) {
                out.add(line(tone, "  also changed: ", others(fix), ""));
            }
        }
        if (!fix.commits().isEmpty()) {
            Git.Commit last = fix.commits().getFirst();
            String which = fix.commits().size() == 1
                    ? "in commit "
                    : "in " + fix.commits().size() + " commits, the last ";
            out.add(line(tone, "  " + which, last.hash() + " " + last.subject(), ""));
        }
        return out;
    }

    /** The line that says most of a small change: the first that is new and no heading, or else the first that went. */
    private String telling(Fix.Changed file) {
        List<String> added = file.lines().stream()
                .filter(line -> line.startsWith("+"))
                .map(line -> line.substring(1).strip())
                .toList();
        if (!added.isEmpty()) {
            return "  "
                    + added.stream()
                            .filter(line -> HEADINGS.stream().noneMatch(line::startsWith))
                            .findFirst()
                            .orElse(added.getFirst());
        }
        return file.lines().isEmpty()
                ? ""
                : "  " + style.minus() + " "
                        + file.lines().getFirst().substring(1).strip();
    }

    private List<String> diff(Tone tone, Fix.Changed file) {
        List<String> out = new ArrayList<>();
        int room = style.room() - 6;
        for (String line : file.lines().subList(0, Math.min(DIFF, file.lines().size()))) {
            boolean added = line.startsWith("+");
            String text = (added ? "+ " : style.minus() + " ")
                    + Texts.cutMiddle(line.substring(1).strip(), room, style.ellipsis());
            out.add(style.gutter(tone) + "    " + (added ? style.green(text) : style.red(text)));
        }
        return out;
    }

    private static String others(Fix fix) {
        List<Fix.Changed> others = fix.files().subList(1, fix.files().size());
        String named = others.stream().limit(FILES).map(Fix.Changed::path).collect(Collectors.joining(", "));
        int more = fix.total() - 1 - Math.min(FILES, others.size());
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private String file(Tone tone, String lead, String path, String counts, String said) {
        int room = style.room() - Texts.width(lead) - Texts.width(counts);
        String shownPath = Texts.cutMiddle(path, Math.max(16, room), style.ellipsis());
        return style.gutter(tone) + lead + style.bold(shownPath) + counts + style.dim(said);
    }

    private String headed(Tone tone, String mark, String title, String tail) {
        int room = style.room() - Texts.width(mark) - Texts.width(tail);
        String shown = Texts.cutMiddle(title, Math.max(16, room), style.ellipsis());
        String painted = tone == Tone.BAD ? style.red(mark) : style.green(mark);
        return style.gutter(tone) + painted + style.bold(shown) + style.dim(tail);
    }

    private String line(Tone tone, String lead, String text, String tail) {
        int room = style.room() - Texts.width(lead) - Texts.width(tail);
        return style.gutter(tone)
                + lead
                + Texts.cutMiddle(text, Math.max(16, room), style.ellipsis())
                + style.dim(tail);
    }
}
