package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs7;

/**
 * A model of memory whose states lie side by side in an array, {@link #WIDTH} numbers each, so that simulating many cards
 * allocates nothing: stability, stability of the fast trace (0 in FSRS-6), difficulty. Safe for any number of threads.
 */
public sealed interface MemoryModel {

    /** Numbers per memory. */
    int WIDTH = 3;

    /** FSRS-6, which counts whole days and has a formula of its own for the same day. */
    static MemoryModel of(Fsrs6 model) {
        return new OfFsrs6(model);
    }

    /** FSRS-7, which takes fractions of days. */
    static MemoryModel of(Fsrs7 model) {
        return new OfFsrs7(model);
    }

    /** Writes the memory after a first answer. */
    void first(double[] memory, int at, int grade);

    /**
     * Writes the memory after a further answer.
     *
     * @param days since the answer before; FSRS-6 cuts fractions off
     */
    void next(double[] memory, int at, int grade, double days);

    /** Probability of recall so many days after the last answer. */
    double recall(double[] memory, int at, double days);

    /** Days until recall has fallen to a retention, not rounded. */
    double interval(double[] memory, int at, double retention);

    /** The gap before a row of a history, in days as this model counts them. */
    double gap(ReviewHistory history, int row);

    /** {@link MemoryModel#of(Fsrs6)}. */
    record OfFsrs6(Fsrs6 model) implements MemoryModel {
        @Override
        public void first(double[] memory, int at, int grade) {
            memory[at] = model.firstStability(grade);
            memory[at + 2] = model.firstDifficulty(grade);
        }

        @Override
        public void next(double[] memory, int at, int grade, double days) {
            double difficulty = memory[at + 2];
            memory[at] = model.nextStability(memory[at], difficulty, grade, (int) days);
            memory[at + 2] = model.nextDifficulty(difficulty, grade);
        }

        @Override
        public double recall(double[] memory, int at, double days) {
            return model.retrievability(memory[at], days);
        }

        @Override
        public double interval(double[] memory, int at, double retention) {
            return model.nextInterval(memory[at], retention);
        }

        @Override
        public double gap(ReviewHistory history, int row) {
            return history.days(row);
        }
    }

    /** {@link MemoryModel#of(Fsrs7)}. */
    record OfFsrs7(Fsrs7 model) implements MemoryModel {
        @Override
        public void first(double[] memory, int at, int grade) {
            memory[at] = model.firstStability(grade);
            memory[at + 1] = model.firstFastStability(grade);
            memory[at + 2] = model.firstDifficulty(grade);
        }

        @Override
        public void next(double[] memory, int at, int grade, double days) {
            double stability = memory[at];
            double fast = memory[at + 1];
            double difficulty = memory[at + 2];
            double fastRecall = model.fastRecall(fast, days);
            double recall = model.retrievability(stability, fast, difficulty, days, fastRecall);
            double next = model.nextStability(stability, difficulty, recall, grade);
            memory[at] = next;
            memory[at + 1] = model.nextFastStability(fast, difficulty, fastRecall, grade, next);
            memory[at + 2] = model.nextDifficulty(difficulty, recall, grade);
        }

        @Override
        public double recall(double[] memory, int at, double days) {
            double fast = memory[at + 1];
            return model.retrievability(memory[at], fast, memory[at + 2], days, model.fastRecall(fast, days));
        }

        @Override
        public double interval(double[] memory, int at, double retention) {
            return model.nextInterval(memory[at], memory[at + 1], memory[at + 2], retention);
        }

        @Override
        public double gap(ReviewHistory history, int row) {
            return history.elapsed(row);
        }
    }
}
