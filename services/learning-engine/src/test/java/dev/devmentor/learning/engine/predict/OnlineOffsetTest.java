package dev.devmentor.learning.engine.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnlineOffsetTest {

    @Test
    void leavesPredictionsAloneUntilItLearns() {
        assertThat(OnlineOffset.NONE.apply(0.8)).isEqualTo(0.8, within(1e-15));
    }

    @Test
    void movesByTheSurprise() {
        assertThat(OnlineOffset.NONE.after(0.8, false).offset()).isEqualTo(-0.04, within(1e-15));
        assertThat(OnlineOffset.NONE.after(0.8, true).offset()).isEqualTo(0.01, within(1e-15));
    }

    @Test
    void staysWithinZeroAndOneWhateverTheModelSays() {
        OnlineOffset offset = OnlineOffset.NONE;
        for (int i = 0; i < 10_000; i++) {
            offset = offset.after(1, false);
            assertThat(offset.apply(0)).isBetween(0.0, 1.0);
            assertThat(offset.apply(1)).isStrictlyBetween(0.0, 1.0);
        }
    }

    @Test
    void findsTheErrorOfAModelThatIsTooSure() {
        SplittableRandom random = new SplittableRandom(9);
        OnlineOffset offset = OnlineOffset.NONE;
        double sum = 0;
        for (int i = 0; i < 4_000; i++) {
            offset = offset.after(0.9, random.nextDouble() < 0.75);
            sum += i < 1_000 ? 0 : offset.apply(0.9);
        }
        assertThat(sum / 3_000).isEqualTo(0.75, within(0.01));
    }
}
