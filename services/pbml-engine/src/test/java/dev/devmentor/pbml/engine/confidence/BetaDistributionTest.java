package dev.devmentor.pbml.engine.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values: 40 digits of mpmath 1.3. */
class BetaDistributionTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, 0.05, 0.0061558297024311376",
        "1.5, 0.5, 0.05, 0.22851981380632872",
        "3.5, 1.5, 0.05, 0.34929278341332498",
        "10.5, 2.5, 0.05, 0.61004121476114689",
        "0.5, 10.5, 0.05, 0.00019173628897447609",
        "30.5, 70.5, 0.05, 0.22946096868892233",
        "30.5, 70.5, 0.95, 0.37897970559056753",
        "1000.5, 3.5, 0.05, 0.9930033002921006",
        "12345.5, 6789.5, 0.05, 0.63948121785968823",
        "1000000.5, 1000000.5, 0.05, 0.49941845669252841",
        "2, 3, 0.01, 0.041998635621700715",
        "5, 5, 0.5, 0.5",
        "0.1, 0.2, 0.3, 0.00025970009490093431",
    })
    void quantilesAreExact(double alpha, double beta, double q, double expected) {
        assertThat(new BetaDistribution(alpha, beta).quantile(q)).isEqualTo(expected, within(expected * 2e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, 0.1, 0.20483276469913346",
        "2.5, 7.5, 0.2, 0.40123869824719163",
        "20, 30, 0.5, 0.92379611401926098",
        "200, 300, 0.39, 0.32583730647362268",
        "3, 0.5, 0.99, 0.81374624999999992",
        "0.001, 1, 0.5, 0.99930709299045252",
        "2000, 2100, 0.48, 0.1587013471916758",
    })
    void theDistributionFunctionIsExact(double alpha, double beta, double x, double expected) {
        assertThat(new BetaDistribution(alpha, beta).cdf(x)).isEqualTo(expected, within(expected * 1e-12));
    }

    @Test
    void closedFormsHold() {
        for (double q = 0.001; q < 1; q += 0.001) {
            assertThat(new BetaDistribution(1, 1).quantile(q)).isEqualTo(q, within(1e-14));
            assertThat(new BetaDistribution(3, 1).quantile(q)).isEqualTo(Math.cbrt(q), within(1e-13));
            assertThat(new BetaDistribution(1, 4).quantile(q)).isEqualTo(1 - Math.pow(1 - q, 0.25), within(1e-13));
            double sine = Math.sin(Math.PI / 2 * q);
            assertThat(new BetaDistribution(0.5, 0.5).quantile(q)).isEqualTo(sine * sine, within(1e-13));
        }
    }

    @Test
    void aQuantileIsTheInverse() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < (LONG ? 1_000_000 : 20_000); i++) {
            BetaDistribution of = new BetaDistribution(
                    Math.exp(12 * random.nextDouble() - 3), Math.exp(12 * random.nextDouble() - 3));
            double q = 0.001 + 0.998 * random.nextDouble();
            double x = of.quantile(q);
            assertThat(x).isBetween(0.0, 1.0);
            if (x > 1e-200 && x < 1 - 1e-6) {
                assertThat(of.cdf(x)).as("%s at %s", of, q).isEqualTo(q, within(1e-9));
            }
        }
    }

    @Test
    void theLowerBoundRisesWithSuccessesAndFallsWithFailures() {
        for (int successes = 0; successes < 60; successes++) {
            for (int failures = 0; failures < 60; failures++) {
                double bound = bound(successes, failures);
                assertThat(bound(successes + 1, failures)).isGreaterThan(bound);
                assertThat(bound(successes, failures + 1)).isLessThan(bound);
            }
        }
    }

    private static double bound(int successes, int failures) {
        return new BetaDistribution(successes + 0.5, failures + 0.5).quantile(0.05);
    }

    @Test
    void moreOfTheSameIsMoreCertain() {
        double before = 0;
        for (int n = 1; n < 1_000; n++) {
            double bound = bound(8 * n, 2 * n);
            assertThat(bound).isGreaterThan(before).isLessThan(0.8);
            before = bound;
        }
    }

    @Test
    void momentsAreThoseOfTheTextbook() {
        BetaDistribution of = new BetaDistribution(2, 6);
        assertThat(of.mean()).isEqualTo(0.25);
        assertThat(of.variance()).isEqualTo(12.0 / (64 * 9), within(1e-16));
        assertThat(of.density(0.25)).isEqualTo(42 * 0.25 * Math.pow(0.75, 5), within(1e-13));
    }

    @Test
    void stirlingsErrorIsThatOfTheFactorial() {
        double factorial = 1;
        for (int n = 1; n <= 20; n++) {
            factorial *= n;
            double exact = Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
            assertThat(BetaDistribution.stirling(n)).isEqualTo(exact, within(1e-13));
        }
        assertThat(BetaDistribution.stirling(0.5))
                .isEqualTo(
                        Math.log(Math.sqrt(Math.PI) / 2) - Math.log(0.5) + 0.5 - 0.5 * Math.log(2 * Math.PI),
                        within(1e-15));
    }

    @Test
    void theBitsAreFixed() {
        long sum = 0;
        for (int i = 1; i < 400; i++) {
            sum = sum * 31 + Double.doubleToLongBits(new BetaDistribution(i / 3.0, 400.0 / i).quantile(0.05));
        }
        assertThat(sum).isEqualTo(FIXED);
    }

    private static final long FIXED = -7_086_647_913_697_479_367L;

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatThrownBy(() -> new BetaDistribution(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BetaDistribution(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BetaDistribution(1, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BetaDistribution(1, 1).quantile(-0.1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
