package dev.devmentor.pbml.engine.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.pbml.engine.drift.Adwin.Drift;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdwinTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");

    @Test
    void anEmptyWindowKnowsNothing() {
        Adwin adwin = new Adwin();
        assertThat(adwin.width()).isZero();
        assertThat(adwin.rate()).isEqualTo(0.5);
    }

    @Test
    void thePlainExampleIsFoundAndDated() {
        Adwin adwin = new Adwin();
        for (int i = 0; i < 500; i++) {
            assertThat(adwin.add(false)).isNull();
        }
        Drift drift = null;
        int delay = 0;
        while (drift == null) {
            drift = adwin.add(true);
            delay++;
        }
        // the threshold is 2 ln(502 / .002) = 24.9; two hits after 500 misses have G = 26.1, one has 14.4
        assertThat(delay).isEqualTo(2);
        assertThat(drift).isEqualTo(new Drift(0, 500, 1, 2));
        assertThat(adwin.rate()).isEqualTo(1);
        assertThat(adwin.drifts()).isEqualTo(1);
        assertThat(adwin.events()).isEqualTo(502);
    }

    @Test
    void theLikelihoodRatioIsThatOfTheTextbook() {
        // 10 of 50 against 40 of 50, half together: 4 (10 ln .4 + 40 ln 1.6)
        assertThat(Adwin.g(50, 10, 50, 40)).isEqualTo(4 * (10 * Math.log(0.4) + 40 * Math.log(1.6)), within(1e-12));
        assertThat(Adwin.g(50, 25, 80, 40)).isEqualTo(0, within(1e-12));
        assertThat(Adwin.g(10, 0, 10, 10)).isEqualTo(40 * Math.log(2), within(1e-12));
    }

    @Test
    void pearsonsStatisticBoundsTheLikelihoodRatio() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            long n0 = 1 + random.nextInt(1_000);
            long n1 = 1 + random.nextInt(1_000);
            long h0 = random.nextLong(n0 + 1);
            long h1 = random.nextLong(n1 + 1);
            double n = n0 + n1;
            double h = h0 + h1;
            if (h == 0 || h == n) {
                continue;
            }
            double difference = (double) h0 * n1 - (double) h1 * n0;
            double pearson = difference * difference * n / (n0 * (double) n1 * h * (n - h));
            assertThat(Adwin.g(n0, h0, n1, h1)).isLessThanOrEqualTo(2 * pearson + 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 300, 1_000, 10_000, 100_000})
    void aShiftFromTwoToEightTenthsIsFoundWithin100Events(int before) {
        SplittableRandom random = new SplittableRandom(before);
        for (int run = 0; run < (LONG ? 1_000 : 40); run++) {
            Adwin adwin = new Adwin();
            for (int i = 0; i < before; i++) {
                adwin.add(random.nextDouble() < 0.2);
            }
            int delay = 1;
            while (adwin.add(random.nextDouble() < 0.8) == null) {
                delay++;
            }
            assertThat(delay).isLessThanOrEqualTo(100);
            assertThat(adwin.width()).isLessThanOrEqualTo(delay + 64);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.999})
    void aStationaryStreamRaisesNoAlarm(double rate) {
        SplittableRandom random = new SplittableRandom(Double.hashCode(rate));
        int runs = LONG ? 100 : 4;
        long alarms = 0;
        for (int run = 0; run < runs; run++) {
            Adwin adwin = new Adwin();
            for (int i = 0; i < 100_000; i++) {
                alarms += adwin.add(random.nextDouble() < rate) == null ? 0 : 1;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(runs / 4);
    }

    @Test
    void theWindowForgetsAllBeforeTheChange() {
        SplittableRandom random = new SplittableRandom(5);
        Adwin adwin = new Adwin();
        for (int i = 0; i < 20_000; i++) {
            adwin.add(random.nextDouble() < (i < 10_000 ? 0.3 : 0.6));
        }
        assertThat(adwin.width()).isBetween(9_000L, 10_200L);
        assertThat(adwin.rate()).isEqualTo(0.6, within(0.02));
    }

    @Test
    void memoryGrowsWithTheLogarithmOfTheWindow() {
        Adwin adwin = new Adwin();
        for (int i = 1; i <= 1_000_000; i++) {
            adwin.add(i % 2 == 0);
            if ((i & 0xffff) == 0) {
                assertThat(adwin.buckets())
                        .isLessThanOrEqualTo(Adwin.PER_SIZE * (2 + (int) (Math.log(i) / Math.log(2))));
            }
        }
        assertThat(adwin.width()).isEqualTo(1_000_000);
        assertThat(adwin.snapshot()).hasSizeLessThan(600);
    }

    @Test
    void aRestoredOneContinuesBitByBit() {
        SplittableRandom random = new SplittableRandom(8);
        Adwin adwin = new Adwin(0.01);
        Adwin other = new Adwin(0.01);
        double rate = 0.5;
        for (int i = 0; i < 30_000; i++) {
            if (random.nextInt(2_000) == 0) {
                rate = random.nextDouble();
            }
            boolean hit = random.nextDouble() < rate;
            assertThat(other.add(hit)).isEqualTo(adwin.add(hit));
            if (random.nextInt(500) == 0) {
                other = Adwin.restore(other.snapshot());
                assertThat(other.snapshot()).isEqualTo(adwin.snapshot());
                assertThat(other.rate()).isEqualTo(adwin.rate());
                assertThat(other.width()).isEqualTo(adwin.width());
            }
        }
    }

    @Test
    void refusesWhatIsNoDeltaAndNoSnapshot() {
        assertThatThrownBy(() -> new Adwin(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Adwin(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Adwin.restore(new byte[] {9})).isInstanceOf(IllegalArgumentException.class);
    }
}
