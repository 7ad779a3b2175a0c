package dev.devmentor.learning.engine.plan;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;

/**
 * Recall after reviews that are yet to come: each of them passes (Good) with the probability of recall that its day has, and
 * otherwise fails and is passed a few minutes later (Again, then Good on the same day). The result is the mean over all
 * these ways; their number doubles with each review.
 *
 * @param <M> memory of a model
 */
public final class ExpectedRecall<M> {
    private static final double TEN_MINUTES = 10.0 / (24 * 60);

    private final Recall<M> recall;
    private final Next<M> next;

    private ExpectedRecall(Recall<M> recall, Next<M> next) {
        this.recall = recall;
        this.next = next;
    }

    /** The model's curve. */
    @FunctionalInterface
    private interface Recall<M> {
        double after(M memory, int days);
    }

    /** The model's step. */
    @FunctionalInterface
    private interface Next<M> {
        M after(M memory, Grade grade, int days);
    }

    /** By FSRS-6. */
    public static ExpectedRecall<Fsrs6Memory> by(Fsrs6 model) {
        return new ExpectedRecall<>((memory, days) -> model.retrievability(memory.stability(), days), model::next);
    }

    /** By FSRS-7. */
    public static ExpectedRecall<Fsrs7Memory> by(Fsrs7 model) {
        return new ExpectedRecall<>(
                model::retrievability,
                // Days are whole here; only what fails is asked again on the same day, after the usual delay.
                (memory, grade, days) -> model.next(memory, grade, days == 0 ? TEN_MINUTES : days));
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
    public double on(M memory, int lastDay, int[] reviewDays, int day) {
        return on(memory, lastDay, reviewDays, 0, day);
    }

    private double on(M memory, int lastDay, int[] reviewDays, int index, int day) {
        if (index == reviewDays.length) {
            return recall.after(memory, day - lastDay);
        }
        int reviewDay = reviewDays[index];
        int elapsed = reviewDay - lastDay;
        double passes = recall.after(memory, elapsed);
        M passed = next.after(memory, Grade.GOOD, elapsed);
        M failed = next.after(next.after(memory, Grade.AGAIN, elapsed), Grade.GOOD, 0);
        return passes * on(passed, reviewDay, reviewDays, index + 1, day)
                + (1 - passes) * on(failed, reviewDay, reviewDays, index + 1, day);
    }
}
