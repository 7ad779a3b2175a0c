package dev.devmentor.learning.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Fsrs7Test {

    private static final Fsrs7 MODEL = Fsrs7.DEFAULT;

    private static final double[] RETENTIONS = {0.05, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.9998};

    @Test
    void recallIsNeverQuiteCertainNorQuiteLost() {
        Fsrs7Memory memory = new Fsrs7Memory(10, 8, 5);
        assertThat(MODEL.retrievability(memory, 0)).isEqualTo(0.99999, within(1e-15));
        assertThat(MODEL.retrievability(memory, Double.MAX_VALUE)).isEqualTo(1e-5, within(1e-6));
        assertThat(MODEL.retrievability(memory, Double.POSITIVE_INFINITY)).isEqualTo(1e-5);
    }

    @Test
    void recallFallsWithTime() {
        SplittableRandom random = new SplittableRandom(70);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7Memory memory = anyMemory(random);
            double before = 1;
            for (double days = 0; days <= 40_000; days = days * 1.9 + 1e-9) {
                double recall = MODEL.retrievability(memory, days);
                assertThat(recall).isGreaterThanOrEqualTo(1e-5).isLessThan(before);
                before = recall;
            }
        }
    }

    @Test
    void theSolvedIntervalEndsAtTheWantedRetention() {
        SplittableRandom random = new SplittableRandom(71);
        for (int i = 0; i < 100_000; i++) {
            isSolved(MODEL, anyMemory(random), random.nextDouble(1e-4, 0.9999));
        }
    }

    @Test
    void theSolvedIntervalEndsAtTheWantedRetentionUnderAnyWeights() {
        SplittableRandom random = new SplittableRandom(72);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7 model = anyModel(random);
            for (int k = 0; k < 5; k++) {
                isSolved(model, anyMemory(random), random.nextDouble(1e-4, 0.9999));
            }
        }
    }

    @Test
    void thereIsNoIntervalForARetentionThatIsNeverReachedAndAHundredYearsForOneThatIsNeverLost() {
        Fsrs7Memory memory = new Fsrs7Memory(10, 8, 5);
        assertThat(MODEL.nextInterval(memory, 1)).isZero();
        assertThat(MODEL.nextInterval(memory, 0.99999)).isZero();
        assertThat(MODEL.nextInterval(memory, 0.9999)).isZero(); // still reached, but so decided upstream
        assertThat(MODEL.nextInterval(memory, 0.9998)).isGreaterThan(0);
        assertThat(MODEL.retrievability(memory, 36_500)).isBetween(0.45, 0.5);
        assertThat(MODEL.nextInterval(memory, 0.45)).isEqualTo(36_500);
        assertThat(MODEL.nextInterval(memory, 1e-5)).isEqualTo(36_500);
        assertThat(MODEL.nextInterval(memory, Double.MIN_VALUE)).isEqualTo(36_500);
    }

    @Test
    void aHigherWantedRetentionGivesAShorterInterval() {
        SplittableRandom random = new SplittableRandom(73);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7Memory memory = anyMemory(random);
            double before = Double.POSITIVE_INFINITY;
            for (double retention : RETENTIONS) {
                double days = MODEL.nextInterval(memory, retention);
                assertThat(days).isBetween(0.0, 36_500.0);
                assertThat(days < before || days == 36_500).isTrue();
                before = days;
            }
        }
    }

    /** With any weights: Again lowers both traces, the others raise them, the better the grade the more. */
    @Test
    void aLapseNeverRaisesAStabilityAndABetterGradeNeverLowersOne() {
        SplittableRandom random = new SplittableRandom(74);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7 model = i % 2 == 0 ? MODEL : anyModel(random);
            Fsrs7Memory memory = anyMemory(random);
            double days = anyDays(random);
            Fsrs7Memory again = model.next(memory, Grade.AGAIN, days);
            Fsrs7Memory hard = model.next(memory, Grade.HARD, days);
            Fsrs7Memory good = model.next(memory, Grade.GOOD, days);
            Fsrs7Memory easy = model.next(memory, Grade.EASY, days);
            assertThat(again.stability()).isLessThanOrEqualTo(memory.stability());
            assertThat(hard.stability()).isBetween(memory.stability(), good.stability());
            assertThat(easy.stability()).isGreaterThanOrEqualTo(good.stability());
            assertThat(again.fastStability()).isLessThanOrEqualTo(memory.fastStability());
            assertThat(hard.fastStability()).isBetween(memory.fastStability(), good.fastStability());
            assertThat(easy.fastStability()).isGreaterThanOrEqualTo(good.fastStability());
        }
    }

    @Test
    void afterALapseTheFastTraceIsAtMostFourFifthsOfTheSlowOne() {
        SplittableRandom random = new SplittableRandom(75);
        for (int i = 0; i < 50_000; i++) {
            Fsrs7Memory again = MODEL.next(anyMemory(random), Grade.AGAIN, anyDays(random));
            // the lower bound goes first: slow 1e-4, fast 1e-4
            assertThat(again.fastStability()).isLessThanOrEqualTo(Math.max(0.8 * again.stability(), 1e-4));
        }
    }

    /** From Hard upwards; Again may raise it less than Hard, see below. */
    @Test
    void aBetterGradeNeverRaisesDifficulty() {
        SplittableRandom random = new SplittableRandom(76);
        for (int i = 0; i < 50_000; i++) {
            double difficulty = random.nextDouble(1, 10);
            double recall = random.nextDouble(1e-5, 1);
            double hard = MODEL.nextDifficulty(difficulty, recall, 2);
            double good = MODEL.nextDifficulty(difficulty, recall, 3);
            double easy = MODEL.nextDifficulty(difficulty, recall, 4);
            assertThat(good).isLessThanOrEqualTo(hard);
            assertThat(easy).isLessThanOrEqualTo(good);
        }
    }

    @Test
    void forgettingSaysLessOfDifficultyTheLessRecallWasExpected() {
        assertThat(MODEL.nextDifficulty(5, 0.9, 1)).isGreaterThan(MODEL.nextDifficulty(5, 0.5, 1));
        assertThat(MODEL.nextDifficulty(5, 0.5, 1)).isGreaterThan(MODEL.nextDifficulty(5, 0.5, 2));
        assertThat(MODEL.nextDifficulty(5, 0.3, 1)).isLessThan(MODEL.nextDifficulty(5, 0.3, 2));
    }

    @Test
    void anAnswerAtOnceTeachesTheFastTraceNothingAndOneALittleLaterDoes() {
        assertThat(MODEL.nextFastStability(8, 5, MODEL.fastRecall(8, 0), 3, 10)).isEqualTo(8);
        assertThat(MODEL.nextFastStability(8, 5, MODEL.fastRecall(8, 0.01), 3, 10))
                .isGreaterThan(8);
    }

    /** By default weights. Under others it is not always so: a lapse moves weight between the traces. */
    @Test
    void aLapseNeverLengthensTheInterval() {
        SplittableRandom random = new SplittableRandom(77);
        for (int i = 0; i < 50_000; i++) {
            Fsrs7Memory memory = anyMemory(random);
            Fsrs7Memory again = MODEL.next(memory, Grade.AGAIN, anyDays(random));
            assertThat(MODEL.nextInterval(again, 0.9)).isLessThanOrEqualTo(MODEL.nextInterval(memory, 0.9));
            assertThat(MODEL.nextInterval(again, 0.7)).isLessThanOrEqualTo(MODEL.nextInterval(memory, 0.7));
        }
    }

    /**
     * On memories that answers around the due date lead to. Elsewhere it is not always so: beside a far stronger fast trace, a
     * lower difficulty gives more weight to the slow one and shortens the interval. Nor does Hard always lengthen it.
     */
    @Test
    void aBetterGradeNeverGivesAShorterInterval() {
        SplittableRandom random = new SplittableRandom(78);
        Fsrs7Memory memory = null;
        for (int i = 0; i < 50_000; i++) {
            double days = 0;
            if (i % 20 == 0 || memory == null) {
                memory = MODEL.next(null, Grade.of(random.nextInt(1, 5)), 0);
            } else {
                days = MODEL.nextInterval(memory, 0.9) * random.nextDouble(0.2, 3);
            }
            double before = 0;
            for (Grade grade : Grade.values()) {
                double interval = MODEL.nextInterval(MODEL.next(memory, grade, days), 0.9);
                assertThat(interval).isGreaterThanOrEqualTo(before);
                before = interval;
            }
            boolean recalled = random.nextDouble() < MODEL.retrievability(memory, days);
            memory = MODEL.next(memory, recalled ? Grade.of(random.nextInt(2, 5)) : Grade.AGAIN, days);
        }
    }

    @Test
    void aLaterRecallRaisesStabilitiesMore() {
        SplittableRandom random = new SplittableRandom(79);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7Memory memory = anyMemory(random);
            double days = anyDays(random);
            Fsrs7Memory soon = MODEL.next(memory, Grade.GOOD, days);
            Fsrs7Memory later = MODEL.next(memory, Grade.GOOD, days * 2);
            assertThat(later.stability()).isGreaterThanOrEqualTo(soon.stability());
            assertThat(later.fastStability()).isGreaterThanOrEqualTo(soon.fastStability());
            assertThat(later.difficulty()).isEqualTo(soon.difficulty());
        }
    }

    @Test
    void memoriesStayWithinTheirBoundsUnderAnyHistoryAndAnyWeights() {
        SplittableRandom random = new SplittableRandom(80);
        for (int i = 0; i < 5_000; i++) {
            Fsrs7 model = i % 2 == 0 ? MODEL : anyModel(random);
            Fsrs7Memory memory = null;
            for (int k = 0; k < 40; k++) {
                double days = random.nextInt(4) == 0 ? 0 : anyDays(random);
                memory = model.next(memory, Grade.of(random.nextInt(1, 5)), days);
                assertThat(memory.stability()).isBetween(1e-4, 36_500.0);
                assertThat(memory.fastStability()).isBetween(1e-4, 36_500.0);
                assertThat(memory.difficulty()).isBetween(1.0, 10.0);
            }
        }
    }

    @Test
    void plainNumbersGiveTheBitsOfTheRecords() {
        SplittableRandom random = new SplittableRandom(81);
        for (int i = 0; i < 20_000; i++) {
            Fsrs7Memory memory = anyMemory(random);
            double s = memory.stability();
            double f = memory.fastStability();
            double d = memory.difficulty();
            double days = anyDays(random);
            int grade = random.nextInt(1, 5);
            double fastRecall = MODEL.fastRecall(f, days);
            double recall = MODEL.retrievability(s, f, d, days, fastRecall);
            double next = MODEL.nextStability(s, d, recall, grade);
            assertThat(MODEL.retrievability(memory, days)).isEqualTo(recall);
            assertThat(MODEL.next(memory, Grade.of(grade), days))
                    .isEqualTo(new Fsrs7Memory(
                            next,
                            MODEL.nextFastStability(f, d, fastRecall, grade, next),
                            MODEL.nextDifficulty(d, recall, grade)));
            assertThat(MODEL.nextInterval(memory, 0.9)).isEqualTo(MODEL.nextInterval(s, f, d, 0.9));
        }
        for (Grade grade : Grade.values()) {
            int value = grade.value();
            assertThat(MODEL.next(null, grade, 0))
                    .isEqualTo(new Fsrs7Memory(
                            MODEL.firstStability(value),
                            MODEL.firstFastStability(value),
                            MODEL.firstDifficulty(value)));
        }
    }

    /** The same numbers wherever the build runs: a change of any bit of a step or an interval changes the sum. */
    @Test
    void everyBitIsThatOfEveryOtherMachine() {
        SplittableRandom random = new SplittableRandom(82);
        Fsrs7Memory memory = MODEL.next(null, Grade.GOOD, 0);
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            double interval = MODEL.nextInterval(memory, random.nextDouble(0.5, 0.999));
            memory = MODEL.next(memory, Grade.of(random.nextInt(1, 5)), interval * random.nextDouble(0, 2));
            sum = 31 * sum + Double.doubleToLongBits(interval);
            sum = 31 * sum + Double.doubleToLongBits(memory.stability());
            sum = 31 * sum + Double.doubleToLongBits(memory.fastStability());
            sum = 31 * sum + Double.doubleToLongBits(memory.difficulty());
        }
        assertThat(sum).isEqualTo(-3_928_723_162_112_786_680L);
    }

    @Test
    void theFirstAnswersMemoryHasTheFloorOfFsrsRs() {
        double[] weights = Fsrs7Weights.DEFAULT.toArray();
        weights[0] = 1e-4;
        assertThat(new Fsrs7(Fsrs7Weights.of(weights)).next(null, Grade.AGAIN, 0))
                .isEqualTo(new Fsrs7Memory(1e-4, 1e-4, 6.1686));
    }

    @Test
    void refusesElapsedDaysBelowZeroAndRetentionsThatAreNone() {
        Fsrs7Memory memory = new Fsrs7Memory(1, 1, 5);
        assertThatThrownBy(() -> MODEL.next(memory, Grade.GOOD, -1e-9))
                .hasMessage("elapsed days cannot be negative: -1.0E-9");
        assertThatThrownBy(() -> MODEL.retrievability(memory, Double.NaN))
                .hasMessage("elapsed days cannot be negative: NaN");
        for (double retention : new double[] {0, -0.5, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> MODEL.nextInterval(memory, retention))
                    .hasMessage("retention is above 0 and at most 1, not " + retention);
        }
    }

    @Test
    void refusesWeightsThatAreNone() {
        assertThatThrownBy(() -> Fsrs7Weights.of(new double[35])).hasMessage("FSRS-7 has 34 weights, not 35");
        assertThatThrownBy(() -> with(9, Double.NaN)).hasMessage("weight 9 is NaN, not within 0.3 and 3.0");
        assertThatThrownBy(() -> with(23, 0.2501)).hasMessage("weight 23 is 0.2501, not within 0.01 and 0.25");
        assertThatThrownBy(() -> with(14, 0.9)).hasMessage("weight 14 is 0.9, not within 1.0 and 7.0");
        assertThatThrownBy(() -> with(2, 2)).hasMessage("weight 2 is 2.0, below weight 1, which is 2.2395");
        double[] weights = Fsrs7Weights.DEFAULT.toArray();
        weights[25] = 0.85;
        weights[26] = 0.8;
        assertThatThrownBy(() -> Fsrs7Weights.of(weights))
                .hasMessage("weight 26 is 0.8, below weight 25, which is 0.85");
    }

    @Test
    void weightsAreValues() {
        double[] weights = Fsrs7Weights.DEFAULT.toArray();
        assertThat(Fsrs7Weights.of(weights))
                .isEqualTo(Fsrs7Weights.DEFAULT)
                .hasSameHashCodeAs(Fsrs7Weights.DEFAULT)
                .isNotEqualTo(with(4, 5));
        weights[4] = 5;
        assertThat(Fsrs7Weights.DEFAULT.get(4)).isEqualTo(6.1686);
        assertThat(MODEL.weights()).isSameAs(Fsrs7Weights.DEFAULT);
    }

    private static void isSolved(Fsrs7 model, Fsrs7Memory memory, double retention) {
        double days = model.nextInterval(memory, retention);
        double recall = model.retrievability(memory, days);
        if (days == 36_500) {
            assertThat(recall).isGreaterThan(retention - 1e-12);
        } else {
            assertThat(days).isGreaterThan(0);
            assertThat(recall).isEqualTo(retention, within(1e-12));
        }
    }

    private static Fsrs7Weights with(int index, double weight) {
        double[] weights = Fsrs7Weights.DEFAULT.toArray();
        weights[index] = weight;
        return Fsrs7Weights.of(weights);
    }

    private static Fsrs7Memory anyMemory(SplittableRandom random) {
        return new Fsrs7Memory(
                logarithmic(random, 1e-4, 36_500), logarithmic(random, 1e-4, 36_500), random.nextDouble(1, 10));
    }

    /** From a fraction of a second to a hundred years. */
    private static double anyDays(SplittableRandom random) {
        return logarithmic(random, 1e-7, 36_500);
    }

    /** Every fourth weight at a bound, all others anywhere between theirs. */
    private static Fsrs7 anyModel(SplittableRandom random) {
        double[] weights = new double[Fsrs7Weights.COUNT];
        for (int i = 0; i < weights.length; i++) {
            double lowest = Fsrs7Weights.lowest(i);
            double highest = Fsrs7Weights.highest(i);
            weights[i] = switch (random.nextInt(8)) {
                case 0 -> lowest;
                case 1 -> highest;
                default -> random.nextDouble(lowest, highest);
            };
        }
        Arrays.sort(weights, 0, 4);
        weights[0] = Math.min(weights[0], Fsrs7Weights.highest(0));
        weights[26] = Math.max(weights[26], weights[25]);
        return new Fsrs7(Fsrs7Weights.of(weights));
    }

    private static double logarithmic(SplittableRandom random, double low, double high) {
        return Math.clamp(StrictMath.exp(random.nextDouble(StrictMath.log(low), StrictMath.log(high))), low, high);
    }
}
