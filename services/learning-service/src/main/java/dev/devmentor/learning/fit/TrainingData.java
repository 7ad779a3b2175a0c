package dev.devmentor.learning.fit;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a log trains. Answers that were taken back do not, nor those of a card before its last reset: they are of a memory
 * that its owner gave up. Practice beside the plan counts for the memory, as it does where cards are folded, so that the next
 * interval begins with it; but it is nothing that a fit has to predict.
 */
final class TrainingData {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final double MICROS_PER_DAY = 86_400e6;

    private TrainingData() {}

    /** A line of the log, as far as it matters here. */
    sealed interface Line {
        /** The card. */
        String item();
    }

    /**
     * An answer.
     *
     * @param localDay the learner's day number
     * @param grade 1 to 4
     * @param practice whether it moved no due date where it was given
     */
    record Answer(String item, String answerId, long atMicros, int localDay, int grade, boolean practice)
            implements Line {}

    /** An answer no longer counts. */
    record Undo(String item, String answerId) implements Line {}

    /** The card begins anew. */
    record Reset(String item) implements Line {}

    private record Last(int card, long atMicros, int localDay) {}

    /**
     * Answers that train or are history of those.
     *
     * @param log in the order in which it is folded
     */
    static ReviewHistory of(List<Line> log) {
        Set<String> undone = new HashSet<>();
        Map<String, Integer> lastReset = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            switch (log.get(i)) {
                case Undo undo -> undone.add(undo.answerId());
                case Reset reset -> lastReset.put(reset.item(), i);
                case Answer ignored -> {
                    // below
                }
            }
        }
        int[] card = new int[log.size()];
        int[] grade = new int[log.size()];
        int[] days = new int[log.size()];
        double[] elapsed = new double[log.size()];
        long[] time = new long[log.size()];
        boolean[] practice = new boolean[log.size()];
        Map<String, Last> last = new HashMap<>();
        int n = 0;
        for (int i = 0; i < log.size(); i++) {
            if (!(log.get(i) instanceof Answer answer)
                    || undone.contains(answer.answerId())
                    || i < lastReset.getOrDefault(answer.item(), -1)) {
                continue;
            }
            Last before = last.get(answer.item());
            card[n] = before == null ? last.size() : before.card();
            grade[n] = answer.grade();
            if (before != null) {
                days[n] = Math.max(0, answer.localDay() - before.localDay());
                elapsed[n] = Math.max(0, (answer.atMicros() - before.atMicros()) / MICROS_PER_DAY);
            }
            time[n] = Math.floorDiv(answer.atMicros(), MICROS_PER_MILLI);
            practice[n] = answer.practice();
            last.put(answer.item(), new Last(card[n], answer.atMicros(), answer.localDay()));
            n++;
        }
        return ReviewHistory.of(
                Arrays.copyOf(card, n),
                Arrays.copyOf(grade, n),
                Arrays.copyOf(days, n),
                Arrays.copyOf(elapsed, n),
                Arrays.copyOf(time, n),
                Arrays.copyOf(practice, n));
    }
}
