package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that there are and the latest commits, within bounds. The indexes by name follow from the files; lists in them
 * are sorted by file number, so that a restored history gives the same answers.
 */
final class History {

    /** Commits with more files say nothing about any two of them; their files are not kept. */
    static final int LARGEST = 100;

    /** Kinds of files beyond these count as one. */
    private static final int KINDS = 64;

    /** Kinds are learnt from commits of at most so many files. */
    private static final int LARGEST_FOR_KINDS = 30;

    /** Commits of an author that are remembered. */
    static final int BY_AUTHOR = 8;

    /** Commits of at most so many files make a file popular in full. */
    private static final double WHOLE_WEIGHT = 10;

    /** A remembered commit. */
    static final class Step {
        final String id;
        final long at;

        /** How many files it touched, whether they are kept or not. */
        final int size;

        /** Those that are kept, in the order of the commit, and in parallel whether each was new. */
        FileState[] files;

        boolean[] added;

        Step(String id, long at, int size, FileState[] files, boolean[] added) {
            this.id = id;
            this.at = at;
            this.size = size;
            this.files = files;
            this.added = added;
        }

        boolean added(FileState file) {
            for (int i = 0; i < files.length; i++) {
                if (files[i] == file) {
                    return added[i];
                }
            }
            return false;
        }
    }

    private final RelatedFiles.Bounds bounds;

    /** All known files, by number; deleted ones too, as they come back. */
    private final List<FileState> files = new ArrayList<>();

    private final Map<String, FileState> byPath = new HashMap<>();

    /** Indexes of the files that exist. */
    private final Map<String, List<FileState>> byStem = new HashMap<>();

    private final Map<String, List<FileState>> byBase = new HashMap<>();
    private final Map<String, List<FileState>> byDirectory = new HashMap<>();
    private final Map<String, List<FileState>> byWord = new HashMap<>();

    private final List<Step> steps = new ArrayList<>();
    private int firstSequence;
    private int entries;

    private final Map<String, Integer> kindNumbers = new LinkedHashMap<>();
    private final double[] kindPairs = new double[KINDS * KINDS];
    private final double[] kindTotals = new double[KINDS];

    /** Numbers of the latest commits of each author, the latest last. */
    private final Map<String, List<Integer>> authors = new TreeMap<>();

    private int nextId;
    private int alive;

    History(RelatedFiles.Bounds bounds) {
        this.bounds = bounds;
    }

    /** The number that the next commit gets. */
    int nextSequence() {
        return firstSequence + steps.size();
    }

    /** How many files exist. */
    int alive() {
        return alive;
    }

    /** How many files are known, deleted ones with them. */
    int known() {
        return files.size();
    }

    /** How many files of commits are kept. */
    int entries() {
        return entries;
    }

    /** How many commits are kept. */
    int steps() {
        return steps.size();
    }

    /** A commit by its number, unless it is forgotten or yet to come. */
    @Nullable Step step(int sequence) {
        int index = sequence - firstSequence;
        return index < 0 || index >= steps.size() ? null : steps.get(index);
    }

    @Nullable FileState file(String path) {
        return byPath.get(path);
    }

    List<FileState> withStem(String stem) {
        return byStem.getOrDefault(stem, List.of());
    }

    List<FileState> withBase(String base) {
        return byBase.getOrDefault(base, List.of());
    }

    List<FileState> in(String directory) {
        return byDirectory.getOrDefault(directory, List.of());
    }

    List<FileState> withWord(String word) {
        return byWord.getOrDefault(word, List.of());
    }

    /** Numbers of an author's latest commits, the latest last. */
    List<Integer> by(String author) {
        return author.isEmpty() ? List.of() : authors.getOrDefault(author, List.of());
    }

    /** The kind of a file as a number; 0 for one that was never seen. */
    int kind(PathName name) {
        return kindNumbers.getOrDefault(name.kind(), 0);
    }

