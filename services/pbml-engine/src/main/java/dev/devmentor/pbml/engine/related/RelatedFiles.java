package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Calibrator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which file, test or document goes with this change? Learns one history of commits as it streams in, and answers from the
 * state before the next one.
 *
 * <p>Every answer is ranked by a {@link Ranker} over what {@link Candidates} says; both learn from each commit of up to
 * {@value #LARGEST_TO_LEARN} modified files by asking themselves about each of these before they see the rest. So a new
 * repository starts with names and a prior from other histories, and ends with its own habits.
 *
 * <p>Memory is bounded by {@link Bounds}: the oldest commits go first, then the files that were touched longest ago. The same
 * commits give the same state and the same bytes. Not thread-safe.
 */
public final class RelatedFiles {

    /** Larger commits are remembered, but nothing is learnt from them about the ranking. */
    static final int LARGEST_TO_LEARN = 30;

    /** Probabilities are learnt from so many candidates at the top of each list. */
    private static final int OFFERED = 10;

    private static final int VERSION = 1;

    /**
     * What may be remembered.
     *
     * @param files known files, deleted ones with them
     * @param commits latest commits
     * @param entries files of commits, together
     * @param authors authors whose latest commits are known
     * @param longestPath longer paths are passed over
     */
    public record Bounds(int files, int commits, int entries, int authors, int longestPath) {

        /** Enough for the histories of large repositories; at most some 100 MB. */
        public static final Bounds DEFAULT = new Bounds(50_000, 50_000, 400_000, 2_000, 1_024);

        public Bounds {
            if (files < 16 || commits < 16 || entries < 2 * History.LARGEST || authors < 1 || longestPath < 16) {
                throw new IllegalArgumentException("bounds too narrow to learn anything");
            }
        }
    }

    private final Bounds bounds;
    private final History history;
    private final Candidates candidates;
    private final Ranker ranker;
    private final Odds odds;
    private final Calibrator calibrator;
    private boolean oddsLearn;

    public RelatedFiles() {
        this(Bounds.DEFAULT, Prior.shipped());
    }

    public RelatedFiles(Bounds bounds, Prior prior) {
        this(bounds, new History(bounds), new Ranker(prior.ranker()), new Odds(prior.odds()), new Calibrator());
    }

    private RelatedFiles(Bounds bounds, History history, Ranker ranker, Odds odds, Calibrator calibrator) {
        this.bounds = bounds;
        this.history = history;
        this.candidates = new Candidates(history);
        this.ranker = ranker;
        this.odds = odds;
        this.calibrator = calibrator;
    }

    /** Takes the next commit: learns how well it would have been foreseen, then what it changed. */
    public void observe(Commit commit) {
        List<String> modified = modified(commit, history);
        if (!modified.isEmpty() && modified.size() <= LARGEST_TO_LEARN) {
            learn(commit, modified);
        }
        history.append(commit);
    }

    /** Different modified files of a commit. */
    static List<String> modified(Commit commit, History history) {
        Set<String> paths = new LinkedHashSet<>();
        for (Commit.Change change : commit.changes()) {
            if (change.kind() == Commit.Kind.MODIFIED && history.isUsable(change.path())) {
                paths.add(change.path());
            }
        }
        return List.copyOf(paths);
    }

    private void learn(Commit commit, List<String> modified) {
        Set<String> all = new HashSet<>(modified);
        for (String path : modified) {
            candidates.collect(
                    PathName.of(path), history.file(path), commit.at().getEpochSecond());
            int size = candidates.size();
            boolean[] right = new boolean[size];
            for (int i = 0; i < size; i++) {
                right[i] = all.contains(candidates.file(i).name.path());
            }
            ranker.score(candidates.features(), size);
            calibrate(right);
            ranker.note(candidates.features(), size, right, false);
            if (!commit.author().isEmpty()) {
                double[] ofAuthor = candidates.describeAuthor(commit.author());
                ranker.addAuthor(ofAuthor, size);
                ranker.noteAuthor(ofAuthor, size, right);
            }
        }
        ranker.step(modified.size());
    }

    /** Commits of one file count here too: most often nothing goes with a change, and probabilities have to say so. */
    private void calibrate(boolean[] right) {
        List<Integer> order = candidates.ranked(ranker.scores());
        double lowest = 1;
        for (int i : order.subList(0, Math.min(OFFERED, order.size()))) {
            double probability = raw(i, order);
            lowest = Math.min(lowest, probability);
            calibrator.learn(lowest, right[i]);
            if (oddsLearn) {
                odds.learn(probability, right[i]);
            }
        }
    }

    /** What one path of a query says of a file, the plainest of them, and the sum over all. */
    private static final class Offer {
        final FileState file;
        double sum;
        double most = -1;

        @Nullable Related plainest;

        Offer(FileState file) {
            this.file = file;
        }
    }

    /**
     * Files that go with a change, the most probable first. Only files that exist by the commits so far.
     *
     * @param limit how many at most
     */
    public List<Related> related(Query query, int limit) {
        Set<String> paths = new LinkedHashSet<>();
        for (String path : query.paths()) {
            if (history.isUsable(path) && paths.size() < Query.MOST_PATHS) {
                paths.add(path);
            }
        }
        if (paths.size() == 1) {
            return relatedToOne(paths.iterator().next(), query, limit);
        }
        Map<FileState, Offer> offers = new HashMap<>();
        List<Offer> all = new ArrayList<>();
        for (String path : paths) {
            PathName name = PathName.of(path);
            score(name, query);
            double lowest = 1;
            List<Integer> order = candidates.ranked(ranker.scores());
            for (int i : order) {
                lowest = Math.min(lowest, raw(i, order));
                FileState file = candidates.file(i);
                if (paths.contains(file.name.path())) {
                    continue;
                }
                Offer offer = offers.get(file);
                if (offer == null) {
                    offer = new Offer(file);
                    offers.put(file, offer);
                    all.add(offer);
                }
                double share = ranker.shares()[i];
                offer.sum += calibrator.calibrate(lowest);
                if (share > offer.most) {
                    offer.most = share;
                    offer.plainest = describe(i, name, 0);
                }
            }
        }
        return all.stream()
                .sorted(Comparator.<Offer>comparingDouble(offer -> -offer.sum)
                        .thenComparing(offer -> offer.file.name.path()))
                .limit(limit)
                .map(offer -> withProbability(offer, offer.sum / paths.size()))
                .toList();
    }

    private static Related withProbability(Offer offer, double probability) {
        Related of = Objects.requireNonNull(offer.plainest);
        return new Related(
                of.path(), probability, of.reason(), of.together(), of.of(), of.sharedWords(), of.evidence());
    }

    private List<Related> relatedToOne(String path, Query query, int limit) {
        PathName name = PathName.of(path);
        score(name, query);
        List<Integer> order = candidates.ranked(ranker.scores());
        List<Related> related = new ArrayList<>();
        double lowest = 1;
        for (int i : order.subList(0, Math.min(limit, order.size()))) {
            lowest = Math.min(lowest, raw(i, order));
            related.add(describe(i, name, calibrator.calibrate(lowest)));
        }
        return related;
    }

    private void score(PathName name, Query query) {
        candidates.collect(name, history.file(name.path()), query.at().getEpochSecond());
        ranker.score(candidates.features(), candidates.size());
        if (!query.author().isEmpty()) {
            ranker.addAuthor(candidates.describeAuthor(query.author()), candidates.size());
        }
    }

    /**
     * The odds' probability, before calibration. The order of a list is the ranker's; what is told and learnt is the lowest of
     * it so far, so that no probability rises down the list.
     */
    private double raw(int candidate, List<Integer> order) {
        double[] shares = ranker.shares();
        return odds.probability(candidates, candidate, shares[candidate], shares[order.getFirst()]);
    }

    private Related describe(int candidate, PathName query, double probability) {
        PathName name = candidates.file(candidate).name;
        double words = query.sharedWords(name);
        return new Related(
                name.path(),
                probability,
                reason(candidate, query, name, words),
                candidates.together(candidate),
                candidates.known(),
                words,
                candidates.evidence(candidate, history.file(query.path()), Related.MOST_EVIDENCE));
    }

    private Related.Reason reason(int candidate, PathName query, PathName name, double words) {
        if (candidates.together(candidate) > 0) {
            return Related.Reason.CHANGED_TOGETHER;
        }
        if (query.stem().equals(name.stem())) {
            return Related.Reason.SAME_NAME;
        }
        if (candidates.withNeighbours(candidate) > 0.1) {
            return Related.Reason.CHANGED_WITH_NEIGHBOURS;
        }
        if (words > 0) {
            return Related.Reason.SIMILAR_NAME;
        }
        return query.directory().equals(name.directory())
                ? Related.Reason.SAME_DIRECTORY
                : Related.Reason.CHANGED_LATELY;
    }

    /** Files that exist. */
    public int files() {
        return history.alive();
    }

    /** The odds, which learn from now on: for finding a prior. */
    Odds learningOdds() {
        oddsLearn = true;
        return odds;
    }

    History history() {
        return history;
    }

    /** The whole state; {@link #restore} continues from it with the same answers and the same bytes. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.varint(bounds.files());
        out.varint(bounds.commits());
        out.varint(bounds.entries());
        out.varint(bounds.authors());
        out.varint(bounds.longestPath());
        ranker.write(out);
        odds.write(out);
        calibrator.write(out);
        history.write(out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static RelatedFiles restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, RelatedFiles::read);
    }

    private static RelatedFiles read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        Bounds bounds = new Bounds(
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()));
        Ranker ranker = Ranker.read(in);
        Odds odds = Odds.read(in);
        Calibrator calibrator = Calibrator.read(in);
        return new RelatedFiles(bounds, History.read(bounds, in), ranker, odds, calibrator);
    }
}
