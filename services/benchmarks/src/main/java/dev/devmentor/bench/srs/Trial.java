package dev.devmentor.bench.srs;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.score.Predictions;
import dev.devmentor.learning.engine.score.TimeSeriesSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * What is predicted from what. With a clock: srs-benchmark's procedure, TimeSeriesSplit(5) over the long-term reviews in time
 * order, each part predicted from all reviews before it. Without one: five groups of cards, each predicted from the other
 * four.
 */
final class Trial {

    static final int PARTS = 5;

    /** What can be split into parts of which each says something. */
    static final int FEWEST_TARGETS = 10 * PARTS;

    private final ReviewHistory history;
    private final List<Fold> folds = new ArrayList<>();

    /**
     * One part.
     *
     * @param training what may be learnt from
     * @param history the rows that predictions are made for, with their cards' earlier reviews
     * @param warmUp long-term rows of it, in order, whose outcome is known before the part begins
     * @param tested long-term rows of it, in order, that are predicted, each outcome becoming known after its prediction
     */
    record Fold(ReviewHistory training, ReviewHistory history, int[] warmUp, int[] tested) {}

    Trial(ReviewHistory history) throws BenchmarkFailed {
        this.history = history;
        int[] targets = longTerm(history);
        if (targets.length < FEWEST_TARGETS) {
            throw new BenchmarkFailed("only " + targets.length + " reviews on a later day");
        }
        if (history.hasClock()) {
            for (TimeSeriesSplit.Part part : TimeSeriesSplit.of(targets.length, PARTS)) {
                folds.add(new Fold(
                        history.prefix(targets[part.from()]),
                        history,
                        java.util.Arrays.copyOf(targets, part.from()),
                        java.util.Arrays.copyOfRange(targets, part.from(), part.to())));
            }
        } else {
            for (int group = 0; group < PARTS; group++) {
                ReviewHistory tested = cards(group, true);
                folds.add(new Fold(cards(group, false), tested, new int[0], longTerm(tested)));
            }
        }
    }

    ReviewHistory history() {
        return history;
    }

    List<Fold> folds() {
        return folds;
    }

    int size() {
        return folds.stream().mapToInt(fold -> fold.tested().length).sum();
    }

    /** Outcomes of all tested rows, part by part. */
    boolean[] recalled() {
        boolean[] recalled = new boolean[size()];
        int at = 0;
        for (Fold fold : folds) {
            for (int row : fold.tested()) {
                recalled[at++] = fold.history().grade(row) > 1;
            }
        }
        return recalled;
    }

    /** Their bins. */
    long[] bins() {
        long[] bins = new long[size()];
        int at = 0;
        for (Fold fold : folds) {
            ReviewHistory part = fold.history();
            for (int row : fold.tested()) {
                int count = 2;
                int lapses = 0;
                for (int before = part.before(row); before >= 0; before = part.before(before)) {
                    if (part.isLongTerm(before)) {
                        count++;
                        lapses += part.grade(before) == 1 ? 1 : 0;
                    }
                }
                bins[at++] = Predictions.bin(part.days(row), count, lapses);
            }
        }
        return bins;
    }

    /** What a bootstrap draws as one: the day, from 04:00 UTC, of each tested row, or its card; from 0. */
    int[] clusters() {
        int[] clusters = new int[size()];
        java.util.Map<Long, Integer> index = new java.util.HashMap<>();
        int at = 0;
        for (int group = 0; group < folds.size(); group++) {
            ReviewHistory part = folds.get(group).history();
            for (int row : folds.get(group).tested()) {
                long key = part.hasClock()
                        ? Math.floorDiv(part.time(row) - 4 * 3_600_000L, 86_400_000L)
                        : (long) group << 32 | part.card(row);
                int next = index.size();
                clusters[at++] = index.computeIfAbsent(key, any -> next);
            }
        }
        return clusters;
    }

    static int[] longTerm(ReviewHistory history) {
        int[] rows = new int[history.longTermCount()];
        int at = 0;
        for (int r = 0; r < history.size(); r++) {
            if (history.isLongTerm(r)) {
                rows[at++] = r;
            }
        }
        return rows;
    }

    /** The cards of a group, or all others: card c is in group c mod 5. */
    private ReviewHistory cards(int group, boolean in) {
        int[] rows = java.util.stream.IntStream.range(0, history.size())
                .filter(r -> history.card(r) % PARTS == group == in)
                .toArray();
        int[] index = new int[history.cards()];
        java.util.Arrays.fill(index, -1);
        int cards = 0;
        int[] card = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int c = history.card(rows[i]);
            if (index[c] < 0) {
                index[c] = cards++;
            }
            card[i] = index[c];
        }
        return ReviewHistory.of(
                card,
                java.util.Arrays.stream(rows).map(history::grade).toArray(),
                java.util.Arrays.stream(rows).map(history::days).toArray(),
                java.util.Arrays.stream(rows).mapToDouble(history::elapsed).toArray(),
                new long[rows.length]);
    }
}