    /** How often a file of one kind changes with one of another, smoothed; not above 1 by much. */
    double kindShare(int from, int to) {
        return (kindPairs[from * KINDS + to] + 0.1) / (kindTotals[from] + 1);
    }

    boolean isUsable(String path) {
        return !path.isEmpty() && path.length() <= bounds.longestPath() && Paths.isWellFormed(path);
    }

    void append(Commit commit) {
        int sequence = nextSequence();
        long at = commit.at().getEpochSecond();
        Map<String, Commit.Kind> kinds = new LinkedHashMap<>();
        for (Commit.Change change : commit.changes()) {
            if (isUsable(change.path())) {
                // a path that stands twice, deleted and added, was replaced: what comes last holds
                kinds.put(change.path(), change.kind());
            }
        }
        Map<String, FileState> moved = Renames.of(kinds, this);
        Set<FileState> moving = new HashSet<>(moved.values());
        kinds.forEach((path, kind) -> {
            FileState file = byPath.get(path);
            if (kind == Commit.Kind.DELETED && file != null && !moving.contains(file)) {
                bury(file);
            }
        });
        move(moved);
        List<FileState> touched = new ArrayList<>();
        List<Boolean> added = new ArrayList<>();
        kinds.forEach((path, kind) -> {
            if (kind != Commit.Kind.DELETED) {
                touched.add(existing(path, sequence));
                added.add(kind == Commit.Kind.ADDED && !moved.containsKey(path));
            }
        });
        double weight = Math.min(1, WHOLE_WEIGHT / Math.max(1, kinds.size()));
        touched.forEach(file -> file.touched(sequence, at, weight));
        learnKinds(touched);
        learnAuthor(commit.author(), sequence);
        boolean kept = touched.size() <= LARGEST;
        boolean[] flags = new boolean[kept ? touched.size() : 0];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = added.get(i);
        }
        FileState[] own = kept ? touched.toArray(FileState[]::new) : new FileState[0];
        steps.add(new Step(commit.id(), at, touched.size(), own, flags));
        entries += own.length;
        forget();
    }

    /** The file at a path, made or brought back if need be. */
    private FileState existing(String path, int sequence) {
        FileState file = byPath.get(path);
        if (file == null) {
            file = new FileState(nextId++, PathName.of(path));
            file.bornSequence = sequence;
            files.add(file);
            byPath.put(path, file);
            alive++;
            index(file);
        } else if (!file.alive) {
            revive(file);
        }
        return file;
    }

    private void bury(FileState file) {
        if (file.alive) {
            index(file, false);
            file.alive = false;
            alive--;
        }
    }

    private void revive(FileState file) {
        file.alive = true;
        alive++;
        index(file);
    }

    /** Gives files their new paths. Whatever was known of a deleted file at such a path goes. */
    private void move(Map<String, FileState> moved) {
        if (moved.isEmpty()) {
            return;
        }
        moved.values().forEach(file -> {
            bury(file);
            byPath.remove(file.name.path());
        });
        Set<FileState> displaced = new HashSet<>();
        moved.forEach((path, file) -> {
            FileState there = byPath.put(path, file);
            if (there != null) {
                bury(there);
                displaced.add(there);
            }
            file.name = PathName.of(path);
            revive(file);
        });
        remove(displaced);
    }

    private void learnKinds(List<FileState> touched) {
        int size = touched.size();
        if (size < 2 || size > LARGEST_FOR_KINDS) {
            return;
        }
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = kindNumbers.computeIfAbsent(
                    touched.get(i).name.kind(), kind -> Math.min(kindNumbers.size() + 1, KINDS));
        }
        if (kindNumbers.size() >= KINDS) {
            kindNumbers.values().removeIf(number -> number == KINDS);
        }
        double weight = 1.0 / (size - 1);
        for (int i = 0; i < size; i++) {
            int from = numbers[i] % KINDS;
            for (int j = 0; j < size; j++) {
                if (i != j) {
                    kindPairs[from * KINDS + numbers[j] % KINDS] += weight;
                }
            }
            kindTotals[from] += 1;
        }
    }

    private void learnAuthor(String author, int sequence) {
        if (author.isEmpty()) {
            return;
        }
        List<Integer> own = authors.computeIfAbsent(author, name -> new ArrayList<>(BY_AUTHOR));
        if (own.size() == BY_AUTHOR) {
            own.removeFirst();
        }
        own.add(sequence);
        if (authors.size() > bounds.authors()) {
            authors.remove(Collections.min(
                            authors.entrySet(),
                            Comparator.comparing(entry -> entry.getValue().getLast()))
                    .getKey());
        }
    }

    /** Lets go of the oldest commits and of the files that were touched longest ago, deleted ones first. */
    private void forget() {
        int drop = 0;
        while (entries > bounds.entries() || steps.size() - drop > bounds.commits()) {
            entries -= steps.get(drop++).files.length;
        }
        steps.subList(0, drop).clear();
        firstSequence += drop;
        if (files.size() > bounds.files()) {
            List<FileState> order = new ArrayList<>(files);
            order.sort(Comparator.<FileState>comparingInt(file -> file.alive ? 1 : 0)
                    .thenComparingInt(file -> file.lastSequence)
                    .thenComparingInt(file -> file.id));
            // an eighth more than needed, so that it does not happen at every commit
            int count = files.size() - bounds.files() + bounds.files() / 8;
            Set<FileState> gone = new HashSet<>(order.subList(0, Math.min(count, order.size())));
            gone.forEach(file -> {
                bury(file);
                byPath.remove(file.name.path());
            });
            remove(gone);
        }
    }

    /** Takes files out of the list of files and out of all commits. */
    private void remove(Set<FileState> gone) {
        if (gone.isEmpty()) {
            return;
        }
        files.removeIf(gone::contains);
        for (Step step : steps) {
            int left = 0;
            for (int i = 0; i < step.files.length; i++) {
                if (!gone.contains(step.files[i])) {
                    step.files[left] = step.files[i];
                    step.added[left++] = step.added[i];
                }
            }
            if (left < step.files.length) {
                entries -= step.files.length - left;
                step.files = Arrays.copyOf(step.files, left);
                step.added = Arrays.copyOf(step.added, left);
            }
        }
    }

    private void index(FileState file) {
        index(file, true);
    }

    private void index(FileState file, boolean in) {
        PathName name = file.name;
        index(byStem, name.stem(), file, in);
        index(byBase, name.base(), file, in);
        index(byDirectory, name.directory(), file, in);
        for (String word : name.words()) {
            index(byWord, word, file, in);
        }
    }

    private static void index(Map<String, List<FileState>> index, String key, FileState file, boolean in) {
        List<FileState> list = index.computeIfAbsent(key, k -> new ArrayList<>(2));
        int at = Collections.binarySearch(list, file, Comparator.comparingInt(other -> other.id));
        if (in) {
            list.add(-at - 1, file);
        } else {
            list.remove(at);
            if (list.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** The most popular files of late that exist, in falling order. */
    List<FileState> popular(int limit) {
        int now = nextSequence();
        FileState[] top = new FileState[limit];
        double[] values = new double[limit];
        int count = 0;
        for (FileState file : files) {
            if (!file.alive) {
                continue;
            }
            double value = file.longPopularity(now);
            int at = count;
            while (at > 0 && values[at - 1] < value) {
                at--;
            }
            if (at < limit) {
                count = Math.min(count + 1, limit);
                System.arraycopy(top, at, top, at + 1, count - at - 1);
                System.arraycopy(values, at, values, at + 1, count - at - 1);
                top[at] = file;
                values[at] = value;
            }
        }
        return List.of(Arrays.copyOf(top, count));
    }

    void write(ByteWriter out) {
        out.varint(nextId);
        out.varint(files.size());
        Map<FileState, Integer> places = new HashMap<>();
        for (FileState file : files) {
            places.put(file, places.size());
            file.write(out);
        }
        out.varint(firstSequence);
        out.varint(steps.size());
        for (Step step : steps) {
            out.text(step.id);
            out.varint(step.at);
            out.varint(step.size);
            out.varint(step.files.length);
            for (int i = 0; i < step.files.length; i++) {
                out.varint(places.getOrDefault(step.files[i], -1));
                out.bool(step.added[i]);
            }
        }
        out.varint(kindNumbers.size());
        kindNumbers.forEach((kind, number) -> {
            out.text(kind);
            out.int1(number);
        });
        for (int i = 0; i < kindPairs.length; i++) {
            if (kindPairs[i] > 0) {
                out.varint(i);
                out.float8(kindPairs[i]);
            }
        }
        out.varint(-1);
        for (double total : kindTotals) {
            out.float8(total);
        }
        out.varint(authors.size());
        authors.forEach((author, sequences) -> {
            out.text(author);
            out.int1(sequences.size());
            sequences.forEach(out::varint);
        });
    }

    static History read(RelatedFiles.Bounds bounds, ByteReader in) {
        History history = new History(bounds);
        history.nextId = Math.toIntExact(in.varint());
        int known = in.count(25);
        if (known > bounds.files()) {
            throw new IllegalArgumentException(known + " files");
        }
        int before = -1;
        for (int i = 0; i < known; i++) {
            FileState file = FileState.read(in);
            if (file.id <= before || file.id >= history.nextId || !history.isUsable(file.name.path())) {
                throw new IllegalArgumentException("file " + file.id + " behind " + before);
            }
            before = file.id;
            history.files.add(file);
            history.byPath.put(file.name.path(), file);
            if (file.alive) {
                history.alive++;
                history.index(file);
            }
        }
        history.firstSequence = Math.toIntExact(in.varint());
        if (history.firstSequence < 0) {
            throw new IllegalArgumentException("commits from number " + history.firstSequence);
        }
        int commits = in.count(5);
        if (commits > bounds.commits()) {
            throw new IllegalArgumentException(commits + " commits");
        }
        for (int step = 0; step < commits; step++) {
            String id = in.text();
            long at = in.varint();
            int size = Math.toIntExact(in.varint());
            int count = Math.toIntExact(in.varint());
            if (count < 0 || count > LARGEST) {
                throw new IllegalArgumentException("files of a commit: " + count);
            }
            FileState[] own = new FileState[count];
            boolean[] added = new boolean[count];
            for (int i = 0; i < count; i++) {
                own[i] = history.files.get(Math.toIntExact(in.varint()));
                added[i] = in.bool();
            }
            history.steps.add(new Step(id, at, size, own, added));
            history.entries += count;
        }
        int kinds = in.count(3);
        for (int i = 0; i < kinds; i++) {
            String kind = in.text();
            int number = in.int1();
            if (number >= KINDS) {
                throw new IllegalArgumentException("a kind of number " + number);
            }
            history.kindNumbers.put(kind, number);
        }
        for (int i = Math.toIntExact(in.varint()); i >= 0; i = Math.toIntExact(in.varint())) {
            history.kindPairs[i] = in.finite8();
        }
        for (int i = 0; i < KINDS; i++) {
            history.kindTotals[i] = in.finite8();
        }
        int authors = in.count(3);
        if (authors > bounds.authors()) {
            throw new IllegalArgumentException(authors + " authors");
        }
        for (int i = 0; i < authors; i++) {
            String author = in.text();
            List<Integer> sequences = new ArrayList<>(BY_AUTHOR);
            int own = in.int1();
            if (own > BY_AUTHOR) {
                throw new IllegalArgumentException(own + " commits of an author");
            }
            for (int more = own; more > 0; more--) {
                sequences.add(Math.toIntExact(in.varint()));
            }
            history.authors.put(author, sequences);
        }
        return history;
    }
}
