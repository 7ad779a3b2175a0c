package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that may go with one file, and what speaks for each of them, as numbers for the {@link Ranker}.
 *
 * <p>Where candidates come from: files of the latest commits of the query's file (evolutionary coupling: Ying et al., TSE
 * 2004; Zimmermann et al., TSE 2005); files changed with its neighbours and namesakes, and with the files that go with it
 * (transitive coupling); files of related names; files being worked on and popular ones. What the numbers say of each: how
 * often both changed together, by several ways of forgetting and of weighing large commits; what is common to their names and
 * places; how popular and how fresh the candidate is; how much is known of the query's file at all.
 *
 * <p>Reused from query to query; not thread-safe.
 */
final class Candidates {

    /** Numbers that describe a candidate. */
    static final int FEATURES = 68;

    /** Numbers that describe what an author has to do with a candidate. */
    static final int AUTHOR_FEATURES = 3;

    // What is summed up of a candidate over commits.
    private static final int TOGETHER = 0;
    private static final int TOGETHER_BY_SIZE = 1;
    private static final int TOGETHER_LATELY = 2;
    private static final int TOGETHER_BY_AGE = 3;
    private static final int TOGETHER_MODIFIED = 4;
    private static final int WITH_NEIGHBOURS = 5;
    private static final int TRANSITIVE = 6;
    private static final int TOGETHER_SMALL = 7;
    private static final int ACTIVE = 8;
    private static final int SESSION = 9;
    private static final int SUMS = 10;

    /** Sums that also stand relative to the largest of the list. */
    private static final int[] RELATIVE = {
        TOGETHER, TOGETHER_BY_SIZE, TOGETHER_LATELY, TOGETHER_MODIFIED, WITH_NEIGHBOURS, TRANSITIVE
    };

    private static final int LARGEST_MIDDLING = 30;
    private static final int LARGEST_ACTIVE = 50;
    private static final int LARGEST_SMALL = 4;
    private static final int LARGEST_SESSION = 12;

    private static final int RECENT_STEPS = 16;
    private static final int DIRECTORY_STEPS = 24;
    private static final int SESSION_STEPS = 3;
    private static final int SESSION_FILE_STEPS = 6;
    private static final int NEIGHBOURS = 12;
    private static final int NAMESAKES = 6;
    private static final int NEIGHBOUR_STEPS = 8;
    private static final int VIA = 6;
    private static final int VIA_STEPS = 16;
    private static final double LEAST_VIA = 0.05;

    private static final int MOST_NAMED = 32;
    private static final int MOST_OF_DIRECTORY = 60;
    private static final int RARE_WORD = 40;
    private static final int POPULAR = 40;

    /** Days after which a common commit counts half. */
    private static final double HALF_AGE = 60;

    private static final double[] FADE_SLOW = fades(0.95);
    private static final double[] FADE_FAST = fades(0.75);

    private final History history;

    private FileState[] files = new FileState[64];
    private double[] features = new double[64 * FEATURES];
    private double[] sums = new double[64 * SUMS];

    /** How many commits of the query's file ago the latest common one is, and its number; -1 without any. */
    private int[] latestCommon = new int[64];

    private int[] latestCommonSequence = new int[64];
    private int size;
    private long stamp;

    // of the query's file: what the sums could be at most
    private final double[] totals = new double[5];
    private double neighbourTotal;
    private double transitiveTotal;
    private double meanSize;
    private int known;

    // of the history: the same until the next commit
    private int cachedFor = -1;
    private List<FileState> popular = List.of();
    private final Map<String, Double> activeDirectories = new HashMap<>();

    Candidates(History history) {
        this.history = history;
    }

    private static double[] fades(double factor) {
        double[] fades = new double[FileState.COMMITS];
        double value = 1;
        for (int i = 0; i < fades.length; i++) {
            fades[i] = value;
            value *= factor;
        }
        return fades;
    }

    int size() {
        return size;
    }

