package dev.devmentor.learning.engine.plan;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;

/**
 * Recall after reviews that are yet to come, by FSRS-6: each of them passes (Good) with the probability of recall that its
 * day has, and otherwise fails and is passed a few minutes later (Again, then Good on the same day). The result is the mean
 * over all these ways.
 */
public final class ExpectedRecall {
    private final Fsrs6 model;

    /** Recall by a model. */
    public ExpectedRecall(Fsrs6 model) {
        this.model = model;
    }

    /**
     * The probability of recall on a day.
     *
     * @param memory after the last answer
     * @param lastDay day of the last answer
     * @param reviewDays days of the reviews to come, rising, each after {@code lastDay}
     * @param day not before the last of them
     * @return 0 to 1
     */
    public double on(Fsrs6Memory memory, int lastDay, int[] reviewDays, int day) {
        return on(memory, lastDay, reviewDays, 0, day);
    }

    private double on(Fsrs6Memory memory, int lastDay, int[] reviewDays, int next, int day) {
        if (next == reviewDays.length) {
            return model.retrievability(memory.stability(), day - lastDay);
        }
        int reviewDay = reviewDays[next];
        int elapsed = reviewDay - lastDay;
        double recall = model.retrievability(memory.stability(), elapsed);
        Fsrs6Memory passed = model.next(memory, Grade.GOOD, elapsed);
        Fsrs6Memory failed = model.next(model.next(memory, Grade.AGAIN, elapsed), Grade.GOOD, 0);
        return recall * on(passed, reviewDay, reviewDays, next + 1, day)
                + (1 - recall) * on(failed, reviewDay, reviewDays, next + 1, day);
    }
}
