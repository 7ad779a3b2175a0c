package dev.devmentor.deterministic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DeterministicMathTest {

    private static final int SAMPLES = 4_000;

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        2.0,
        -2.0,
        0.5,
        3.0,
        -3.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    @Test
    void givesTheSameBitsForAMillionInputsInEveryBuild() {
        assertThat(MathChecksum.ofAMillion()).isEqualTo(MathChecksum.EXPECTED);
    }

    @Test
    void expIsWithinOneUlp() {
        SplittableRandom random = new SplittableRandom(1);
        double worst = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = random.nextDouble(-1, 1) * (i % 4 == 0 ? 690 : i % 4 == 1 ? 10 : i % 4 == 2 ? 1 : 1e-5);
            worst = Math.max(worst, Precise.ulps(DeterministicMath.exp(x), Precise.exp(new BigDecimal(x))));
        }
        assertThat(worst).isLessThan(0.55);
    }

    @Test
    void logIsWithinOneUlp() {
        SplittableRandom random = new SplittableRandom(2);
        double worst = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong(0x0010000000000000L, 0x7ff0000000000000L));
                case 1 -> random.nextDouble(0.001, 40_000);
                case 2 -> random.nextDouble(0.7, 1.42);
                default -> 1 + random.nextDouble(-0.01, 0.01);
            };
            worst = Math.max(worst, Precise.ulps(DeterministicMath.log(x), Precise.log(x)));
        }
        assertThat(worst).isLessThan(0.60);
    }

    @Test
    void powIsWithinOneUlp() {
        SplittableRandom random = new SplittableRandom(3);
        double worst = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = switch (i % 3) {
                case 0 -> random.nextDouble(0.001, 36_500);
                case 1 -> 1 + random.nextDouble(-0.05, 0.05);
                default -> random.nextDouble();
            };
            double y = i % 5 == 0 ? random.nextDouble(-60, 60) : random.nextDouble(-2, 2);
            worst = Math.max(worst, Precise.ulps(DeterministicMath.pow(x, y), Precise.pow(x, y)));
        }
        assertThat(worst).isLessThan(0.60);
    }

    @Test
    void exactResultsAreExact() {
        assertThat(DeterministicMath.exp(0)).isEqualTo(1);
        assertThat(DeterministicMath.log(1)).isEqualTo(0);
        assertThat(DeterministicMath.pow(1, 123.456)).isEqualTo(1);
        assertThat(DeterministicMath.pow(7.25, 0)).isEqualTo(1);
        assertThat(DeterministicMath.pow(36_500, 1)).isEqualTo(36_500);
        assertThat(DeterministicMath.pow(2, 10)).isEqualTo(1_024);
        assertThat(DeterministicMath.pow(0.25, 0.5)).isEqualTo(0.5);
    }

    @Test
    void specialCasesAreThoseOfStrictMath() {
        for (double x : SPECIAL) {
            agrees("exp " + x, DeterministicMath.exp(x), StrictMath.exp(x));
            agrees("log " + x, DeterministicMath.log(x), StrictMath.log(x));
            for (double y : SPECIAL) {
                agrees(x + " to the power " + y, DeterministicMath.pow(x, y), StrictMath.pow(x, y));
            }
        }
    }

    /** Both may be off by an ulp, StrictMath more than ours; small whole numbers, zeros with their sign, infinities and NaN are exact. */
    private static void agrees(String what, double actual, double strict) {
        boolean whole = strict == Math.rint(strict) && Math.abs(strict) < 0x1p53;
        if (whole || Double.isNaN(strict) || Double.isInfinite(strict)) {
            assertThat(actual).as(what).isEqualTo((Double) strict);
        } else {
            assertThat(actual).as(what).isEqualTo(strict, Offset.offset(2 * Math.ulp(strict)));
        }
    }

    @Test
    void overflowsAndUnderflowsAsStrictMathDoes() {
        for (double x : new double[] {699.9, 700, 709.7, 709.8, 1e300, -699.9, -708.5, -745.1, -745.2, -1e300}) {
            assertThat(DeterministicMath.exp(x)).isCloseTo(StrictMath.exp(x), within2Ulp(StrictMath.exp(x)));
            assertThat(DeterministicMath.pow(Math.E, x))
                    .isCloseTo(StrictMath.pow(Math.E, x), within2Ulp(StrictMath.pow(Math.E, x)));
        }
    }

    private static Offset<Double> within2Ulp(double value) {
        return Offset.offset(Double.isInfinite(value) ? 0.0 : 2 * Math.ulp(value));
    }
}
