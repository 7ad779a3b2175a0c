package dev.devmentor.learning.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final long MINUTE = 60_000_000;

    @Test
    void somebodyFreshGetsWhatTheyWanted() {
        assertThat(Pacing.of(0.75, CognitiveLoad.at(Session.NONE, 0))).isEqualTo(new Pacing(0.75, 0.4, 1));
    }

    @Test
    void theExhaustedGetNoHardQuestionsAndEasierOnes() {
        Session session = new Session(0, 60 * MINUTE, 60, 1, 1, 1, 0, 60);

        Pacing pacing = Pacing.of(0.75, CognitiveLoad.at(session, 60 * MINUTE));

        assertThat(pacing.hardShare()).isZero();
        assertThat(pacing.targetSuccess()).isCloseTo(0.85, within(1e-12));
        assertThat(Pacing.of(0.9, CognitiveLoad.at(session, 60 * MINUTE)).targetSuccess())
                .isCloseTo(0.95, within(1e-12));
        assertThat(Pacing.of(0.75, CognitiveLoad.at(session, 91 * MINUTE)))
                .as("rested")
                .isEqualTo(new Pacing(0.75, 0.4, 1));
    }
}