    FileState file(int candidate) {
        return files[candidate];
    }

    /** Features of all candidates in a row. */
    double[] features() {
        return features;
    }

    /** How many known commits of the query's file touched the candidate. */
    int together(int candidate) {
        return (int) sums[candidate * SUMS + TOGETHER];
    }

    /** How many commits of the query's file are known. */
    int known() {
        return known;
    }

    /** Share of the changes around the query's file that touched the candidate. */
    double withNeighbours(int candidate) {
        return neighbourTotal == 0 ? 0 : sums[candidate * SUMS + WITH_NEIGHBOURS] / neighbourTotal;
    }

    /** Place of a file among the candidates, which it joins if it was not among them. */
    private int place(FileState file) {
        if (file.stamp == stamp) {
            return file.slot;
        }
        if (size == files.length) {
            files = Arrays.copyOf(files, 2 * size);
            sums = Arrays.copyOf(sums, 2 * size * SUMS);
            latestCommon = Arrays.copyOf(latestCommon, 2 * size);
            latestCommonSequence = Arrays.copyOf(latestCommonSequence, 2 * size);
            features = new double[2 * size * FEATURES];
        }
        file.stamp = stamp;
        file.slot = size;
        files[size] = file;
        latestCommon[size] = -1;
        Arrays.fill(sums, size * SUMS, (size + 1) * SUMS, 0);
        return size++;
    }

    private void add(FileState file, int sum, double weight) {
        int place = place(file);
        sums[place * SUMS + sum] += weight;
    }

    /**
     * Collects the candidates for a file and describes them.
     *
     * @param name of the file
     * @param file what is known of it, if anything
     * @param at time of the query, epoch seconds
     */
    void collect(PathName name, @Nullable FileState file, long at) {
        collect(name, file, file, at);
    }

    /** As if nothing were known of a file but its name: what a query is like for a new one. */
    void collectAsNew(FileState file, long at) {
        collect(file.name, null, file, at);
    }

    /** @param query what is not to be a candidate */
    private void collect(PathName name, @Nullable FileState file, @Nullable FileState query, long at) {
        stamp++;
        size = 0;
        refreshCache();
        together(file, at);
        named(name, query);
        neighbours(name, query);
        active(query);
        transitive(name, query);
        session();
        describe(name, file, at);
    }

    private void refreshCache() {
        int now = history.nextSequence();
        if (cachedFor == now) {
            return;
        }
        cachedFor = now;
        popular = history.popular(POPULAR);
        activeDirectories.clear();
        double weight = 1;
        for (int back = 1; back <= DIRECTORY_STEPS; back++) {
            History.Step step = history.step(now - back);
            if (step == null) {
                break;
            }
            for (FileState file : step.files) {
                activeDirectories.merge(file.name.directory(), weight / (2 + step.size), Double::sum);
            }
            weight *= 0.9;
        }
    }

    /** What the latest commits of the file touched beside it. */
    private void together(@Nullable FileState file, long at) {
        Arrays.fill(totals, 0);
        known = file == null ? 0 : file.known();
        meanSize = 5;
        if (file == null) {
            return;
        }
        double sizes = 0;
        for (int i = 0; i < known; i++) {
            int sequence = file.recent(i);
            History.Step step = history.step(sequence);
            if (step == null) {
                known = i;
                break;
            }
            sizes += Math.min(step.size, History.LARGEST);
            double days = Math.max(0, (at - step.at) / 86_400.0);
            double bySize = FADE_SLOW[i] / Math.sqrt(Math.max(1, step.size - 1));
            double byAge = 1 / (1 + days / HALF_AGE);
            double modified = step.added(file) ? 0 : FADE_SLOW[i];
            totals[TOGETHER] += 1;
            totals[TOGETHER_BY_SIZE] += bySize;
            totals[TOGETHER_LATELY] += FADE_FAST[i];
            totals[TOGETHER_BY_AGE] += byAge;
            totals[TOGETHER_MODIFIED] += modified;
            for (int j = 0; j < step.files.length; j++) {
                FileState other = step.files[j];
                if (other == file || !other.alive) {
                    continue;
                }
                int place = place(other);
                int s = place * SUMS;
                sums[s + TOGETHER] += 1;
                sums[s + TOGETHER_BY_SIZE] += bySize;
                sums[s + TOGETHER_LATELY] += FADE_FAST[i];
                sums[s + TOGETHER_BY_AGE] += byAge;
                sums[s + TOGETHER_MODIFIED] += step.added[j] ? 0 : modified;
                sums[s + TOGETHER_SMALL] += step.size <= LARGEST_SMALL ? FADE_SLOW[i] : 0;
                if (latestCommon[place] < 0) {
                    latestCommon[place] = i;
                    latestCommonSequence[place] = sequence;
                }
            }
        }
        meanSize = known == 0 ? 5 : sizes / known;
    }

