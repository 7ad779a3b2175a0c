package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CardStateTest {

    private static final long DAY = 86_400_000_000L;
    private static final CardState STATE = state(new Object[20]);

    @Test
    void checksumsAreTheSameInEveryBuild() {
        assertThat(CardState.NEW.checksum()).isEqualTo(NEW_CHECKSUM);
        assertThat(STATE.checksum()).isEqualTo(STATE_CHECKSUM);
    }

    @Test
    void anEncodedStateIsTheSameStateAgain() {
        SplittableRandom random = new SplittableRandom(9);
        assertThat(CardStateCodec.decode(CardStateCodec.encode(CardState.NEW))).isEqualTo(CardState.NEW);
        for (int i = 0; i < 2_000; i++) {
            Histories history = Histories.random(random);
            CardState state = new CardFold(history.timeline()).replay(history.card());
            assertThat(CardStateCodec.decode(CardStateCodec.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void aStateOfAnUnknownVersionIsRefusedByName() {
        byte[] bytes = CardStateCodec.encode(STATE);
        bytes[0] = 99;
        assertThatThrownBy(() -> CardStateCodec.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a card's state of version 99, this build knows 1");
    }

    /** What lies in databases has to be readable for ever. */
    @Test
    void theFormOfVersionOneStays() {
        assertThat(HexFormat.of().formatHex(CardStateCodec.encode(STATE))).isEqualTo(STATE_BYTES);
    }

    @Test
    void everyComponentCountsInTheChecksum() {
        Object[] others = {
            Phase.LEARNING,
            true,
            new Sm2Memory(2.5, 6, 3),
            new Fsrs6Memory(10, Math.nextUp(5.0)),
            8,
            2,
            4,
            100 * DAY + 1,
            101,
            "UTC+1",
            111 * DAY,
            true,
            11,
            Scheduler.SM2,
            0.91,
            1,
            1,
            101 * DAY,
            "apq",
            "f"
        };
        Set<Long> checksums = new HashSet<>();
        checksums.add(STATE.checksum());
        for (int i = 0; i < others.length; i++) {
            Object[] components = new Object[20];
            components[i] = others[i];
            CardState other = state(components);
            assertThat(other).isNotEqualTo(STATE);
            assertThat(checksums.add(other.checksum())).as("component %d", i).isTrue();
        }
    }

    @Test
    void stringsDoNotRunIntoOneAnother() {
        Object[] left = new Object[20];
        left[18] = "ab";
        left[19] = "c";
        Object[] right = new Object[20];
        right[18] = "a";
        right[19] = "bc";
        assertThat(state(left).checksum()).isNotEqualTo(state(right).checksum());
    }

    @Test
    void recallFallsFromOneThroughNinetyPercent() {
        assertThat(STATE.retrievability(100 * DAY)).isEqualTo(1);
        assertThat(STATE.retrievability(50 * DAY)).isEqualTo(1);
        assertThat(STATE.retrievability(110 * DAY)).isEqualTo(0.9);
        assertThat(STATE.retrievability(100 * DAY + DAY / 2)).isBetween(0.99, 1.0);
        assertThat(STATE.retrievabilityOnDay(110)).isEqualTo(0.9);
        assertThat(STATE.retrievabilityOnDay(99)).isEqualTo(1);
        assertThat(CardState.NEW.retrievability(0)).isNaN();
        assertThat(CardState.NEW.retrievabilityOnDay(0)).isNaN();
    }

    @Test
    void whyTellsWhatDecidedAndTheNumbersThatWentIn() {
        LearnerSettings stricter = new LearnerSettings(Scheduler.FSRS6, 0.95, "UTC", 4, 10, 36_500);
        Why why = Why.why(STATE, stricter, 105 * DAY);
        assertThat(why.reason()).isEqualTo(Why.Reason.INTERVAL);
        assertThat(why.scheduler()).isEqualTo(Scheduler.FSRS6);
        assertThat(why.wantedRetention()).isEqualTo(0.9);
        assertThat(why.scheduledDays()).isEqualTo(10);
        assertThat(why.dueAtMicros()).isEqualTo(110 * DAY);
        assertThat(why.elapsedDays()).isEqualTo(5);
        assertThat(why.recallNow()).isEqualTo(0.94034, within(1e-5));
        assertThat(why.recallAtDue()).isEqualTo(0.9);
        assertThat(why.fsrs6IntervalDays()).isEqualTo(10);
        assertThat(why.stability()).isEqualTo(10);
        assertThat(why.difficulty()).isEqualTo(5);
        assertThat(why.ease()).isEqualTo(2.5);
        assertThat(why.sm2IntervalDays()).isEqualTo(6);
        assertThat(why.daysUnderPresentSettings()).isEqualTo(4);
    }

    @Test
    void whyKnowsNewFailedAndMovedCards() {
        Why unanswered = Why.why(CardState.NEW, LearnerSettings.DEFAULT, 0);
        assertThat(unanswered.reason()).isEqualTo(Why.Reason.NEVER_ANSWERED);
        assertThat(unanswered.scheduler()).isNull();
        assertThat(unanswered.recallNow()).isNaN();
        Object[] failed = new Object[20];
        failed[6] = 1;
        assertThat(Why.why(state(failed), LearnerSettings.DEFAULT, 0).reason()).isEqualTo(Why.Reason.FAILED);
        Object[] moved = new Object[20];
        moved[11] = true;
        assertThat(Why.why(state(moved), LearnerSettings.DEFAULT, 0).reason()).isEqualTo(Why.Reason.MOVED);
    }

    @Test
    void differentStatesOfRandomHistoriesHaveDifferentChecksums() {
        SplittableRandom random = new SplittableRandom(11);
        Set<CardState> states = new HashSet<>();
        Set<Long> checksums = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            Histories history = Histories.random(random);
            CardState state = new CardFold(history.timeline()).replay(history.card());
            states.add(state);
            checksums.add(state.checksum());
        }
        assertThat(checksums).hasSameSizeAs(states);
    }

    private static final String STATE_BYTES =
            "01020401030000000a0000000700000001000000000000000000000064000007dba8218000000008a4d28b4000000007"
                    + "dba82180003feccccccccccccd4004000000000000000000060000000240240000000000004014000000000000000355"
                    + "54430003617070000165";
    private static final long NEW_CHECKSUM = -6_523_468_846_090_140_850L;
    private static final long STATE_CHECKSUM = 207_010_122_849_948_373L;

    /** A card answered on day 100 and due on day 110, with some components replaced. */
    private static CardState state(Object[] instead) {
        Object[] all = {
            Phase.REVIEW,
            false,
            new Sm2Memory(2.5, 6, 2),
            new Fsrs6Memory(10, 5),
            7,
            1,
            3,
            100 * DAY,
            100,
            "UTC",
            110 * DAY,
            false,
            10,
            Scheduler.FSRS6,
            0.9,
            0,
            0,
            100 * DAY,
            "app",
            "e"
        };
        for (int i = 0; i < all.length; i++) {
            all[i] = instead[i] == null ? all[i] : instead[i];
        }
        return new CardState(
                (Phase) all[0],
                (boolean) all[1],
                (Sm2Memory) all[2],
                (Fsrs6Memory) all[3],
                (int) all[4],
                (int) all[5],
                (int) all[6],
                (long) all[7],
                (int) all[8],
                (String) all[9],
                (long) all[10],
                (boolean) all[11],
                (int) all[12],
                (Scheduler) all[13],
                (double) all[14],
                (int) all[15],
                (int) all[16],
                (long) all[17],
                (String) all[18],
                (String) all[19]);
    }
}
