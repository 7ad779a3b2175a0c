package dev.devmentor.pbml.engine.related;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds renames among the deletions and additions of one commit, by names alone: the same base name first (a moved file),
 * then the same directory and extension with most words in common (a renamed one). A file keeps its history through them.
 */
final class Renames {

    /** Below this share of common words a new file in the directory of a deleted one is another file. */
    private static final double SAME_WORDS = 0.5;

    /** Beyond so many additions only equal base names are looked for: the other search is quadratic. */
    private static final int MOST_FOR_WORDS = 200;

    private Renames() {}

    /**
     * New path to the file that was moved there, in the order of the commit.
     *
     * @param kinds what the commit did, by path
     */
    static Map<String, FileState> of(Map<String, Commit.Kind> kinds, History history) {
        List<FileState> deleted = new ArrayList<>();
        List<PathName> added = new ArrayList<>();
        kinds.forEach((path, kind) -> {
            FileState file = history.file(path);
            boolean exists = file != null && file.alive;
            if (kind == Commit.Kind.DELETED && file != null && exists) {
                deleted.add(file);
            } else if (kind == Commit.Kind.ADDED && !exists) {
                added.add(PathName.of(path));
            }
        });
        Map<String, FileState> moved = new LinkedHashMap<>();
        if (deleted.isEmpty() || added.isEmpty()) {
            return moved;
        }
        Map<String, List<FileState>> byBase = new HashMap<>();
        for (FileState file : deleted) {
            byBase.computeIfAbsent(file.name.base(), base -> new ArrayList<>()).add(file);
        }
        Set<FileState> gone = new HashSet<>();
        List<PathName> left = new ArrayList<>();
        for (PathName to : added) {
            List<FileState> from = byBase.getOrDefault(to.base(), List.of());
            FileState best = nearest(from, to);
            if (best == null) {
                left.add(to);
            } else {
                from.remove(best);
                gone.add(best);
                moved.put(to.path(), best);
            }
        }
        deleted.removeIf(gone::contains);
        if (left.size() > MOST_FOR_WORDS || deleted.size() > MOST_FOR_WORDS) {
            return moved;
        }
        for (PathName to : left) {
            FileState best = likest(deleted, to);
            if (best != null) {
                deleted.remove(best);
                moved.put(to.path(), best);
            }
        }
        return moved;
    }

    /** Of files of the same base name the one whose directory has most parts in common with the new one, at both ends. */
    private static @Nullable FileState nearest(List<FileState> files, PathName to) {
        FileState best = null;
        int most = -1;
        for (FileState file : files.subList(0, Math.min(files.size(), MOST_FOR_WORDS))) {
            int shared = sharedEnd(file.name, to) + file.name.sharedSegments(to);
            if (shared > most) {
                most = shared;
                best = file;
            }
        }
        return best;
    }

    private static @Nullable FileState likest(List<FileState> files, PathName to) {
        FileState best = null;
        double most = SAME_WORDS;
        for (FileState file : files) {
            double shared = file.name.sharedWords(to);
            if (file.name.extension().equals(to.extension())
                    && file.name.directory().equals(to.directory())
                    && (shared > most || best == null && shared == most)) {
                most = shared;
                best = file;
            }
        }
        return best;
    }

    private static int sharedEnd(PathName a, PathName b) {
        String[] x = a.segments();
        String[] y = b.segments();
        int shared = 0;
        while (shared < x.length && shared < y.length && x[x.length - 1 - shared].equals(y[y.length - 1 - shared])) {
            shared++;
        }
        return shared;
    }
}
