package dev.devmentor.learning.engine.analytics;

import java.util.stream.IntStream;

/** The days on which a learner answered anything. */
final class WorkedDays {

    private WorkedDays() {}

    /** Those before a day, rising. */
    static int[] before(AnswerHistory history, int today) {
        return IntStream.range(0, history.size())
                .map(history::day)
                .filter(day -> day < today)
                .sorted()
                .distinct()
                .toArray();
    }
}
