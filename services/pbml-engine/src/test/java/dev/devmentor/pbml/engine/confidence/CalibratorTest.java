package dev.devmentor.pbml.engine.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibratorTest {

    @Test
    void believesTheModelUntilItLearns() {
        Calibrator calibrator = new Calibrator();
        for (double p = 0.001; p < 1; p += 0.001) {
            assertThat(calibrator.calibrate(p)).isEqualTo(p, within(1e-9));
        }
        assertThat(calibrator.calibrate(0)).isEqualTo(0);
        assertThat(calibrator.calibrate(1)).isEqualTo(1);
    }

    @Test
    void mendsAModelThatIsTooSure() {
        SplittableRandom random = new SplittableRandom(31);
        Calibrator calibrator = new Calibrator();
        Calibration before = new Calibration();
        Calibration after = new Calibration();
        for (int i = 0; i < 50_000; i++) {
            double truth = random.nextDouble();
            double odds = truth / (1 - truth);
            double raw = odds * odds * odds / (1 + odds * odds * odds);
            boolean came = random.nextDouble() < truth;
            before.add(raw, came);
            after.add(calibrator.calibrate(raw), came);
            calibrator.learn(raw, came);
        }
        assertThat(before.error()).isGreaterThan(0.1);
        assertThat(after.error()).isLessThan(0.01);
    }

    @Test
    void followsAModelThatChanges() {
        SplittableRandom random = new SplittableRandom(32);
        Calibrator calibrator = new Calibrator();
        for (int i = 0; i < 60_000; i++) {
            calibrator.learn(0.7, random.nextDouble() < 0.2);
        }
        for (int i = 0; i < 60_000; i++) {
            calibrator.learn(0.7, random.nextDouble() < 0.9);
        }
        assertThat(calibrator.calibrate(0.7)).isEqualTo(0.9, within(0.06));
    }

    @Test
    void staysMonotoneAndWithinZeroAndOneWhateverComes() {
        SplittableRandom random = new SplittableRandom(33);
        for (int round = 0; round < 200; round++) {
            Calibrator calibrator = new Calibrator();
            for (int i = 0; i < 500; i++) {
                calibrator.learn(
                        random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble(), random.nextBoolean());
            }
            double before = -1;
            for (int i = 0; i <= 1_000; i++) {
                double p = calibrator.calibrate(i / 1_000.0);
                assertThat(p).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before - 1e-12);
                before = p;
            }
        }
    }

    @Test
    void aRestoredOneContinuesBitByBit() {
        SplittableRandom random = new SplittableRandom(34);
        Calibrator calibrator = new Calibrator();
        Calibrator other = new Calibrator();
        for (int i = 0; i < 40_000; i++) {
            double raw = random.nextDouble();
            boolean came = random.nextDouble() < raw * raw;
            calibrator.learn(raw, came);
            other.learn(raw, came);
            if (i % 4_000 == 0) {
                other = Calibrator.restore(other.snapshot());
                assertThat(other.snapshot()).isEqualTo(calibrator.snapshot());
                assertThat(other.calibrate(raw)).isEqualTo(calibrator.calibrate(raw));
            }
        }
    }

    @Test
    void theMeasureIsThatOfTheTextbook() {
        Calibration calibration = new Calibration();
        assertThat(calibration.error()).isZero();
        for (int i = 0; i < 10; i++) {
            calibration.add(0.7, i < 5);
            calibration.add(0.1, i < 1);
        }
        assertThat(calibration.error()).isEqualTo(0.1, within(1e-12));
        assertThat(calibration.bins()).hasSize(2);
        assertThat(calibration.bins().getLast().count()).isEqualTo(10);
        assertThat(calibration.bins().getLast().predicted()).isEqualTo(0.7, within(1e-12));
        assertThat(calibration.bins().getLast().happened()).isEqualTo(0.5);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new Calibrator().calibrate(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Calibrator().learn(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Calibration().add(-1, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
