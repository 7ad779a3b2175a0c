package dev.devmentor.learning.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.choice.Recommendation.Load;
import dev.devmentor.learning.skill.Picture.Session;
import org.junit.jupiter.api.Test;

class RecommendTest {
    private static final long MINUTE = 60_000_000;

    @Test
    void fiftyMinutesWithoutAPauseAskForOne() {
        Session session = new Session(0, 48 * MINUTE, 30, 0.1);

        assertThat(Recommend.load(session, 49 * MINUTE).breakProposed()).isFalse();
        assertThat(Recommend.load(session, 50 * MINUTE))
                .isEqualTo(new Load(50, 30, 0.1, true, 10, "you have worked for 50 minutes without a pause"));
    }

    @Test
    void answersWorseThanTheAbilityAskForAPause() {
        assertThat(Recommend.load(new Session(0, 10 * MINUTE, 15, -0.3), 11 * MINUTE)
                        .reason())
                .isEqualTo("your last answers were worse than you can do");
        assertThat(Recommend.load(new Session(0, 10 * MINUTE, 14, -0.3), 11 * MINUTE)
                        .breakProposed())
                .isFalse();
    }

    @Test
    void whoHasPausedNeedsNone() {
        assertThat(Recommend.load(new Session(0, 90 * MINUTE, 60, -0.5), 121 * MINUTE))
                .isEqualTo(new Load(0, 0, 0, false, null, null));
        assertThat(Recommend.load(Session.NONE, 5).breakProposed()).isFalse();
    }
}