    private void named(PathName name, @Nullable FileState file) {
        offer(history.withStem(name.stem()), file, MOST_NAMED);
        offer(history.withBase(name.base()), file, MOST_NAMED);
        offer(history.in(name.directory()), file, MOST_OF_DIRECTORY);
        for (String word : name.words()) {
            List<FileState> list = history.withWord(word);
            if (list.size() <= RARE_WORD) {
                offer(list, file, RARE_WORD);
            }
        }
    }

    private void offer(List<FileState> list, @Nullable FileState query, int limit) {
        for (FileState file : latest(list, limit)) {
            if (file != query) {
                place(file);
            }
        }
    }

    /** Those of a list that were touched last. */
    private static List<FileState> latest(List<FileState> list, int limit) {
        if (list.size() <= limit) {
            return list;
        }
        int[] sequences = new int[list.size()];
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = list.get(i).lastSequence;
        }
        Arrays.sort(sequences);
        int least = sequences[sequences.length - limit];
        List<FileState> latest = new ArrayList<>(limit);
        for (int i = list.size() - 1; i >= 0 && latest.size() < limit; i--) {
            if (list.get(i).lastSequence >= least) {
                latest.add(list.get(i));
            }
        }
        return latest;
    }

    /** What the latest commits of files in the same directory and of the same stem touched. */
    private void neighbours(PathName name, @Nullable FileState query) {
        neighbourTotal = 0;
        List<FileState> around = new ArrayList<>(latest(history.withStem(name.stem()), NAMESAKES));
        around.addAll(latest(history.in(name.directory()), NEIGHBOURS));
        for (FileState neighbour : around) {
            if (neighbour == query) {
                continue;
            }
            double like = 0.25 + name.sharedWords(neighbour.name);
            for (int i = 0; i < Math.min(neighbour.known(), NEIGHBOUR_STEPS); i++) {
                History.Step step = history.step(neighbour.recent(i));
                if (step == null) {
                    break;
                }
                if (step.size < 2 || step.size > LARGEST_MIDDLING) {
                    continue;
                }
                double weight = like * FADE_FAST[i] / Math.sqrt(step.size - 1.0);
                neighbourTotal += weight;
                for (FileState file : step.files) {
                    if (file != query && file != neighbour && file.alive) {
                        add(file, WITH_NEIGHBOURS, weight);
                    }
                }
            }
        }
    }

    /** What is being worked on, and what always is. */
    private void active(@Nullable FileState query) {
        int now = history.nextSequence();
        double weight = 1;
        for (int back = 1; back <= RECENT_STEPS; back++) {
            History.Step step = history.step(now - back);
            if (step == null) {
                break;
            }
            if (step.size <= LARGEST_ACTIVE) {
                for (FileState file : step.files) {
                    if (file != query && file.alive) {
                        add(file, ACTIVE, weight / (1 + step.size / 10.0));
                    }
                }
            }
            weight *= 0.8;
        }
        offer(popular, query, POPULAR);
    }

    /** What goes with the files that go with the query's file most. */
    private void transitive(PathName name, @Nullable FileState query) {
        int first = size;
        double[] strengths = new double[first];
        for (int i = 0; i < first; i++) {
            strengths[i] = sums[i * SUMS + TOGETHER_BY_SIZE] / (totals[TOGETHER_BY_SIZE] + 0.3)
                    + 0.4 * withNeighbours(i) / (1 + totals[TOGETHER_BY_SIZE])
                    + (name.stem().equals(files[i].name.stem()) ? 0.3 : 0);
        }
        transitiveTotal = 0;
        for (int round = 0; round < VIA; round++) {
            int best = -1;
            for (int i = 0; i < first; i++) {
                if (strengths[i] > LEAST_VIA && (best < 0 || strengths[i] > strengths[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                return;
            }
            transitiveTotal += strengths[best];
            via(files[best], query, strengths[best]);
            strengths[best] = 0;
        }
    }

    private void via(FileState via, @Nullable FileState query, double strength) {
        int limit = Math.min(via.known(), VIA_STEPS);
        double total = 0.3;
        for (int i = 0; i < limit; i++) {
            total += weightVia(history.step(via.recent(i)), i);
        }
        for (int i = 0; i < limit; i++) {
            History.Step step = history.step(via.recent(i));
            double weight = weightVia(step, i);
            if (step == null || weight == 0) {
                continue;
            }
            for (FileState file : step.files) {
                if (file != query && file != via && file.alive) {
                    add(file, TRANSITIVE, strength * weight / total);
                }
            }
        }
    }

    private static double weightVia(History.@Nullable Step step, int i) {
        return step == null || step.size < 2 || step.size > LARGEST_MIDDLING
                ? 0
                : FADE_SLOW[i] / Math.sqrt(step.size - 1.0);
    }

    /** Which candidates go with the files of the very latest commits: work goes on where it was. */
    private void session() {
        int now = history.nextSequence();
        double fade = 1;
        for (int back = 1; back <= SESSION_STEPS; back++) {
            History.Step step = history.step(now - back);
            if (step == null) {
                break;
            }
            if (step.size <= LARGEST_SESSION) {
                for (FileState via : step.files) {
                    session(step, via, fade);
                }
            }
            fade *= 0.7;
        }
    }

    private void session(History.Step step, FileState via, double fade) {
        for (int i = 0; i < Math.min(via.known(), SESSION_FILE_STEPS); i++) {
            History.Step other = history.step(via.recent(i));
            if (other == null || other == step || other.size > LARGEST_MIDDLING) {
                continue;
            }
            double weight = fade * FADE_FAST[i] / other.size;
            for (FileState file : other.files) {
                if (file.stamp == stamp && file != via) {
                    sums[file.slot * SUMS + SESSION] += weight;
                }
            }
        }
    }

    /** On a scale of about -1 to 1; the odds of rare and of frequent things differ, not their shares. */
    private static double scaled(double share) {
        return (ln(share + 0.01) + 3) / 2;
    }

    private static double ln(double x) {
        return DeterministicMath.log(x);
    }

    private static double flag(boolean is) {
        return is ? 1 : 0;
    }

    private static double hours(long seconds) {
        return Math.max(0, seconds) / 3_600.0;
    }

    private void describe(PathName query, @Nullable FileState known, long at) {
        int now = history.nextSequence();
        double[] most = new double[RELATIVE.length];
        double mostWords = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < RELATIVE.length; j++) {
                most[j] = Math.max(most[j], sums[i * SUMS + RELATIVE[j]]);
            }
            mostWords = Math.max(mostWords, query.sharedWords(files[i].name));
        }
        double[] ofQuery = describeQuery(query, known, at, now);
        double cold = ofQuery[0];
        int kind = history.kind(query);
        for (int i = 0; i < size; i++) {
            FileState file = files[i];
            PathName name = file.name;
            int s = i * SUMS;
            int f = i * FEATURES;

            double share = sums[s + TOGETHER] / (totals[TOGETHER] + 1);
            double bySize = sums[s + TOGETHER_BY_SIZE] / (totals[TOGETHER_BY_SIZE] + 0.3);
            double lately = sums[s + TOGETHER_LATELY] / (totals[TOGETHER_LATELY] + 0.4);
            double byAge = sums[s + TOGETHER_BY_AGE] / (totals[TOGETHER_BY_AGE] + 0.3);
            double modified = sums[s + TOGETHER_MODIFIED] / (totals[TOGETHER_MODIFIED] + 0.5);
            double backwards = sums[s + TOGETHER] / (file.known() + 1.0);
            double neighbours = neighbourTotal == 0 ? 0 : sums[s + WITH_NEIGHBOURS] / (neighbourTotal + 0.2);
            double transitive = transitiveTotal == 0 ? 0 : sums[s + TRANSITIVE] / transitiveTotal;
            features[f++] = scaled(share);
            features[f++] = scaled(bySize);
            features[f++] = scaled(lately);
            features[f++] = scaled(byAge);
            features[f++] = scaled(modified);
            features[f++] = 2 * share;
            features[f++] = 2 * bySize;
            features[f++] = 2 * lately;
            features[f++] = 2 * modified;
            features[f++] = ln(1 + sums[s + TOGETHER]) / 2;
            features[f++] = ln(1 + sums[s + TOGETHER_SMALL]);
            features[f++] = scaled(backwards);
            features[f++] = 2 * backwards;
            features[f++] = (ln(share * backwards + 0.0005) + 5) / 3;
            features[f++] = latestCommon[i] < 0 ? 0 : 1.0 / (1 + latestCommon[i]);
            features[f++] = flag(latestCommon[i] == 0);
            features[f++] = latestCommon[i] < 0 ? 3 : ln(1.0 + now - latestCommonSequence[i]) / 2;
            features[f++] = scaled(neighbours);
            features[f++] = 2 * neighbours;
            features[f++] = scaled(transitive);
            features[f++] = 2 * transitive;
            for (int j = 0; j < RELATIVE.length; j++) {
                features[f++] = most[j] == 0 ? 0 : sums[s + RELATIVE[j]] / most[j];
            }

            boolean sameDirectory = query.directory().equals(name.directory());
            boolean samePlace = query.place().equals(name.place());
            boolean sameStem = query.stem().equals(name.stem());
            double words = query.sharedWords(name);
            int depth = Math.max(query.segments().length, name.segments().length);
            int shared = query.sharedSegments(name);
            features[f++] = flag(sameStem);
            features[f++] = flag(sameStem && samePlace);
            features[f++] = flag(query.base().equals(name.base()));
            features[f++] = 2 * words;
            features[f++] = mostWords == 0 ? 0 : words / mostWords;
            features[f++] = flag(sameDirectory);
            features[f++] = flag(samePlace);
            features[f++] = depth == 0 ? 1 : (double) shared / depth;
            features[f++] = flag(shared == 0);
            features[f++] = flag(query.extension().equals(name.extension()));
            features[f++] = flag(query.role() == name.role());
            features[f++] = flag(name.role() == PathName.Role.TEST);
            features[f++] = flag(name.role() == PathName.Role.TEXT);
            features[f++] = flag(name.role() == PathName.Role.BUILD);
            features[f++] = (ln(history.kindShare(kind, history.kind(name))) + 2) / 2;
            features[f++] = cold * 2 * words;
            features[f++] = cold * flag(sameStem);
            features[f++] = cold * flag(sameDirectory);

            features[f++] = ln(file.shortPopularity(now) + 0.02) / 2;
            features[f++] = ln(file.longPopularity(now) + 0.05) / 2;
            features[f++] = ln(1.0 + now - file.lastSequence) / 3;
            features[f++] = ln(1 + hours(at - file.lastAt)) / 6;
            features[f++] = flag(file.lastSequence == now - 1);
            features[f++] = flag(known != null && file.lastSequence == known.lastSequence);
            features[f++] = ln(1.0 + now - file.bornSequence) / 4;
            features[f++] = ln(1.0 + file.commits) / 3;
            features[f++] = sums[s + ACTIVE];
            features[f++] = sums[s + SESSION];
            features[f++] = activity(name.directory());

            System.arraycopy(ofQuery, 0, features, f, ofQuery.length);
        }
    }

    /** What {@link Odds} takes from here, from its fifth number on. */
    void describeOdds(int candidate, double[] x) {
        int s = candidate * SUMS;
        x[4] = sums[s + TOGETHER] / (totals[TOGETHER] + 1);
        x[5] = sums[s + TOGETHER_BY_SIZE] / (totals[TOGETHER_BY_SIZE] + 0.3);
        x[6] = sums[s + TOGETHER_LATELY] / (totals[TOGETHER_LATELY] + 0.4);
        x[7] = sums[s + TOGETHER] / (files[candidate].known() + 1.0);
        x[8] = ln(meanSize) / 2;
        x[9] = 1.0 / (1 + known);
        x[10] = ln(1.0 + known) / 3;
        x[11] = transitiveTotal == 0 ? 0 : sums[s + TRANSITIVE] / transitiveTotal;
    }

    private double activity(String directory) {
        return ln(0.05 + activeDirectories.getOrDefault(directory, 0.0)) / 2;
    }

    private double[] describeQuery(PathName query, @Nullable FileState file, long at, int now) {
        History.Step last = history.step(now - 1);
        return new double[] {
            1.0 / (1 + known),
            flag(known == 0),
            ln(1.0 + (file == null ? 0 : file.commits)) / 3,
            file == null ? 2 : ln(1.0 + now - file.lastSequence) / 3,
            flag(file != null && file.lastSequence == now - 1),
            ln(1.0 + history.alive()) / 5,
            last == null ? 0 : ln(1 + hours(at - last.at)) / 5,
            ln(meanSize) / 2,
            activity(query.directory()),
            flag(query.role() == PathName.Role.TEST),
            flag(query.role() == PathName.Role.TEXT),
            flag(query.role() == PathName.Role.BUILD)
        };
    }

    /** What an author has to do with each candidate, {@link #AUTHOR_FEATURES} numbers of each in a row. */
    double[] describeAuthor(String author) {
        double[] own = new double[size * AUTHOR_FEATURES];
        List<Integer> sequences = history.by(author);
        for (int back = 0; back < sequences.size(); back++) {
            History.Step step = history.step(sequences.get(sequences.size() - 1 - back));
            if (step == null) {
                break;
            }
            for (FileState file : step.files) {
                if (file.stamp == stamp) {
                    int f = file.slot * AUTHOR_FEATURES;
                    own[f] = Math.max(own[f], 1.0 / (1 + back));
                    own[f + 1] += 1.0 / History.BY_AUTHOR;
                    own[f + 2] = 1;
                }
            }
        }
        return own;
    }

    /** Ids of the commits behind a candidate, the latest first. */
    List<String> evidence(int candidate, @Nullable FileState query, int limit) {
        FileState file = files[candidate];
        List<String> ids = new ArrayList<>();
        if (query != null && together(candidate) > 0) {
            for (int i = 0; i < known && ids.size() < limit; i++) {
                History.Step step = history.step(query.recent(i));
                if (step != null && Arrays.asList(step.files).contains(file)) {
                    ids.add(step.id);
                }
            }
            return ids;
        }
        for (int i = 0; i < file.known() && ids.size() < limit; i++) {
            History.Step step = history.step(file.recent(i));
            if (step != null) {
                ids.add(step.id);
            }
        }
        return ids;
    }

    /** Candidates by falling score, equal ones by path. */
    List<Integer> ranked(double[] scores) {
        List<Integer> order = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> files[i].name.path()));
        return order;
    }
}
