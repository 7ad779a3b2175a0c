package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CardStateTest {

    private static final long DAY = 86_400_000_000L;
    private static final CardFold DEFAULTS = new CardFold(List.of());
    private static final CardFold.Subject CARD = new CardFold.Subject("card", List.of());
    private static final CardState STATE = state(new Object[22]);

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
            CardState state = new CardFold(history.timeline()).replay(CARD, history.card());
            assertThat(CardStateCodec.decode(CardStateCodec.encode(state))).isEqualTo(state);
        }
    }

    @Test
    void aStateOfAnUnknownVersionIsRefusedByName() {
        byte[] bytes = CardStateCodec.encode(STATE);
        bytes[0] = 99;
        assertThatThrownBy(() -> CardStateCodec.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a card's state of version 99, this build knows 1 to 2");
    }

    /** What lies in databases has to be readable for ever. */
    @Test
    void theFormsOfVersionsOneAndTwoStay() {
        assertThat(HexFormat.of().formatHex(CardStateCodec.encode(STATE))).isEqualTo(STATE_BYTES_2);
        CardState read = CardStateCodec.decode(HexFormat.of().parseHex(STATE_BYTES_1));
        Object[] withoutSeven = new Object[22];
        withoutSeven[14] = "";
        CardState expected = state(withoutSeven);
        assertThat(read.fsrs7()).isNull();
        assertThat(read.fsrs6()).isEqualTo(expected.fsrs6());
        assertThat(read.dueAtMicros()).isEqualTo(expected.dueAtMicros());
        assertThat(read.foldedId()).isEqualTo("e");
        assertThat(DEFAULTS.canAppend(read, new Entry.Suspend(new EntryKey(200 * DAY, "app", "x"))))
                .isFalse();
    }

    @Test
    void everyComponentCountsInTheChecksum() {
        Object[] others = {
            Phase.LEARNING,
            true,
            new Sm2Memory(2.5, 6, 3),
            new Fsrs6Memory(10, Math.nextUp(5.0)),
            new Fsrs7Memory(10, 8, Math.nextUp(5.0)),
            8,
            2,
            4,
            100 * DAY + 1,
            101,
            "UTC+1",
            111 * DAY,
            true,
            11,
            "sql",
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
            Object[] components = new Object[22];
            components[i] = others[i];
            CardState other = state(components);
            assertThat(other).isNotEqualTo(STATE);
            assertThat(checksums.add(other.checksum())).as("component %d", i).isTrue();
        }
    }

    @Test
    void stringsDoNotRunIntoOneAnother() {
        Object[] left = new Object[22];
        left[20] = "ab";
        left[21] = "c";
        Object[] right = new Object[22];
        right[20] = "a";
        right[21] = "bc";
        assertThat(state(left).checksum()).isNotEqualTo(state(right).checksum());
    }

    @Test
    void recallFallsFromOneThroughNinetyPercent() {
        assertThat(STATE.retrievability(Models.DEFAULT, 100 * DAY)).isEqualTo(1);
        assertThat(STATE.retrievability(Models.DEFAULT, 50 * DAY)).isEqualTo(1);
        assertThat(STATE.retrievability(Models.DEFAULT, 110 * DAY)).isEqualTo(0.9);
        assertThat(STATE.retrievability(Models.DEFAULT, 100 * DAY + DAY / 2)).isBetween(0.99, 1.0);
        assertThat(STATE.stability(Models.DEFAULT)).isEqualTo(10);
        assertThat(CardState.NEW.retrievability(Models.DEFAULT, 0)).isNaN();
    }

    @Test
    void recallAndStabilityAreThoseOfTheModelThatDecides() {
        Object[] bySeven = new Object[22];
        bySeven[15] = Scheduler.FSRS7;
        CardState state = state(bySeven);
        double days = Fsrs7.DEFAULT.nextInterval(new Fsrs7Memory(10, 8, 4), 0.9);
        assertThat(state.stability(Models.DEFAULT)).isEqualTo(days);
        assertThat(state.retrievability(Models.DEFAULT, (long) ((100 + days) * DAY)))
                .isEqualTo(0.9, within(1e-9));
        assertThat(state.difficulty()).isEqualTo(4);
        assertThat(STATE.difficulty()).isEqualTo(5);
    }

    @Test
    void whyTellsWhatDecidedAndTheNumbersThatWentIn() {
        LearnerSettings stricter = new LearnerSettings(Scheduler.FSRS6, 0.95, "UTC", 4, 10, 36_500);
        CardFold fold = new CardFold(List.of(new SettingsChanged(new EntryKey(0, "app", "s"), stricter, false)));
        Why why = Why.why(STATE, fold, CARD, 105 * DAY);
        assertThat(why.reason()).isEqualTo(Why.Reason.INTERVAL);
        assertThat(why.scheduler()).isEqualTo(Scheduler.FSRS6);
        assertThat(why.wantedRetention()).isEqualTo(0.9);
        assertThat(why.scheduledDays()).isEqualTo(10);
        assertThat(why.dueAtMicros()).isEqualTo(110 * DAY);
        assertThat(why.elapsedDays()).isEqualTo(5);
        assertThat(why.recallNow()).isEqualTo(0.94034, within(1e-5));
        assertThat(why.recallAtDue()).isEqualTo(0.9);
        assertThat(why.wantedDays()).isEqualTo(10);
        assertThat(why.stability()).isEqualTo(10);
        assertThat(why.difficulty()).isEqualTo(5);
        assertThat(why.ease()).isEqualTo(2.5);
        assertThat(why.sm2IntervalDays()).isEqualTo(6);
        assertThat(why.daysUnderPresentSettings()).isEqualTo(4);
    }

    @Test
    void whyKnowsNewFailedAndMovedCards() {
        Why unanswered = Why.why(CardState.NEW, DEFAULTS, CARD, 0);
        assertThat(unanswered.reason()).isEqualTo(Why.Reason.NEVER_ANSWERED);
        assertThat(unanswered.scheduler()).isNull();
        assertThat(unanswered.recallNow()).isNaN();
        Object[] failed = new Object[22];
        failed[7] = 1;
        assertThat(Why.why(state(failed), DEFAULTS, CARD, 0).reason()).isEqualTo(Why.Reason.FAILED);
        Object[] moved = new Object[22];
        moved[12] = true;
        assertThat(Why.why(state(moved), DEFAULTS, CARD, 0).reason()).isEqualTo(Why.Reason.MOVED);
    }

    @Test
    void differentStatesOfRandomHistoriesHaveDifferentChecksums() {
        SplittableRandom random = new SplittableRandom(11);
        Set<CardState> states = new HashSet<>();
        Set<Long> checksums = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            Histories history = Histories.random(random);
            CardState state = new CardFold(history.timeline()).replay(CARD, history.card());
            states.add(state);
            checksums.add(state.checksum());
        }
        assertThat(checksums).hasSameSizeAs(states);
    }

    private static final String STATE_BYTES_2 =
            "02020401030000000a0000000700000001000000000000000000000064000007dba8218000000008a4d28b4000000007"
                    + "dba82180003feccccccccccccd4004000000000000000000060000000240240000000000004014000000000000402400"
                    + "000000000040200000000000004010000000000000000355544300036170700001650004"
                    + "6a617661";
    private static final String STATE_BYTES_1 =
            "01020401030000000a0000000700000001000000000000000000000064000007dba8218000000008a4d28b4000000007"
                    + "dba82180003feccccccccccccd4004000000000000000000060000000240240000000000004014000000000000000355"
                    + "54430003617070000165";
    private static final long NEW_CHECKSUM = -6_349_483_476_283_888_906L;
    private static final long STATE_CHECKSUM = -5_042_115_497_809_030_392L;

    /** A card answered on day 100 and due on day 110, with some components replaced. */
    private static CardState state(Object[] instead) {
        Object[] all = {
            Phase.REVIEW,
            false,
            new Sm2Memory(2.5, 6, 2),
            new Fsrs6Memory(10, 5),
            new Fsrs7Memory(10, 8, 4),
            7,
            1,
            3,
            100 * DAY,
            100,
            "UTC",
            110 * DAY,
            false,
            10,
            "java",
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
                (Fsrs7Memory) all[4],
                (int) all[5],
                (int) all[6],
                (int) all[7],
                (long) all[8],
                (int) all[9],
                (String) all[10],
                (long) all[11],
                (boolean) all[12],
                (int) all[13],
                (String) all[14],
                (Scheduler) all[15],
                (double) all[16],
                (int) all[17],
                (int) all[18],
                (long) all[19],
                (String) all[20],
                (String) all[21]);
    }
}
