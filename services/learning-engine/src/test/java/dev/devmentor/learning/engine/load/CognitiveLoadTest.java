package dev.devmentor.learning.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CognitiveLoadTest {
    private static final long SECOND = 1_000_000;

    /** Answers every so many seconds, at a pace, and right or wrong. */
    private static Session work(Session from, long at, int answers, int every, int responseMs, boolean right) {
        Session session = from;
        for (int i = 0; i < answers; i++) {
            session = CognitiveLoad.answered(session, at + i * every * SECOND, responseMs, 20, 0.75, right, 3);
        }
        return session;
    }

    @Test
    void whoHasNotBegunIsFresh() {
        assertThat(CognitiveLoad.at(Session.NONE, 0))
                .isEqualTo(new CognitiveLoad.Estimate(0, 0, 0, 0, 0, 0, 0, 0.4, null));
    }

    @Test
    void whoWorksAtTheirOwnPaceAndAsExpectedCarriesTheQuestionsAlone() {
        CognitiveLoad.Estimate estimate = CognitiveLoad.at(work(Session.NONE, 0, 10, 30, 20_000, true), 270 * SECOND);
        assertThat(estimate.slowness()).isZero();
        assertThat(estimate.errors()).isZero();
        assertThat(estimate.complexity()).isCloseTo(0.325, within(1e-12));
        assertThat(estimate.load()).isCloseTo(0.2 * 0.325 + 0.2 * 270 / 3_600, within(1e-12));
        assertThat(estimate.pause()).isNull();
    }

    @Test
    void slowerAndWorseAnswersRaiseTheLoadAndLowerTheShareOfHardQuestions() {
        Session usual = work(Session.NONE, 0, 50, 10, 20_000, true);
        Session tired = work(usual, 500 * SECOND, 15, 40, 60_000, false);
        CognitiveLoad.Estimate before = CognitiveLoad.at(usual, 490 * SECOND);
        CognitiveLoad.Estimate after = CognitiveLoad.at(tired, 1_060 * SECOND);
        assertThat(after.slowness()).isGreaterThan(0.9);
        assertThat(after.errors()).isEqualTo(1);
        assertThat(after.load()).isGreaterThan(before.load() + 0.5);
        assertThat(after.hardShare()).isLessThan(before.hardShare() / 2);
        assertThat(after.pause()).isNotNull();
    }

    @Test
    void afterFiftyMinutesABreakIsProposed() {
        Session session = work(Session.NONE, 0, 101, 30, 20_000, true);
        assertThat(CognitiveLoad.at(session, 3_000 * SECOND).pause())
                .isEqualTo(new CognitiveLoad.Pause("long-session", 10));
    }

    @Test
    void aPauseOfMoreThanHalfAnHourEndsTheSessionButKeepsThePace() {
        Session session = work(Session.NONE, 0, 20, 30, 40_000, false);
        long last = session.lastMicros();
        assertThat(CognitiveLoad.at(session, last + 1_800 * SECOND).answers()).isEqualTo(20);
        assertThat(CognitiveLoad.at(session, last + 1_801 * SECOND).load()).isZero();
        Session next = work(session, last + 1_801 * SECOND, 1, 1, 40_000, true);
        assertThat(next.answers()).isEqualTo(1);
        assertThat(next.slowness()).isCloseTo(0, within(1e-12));
        assertThat(next.paced()).isEqualTo(21);
    }

    @Test
    void theLoadStaysWithinItsBoundsWhateverComes() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(7);
        Session session = Session.NONE;
        long at = 0;
        for (int i = 0; i < 10_000; i++) {
            at += random.nextLong(0, 3_000) * SECOND;
            session = CognitiveLoad.answered(
                    session,
                    at,
                    random.nextInt(-1, 86_400_000),
                    random.nextInt(0, 600),
                    random.nextDouble(),
                    random.nextBoolean(),
                    random.nextInt(0, 7));
            CognitiveLoad.Estimate estimate = CognitiveLoad.at(session, at);
            assertThat(estimate.load()).isBetween(0.0, 1.0);
            assertThat(estimate.hardShare()).isBetween(0.0, 0.4);
        }
    }
}
