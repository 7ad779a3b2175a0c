package dev.devmentor.learning.engine.card;

import static dev.devmentor.learning.engine.schedule.Grade.AGAIN;
import static dev.devmentor.learning.engine.schedule.Grade.EASY;
import static dev.devmentor.learning.engine.schedule.Grade.GOOD;
import static dev.devmentor.learning.engine.schedule.Grade.HARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.card.Entry.WeightsChanged;
import dev.devmentor.learning.engine.plan.Fuzz;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardFoldTest {

    private static final SettingsChanged FSRS6 = new SettingsChanged(
            new EntryKey(0, "", ""), new LearnerSettings(Scheduler.FSRS6, 0.9, "UTC", 4, 10, 36_500), false);
    private static final CardFold DEFAULTS = new CardFold(List.of(FSRS6));
    private static final LearnerSettings SM2 = new LearnerSettings(Scheduler.SM2, 0.9, "UTC", 4, 10, 36_500);

    @Test
    void aCardWithoutEntriesIsNew() {
        assertThat(DEFAULTS.replay(List.of())).isEqualTo(CardState.NEW);
        assertThat(CardState.NEW.isDue(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void aFirstGoodAnswerIsDueInTwoDaysAtTheRolloverHour() {
        CardState state = DEFAULTS.replay(List.of(answer("2026-01-05T10:00:00Z", GOOD)));
        assertThat(state.phase()).isEqualTo(Phase.REVIEW);
        assertThat(state.fsrs6()).isEqualTo(new Fsrs6Memory(2.3065, Fsrs6.DEFAULT.firstDifficulty(3)));
        assertThat(state.sm2()).isEqualTo(new Sm2Memory(2.5, 1, 1));
        assertThat(state.scheduledDays()).isEqualTo(2);
        assertThat(due(state)).isEqualTo("2026-01-07T04:00:00Z");
        assertThat(state.answers()).isEqualTo(1);
        assertThat(state.lastGrade()).isEqualTo(3);
        assertThat(state.lastLocalDay()).isEqualTo(20_458);
        assertThat(state.isDue(micros("2026-01-07T03:59:59Z"))).isFalse();
        assertThat(state.isDue(micros("2026-01-07T04:00:00Z"))).isTrue();
    }

    @Test
    void afterAgainTheCardComesBackInTenMinutes() {
        CardState state = DEFAULTS.replay(List.of(answer("2026-01-05T10:00:00Z", AGAIN)));
        assertThat(state.phase()).isEqualTo(Phase.LEARNING);
        assertThat(state.scheduledDays()).isZero();
        assertThat(due(state)).isEqualTo("2026-01-05T10:10:00Z");
    }

    @Test
    void theDueDayIsThatOfTheAnswersZone() {
        Answer atNight = answer("2026-01-05T20:30:00Z", GOOD, "Asia/Tokyo"); // 05:30 on the 6th
        CardState state = DEFAULTS.replay(List.of(atNight));
        assertThat(due(state)).isEqualTo("2026-01-07T19:00:00Z"); // the 8th at 04:00 in Tokyo
    }

    @Test
    void phasesFollowTheAnswers() {
        List<Entry> log = new ArrayList<>();
        Grade[] grades = {AGAIN, AGAIN, HARD, GOOD, AGAIN, AGAIN, EASY, AGAIN};
        Phase[] phases = {
            Phase.LEARNING,
            Phase.LEARNING,
            Phase.REVIEW,
            Phase.REVIEW,
            Phase.RELEARNING,
            Phase.RELEARNING,
            Phase.REVIEW,
            Phase.RELEARNING
        };
        int[] lapses = {0, 0, 0, 0, 1, 1, 1, 2};
        for (int i = 0; i < grades.length; i++) {
            log.add(answer("2026-01-0" + (i + 1) + "T10:00:00Z", grades[i]));
            CardState state = DEFAULTS.replay(log);
            assertThat(state.phase()).isEqualTo(phases[i]);
            assertThat(state.lapses()).isEqualTo(lapses[i]);
        }
    }

    @Test
    void theSettingsInForceAtTheAnswerDecide() {
        SettingsChanged toSm2 = settings("2026-01-06T00:00:00Z", SM2, false);
        CardFold fold = new CardFold(List.of(FSRS6, toSm2));
        Answer before = answer("2026-01-05T10:00:00Z", EASY);
        Answer after = answer("2026-01-13T10:00:00Z", GOOD);
        assertThat(fold.replay(List.of(before)).scheduledDays()).isEqualTo(8);
        CardState state = fold.replay(List.of(before, after));
        assertThat(state.scheduledDays()).isEqualTo(6);
        assertThat(state.scheduledBy()).isEqualTo(Scheduler.SM2);
        // the other memory went on all the same
        assertThat(state.fsrs6())
                .isEqualTo(DEFAULTS.replay(List.of(before, after)).fsrs6());
    }

    @Test
    void settingsWithRescheduleMoveWaitingCards() {
        Answer answer = answer("2026-01-05T10:00:00Z", EASY);
        SettingsChanged later = settings("2026-01-06T00:00:00Z", SM2, true);
        CardState state = new CardFold(List.of(FSRS6, later)).replay(List.of(answer));
        assertThat(state.scheduledDays()).isEqualTo(1);
        assertThat(due(state)).isEqualTo("2026-01-06T04:00:00Z");
        assertThat(state.foldedAtMicros()).isEqualTo(later.key().atMicros());
    }

    @Test
    void settingsWithRescheduleAlsoGiveTheNewDelayAfterAgain() {
        LearnerSettings slow = new LearnerSettings(Scheduler.FSRS6, 0.9, "UTC", 4, 60, 36_500);
        CardFold fold = new CardFold(List.of(FSRS6, settings("2026-01-05T10:05:00Z", slow, true)));
        CardState state = fold.replay(List.of(answer("2026-01-05T10:00:00Z", AGAIN)));
        assertThat(due(state)).isEqualTo("2026-01-05T11:00:00Z");
    }

    @Test
    void settingsLeaveNewAndSuspendedCardsAlone() {
        CardFold fold = new CardFold(List.of(FSRS6, settings("2026-02-01T00:00:00Z", SM2, true)));
        assertThat(fold.replay(List.of())).isEqualTo(CardState.NEW);
        List<Entry> suspended = List.of(answer("2026-01-05T10:00:00Z", EASY), new Suspend(key("2026-01-06T00:00:00Z")));
        assertThat(fold.replay(suspended)).isEqualTo(DEFAULTS.replay(suspended));
    }

    @Test
    void retentionAndMaximumShapeTheInterval() {
        Answer answer = answer("2026-01-05T10:00:00Z", EASY);
        assertThat(daysUnder(new LearnerSettings(Scheduler.FSRS6, 0.8, "UTC", 4, 10, 36_500), answer))
                .isEqualTo(28);
        assertThat(daysUnder(new LearnerSettings(Scheduler.FSRS6, 0.95, "UTC", 4, 10, 36_500), answer))
                .isEqualTo(3);
        assertThat(daysUnder(new LearnerSettings(Scheduler.FSRS6, 0.8, "UTC", 4, 10, 7), answer))
                .isEqualTo(7);
    }

    @Test
    void answersOfOneLocalDayUseTheFormulaForTheSameDay() {
        Answer first = answer("2026-01-05T23:50:00Z", GOOD);
        Answer afterMidnight = answer("2026-01-06T00:10:00Z", GOOD);
        Fsrs6Memory expected = Fsrs6.DEFAULT.next(Fsrs6.DEFAULT.next(null, GOOD, 0), GOOD, 0);
        assertThat(DEFAULTS.replay(List.of(first, afterMidnight)).fsrs6()).isEqualTo(expected);
    }

    @Test
    void aDayThatRunsBackwardsCountsAsTheSameDayAndIsFlagged() {
        Answer inTokyo = answer("2026-01-05T20:30:00Z", GOOD, "Asia/Tokyo"); // the 6th there
        Answer inLisbon = answer("2026-01-05T21:00:00Z", GOOD, "Europe/Lisbon"); // the 5th
        CardState state = DEFAULTS.replay(List.of(inTokyo, inLisbon));
        assertThat(state.negativeGaps()).isEqualTo(1);
        assertThat(state.lastLocalDay()).isEqualTo(inLisbon.localDay());
        assertThat(state.fsrs6()).isEqualTo(Fsrs6.DEFAULT.next(Fsrs6.DEFAULT.next(null, GOOD, 0), GOOD, 0));
    }

    @Test
    void anUndoneAnswerLeavesNoTraceButThePosition() {
        Answer kept = answer("2026-01-05T10:00:00Z", GOOD);
        Answer wrong = answer("2026-01-07T10:00:00Z", AGAIN);
        Undo undo = new Undo(key("2026-01-07T10:01:00Z"), wrong.answerId());
        CardState without = DEFAULTS.replay(List.of(kept));
        CardState state = DEFAULTS.replay(List.of(kept, wrong, undo));
        assertThat(state)
                .usingRecursiveComparison()
                .ignoringFields("foldedAtMicros", "foldedId")
                .isEqualTo(without);
        assertThat(state.foldedAtMicros()).isEqualTo(undo.key().atMicros());
    }

    @Test
    void anUndoThatComesBeforeItsAnswerWaitsForIt() {
        Answer kept = answer("2026-01-05T10:00:00Z", GOOD);
        Answer wrong = answer("2026-01-07T10:00:00Z", AGAIN);
        Undo early = new Undo(key("2026-01-06T10:00:00Z"), wrong.answerId());
        CardState waiting = DEFAULTS.replay(List.of(kept, early));
        assertThat(waiting.openUndos()).isEqualTo(1);
        assertThat(DEFAULTS.canAppend(waiting, wrong)).isFalse();
        CardState state = DEFAULTS.replay(List.of(kept, early, wrong));
        assertThat(state.openUndos()).isZero();
        assertThat(state.answers()).isEqualTo(1);
        assertThat(state.lastGrade()).isEqualTo(3);
    }

    @Test
    void resetMakesTheCardNewAndKeepsItAside() {
        List<Entry> log = List.of(
                answer("2026-01-05T10:00:00Z", GOOD),
                answer("2026-01-07T10:00:00Z", AGAIN),
                new Suspend(key("2026-01-08T10:00:00Z")),
                new Reset(key("2026-01-09T10:00:00Z")));
        CardState state = DEFAULTS.replay(log);
        assertThat(state)
                .usingRecursiveComparison()
                .ignoringFields("suspended", "foldedAtMicros", "foldedSource", "foldedId")
                .isEqualTo(CardState.NEW);
        assertThat(state.suspended()).isTrue();
    }

    @Test
    void rescheduleMovesTheDueDateUntilTheNextAnswer() {
        Answer first = answer("2026-01-05T10:00:00Z", GOOD);
        Reschedule forward = new Reschedule(key("2026-01-05T12:00:00Z"), micros("2026-01-06T09:00:00Z"));
        CardState moved = DEFAULTS.replay(List.of(first, forward));
        assertThat(due(moved)).isEqualTo("2026-01-06T09:00:00Z");
        assertThat(moved.dueMoved()).isTrue();
        assertThat(moved.fsrs6()).isEqualTo(DEFAULTS.replay(List.of(first)).fsrs6());
        CardState answered = DEFAULTS.append(moved, answer("2026-01-07T10:00:00Z", GOOD));
        assertThat(answered.dueMoved()).isFalse();
        assertThat(due(answered)).isEqualTo("2026-01-18T04:00:00Z");
    }

    @Test
    void aNewCardCanBeGivenADueDate() {
        CardState state =
                DEFAULTS.replay(List.of(new Reschedule(key("2026-01-05T12:00:00Z"), micros("2026-01-06T09:00:00Z"))));
        assertThat(state.phase()).isEqualTo(Phase.NEW);
        assertThat(state.isDue(micros("2026-01-06T09:00:00Z"))).isTrue();
    }

    @Test
    void suspendAndResumeLeaveMemoryAndDueDate() {
        Answer first = answer("2026-01-05T10:00:00Z", GOOD);
        Suspend suspend = new Suspend(key("2026-01-06T10:00:00Z"));
        Resume resume = new Resume(key("2026-03-06T10:00:00Z"));
        CardState aside = DEFAULTS.replay(List.of(first, suspend));
        assertThat(aside.suspended()).isTrue();
        assertThat(aside.isDue(micros("2026-02-01T00:00:00Z"))).isFalse();
        CardState back = DEFAULTS.append(aside, resume);
        assertThat(back.suspended()).isFalse();
        assertThat(due(back)).isEqualTo("2026-01-07T04:00:00Z");
    }

    @Test
    void anAnswerToASuspendedCardCountsAndTheCardStaysAside() {
        CardState state = DEFAULTS.replay(
                List.of(new Suspend(key("2026-01-05T09:00:00Z")), answer("2026-01-05T10:00:00Z", GOOD)));
        assertThat(state.suspended()).isTrue();
        assertThat(state.answers()).isEqualTo(1);
    }

    @Test
    void onlyWhatComesAfterThePositionCanBeAppended() {
        Answer first = answer("2026-01-05T10:00:00Z", GOOD);
        CardState state = DEFAULTS.replay(List.of(first));
        assertThat(DEFAULTS.canAppend(state, answer("2026-01-05T10:00:01Z", GOOD)))
                .isTrue();
        assertThat(DEFAULTS.canAppend(state, answer("2026-01-05T09:59:59Z", GOOD)))
                .isFalse();
        assertThat(DEFAULTS.canAppend(state, first)).isFalse();
        assertThat(DEFAULTS.canAppend(state, new Undo(key("2026-01-06T10:00:00Z"), "x")))
                .isFalse();
        assertThatThrownBy(() -> DEFAULTS.append(state, first)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsInForceAreFoundByTime() {
        CardFold fold = new CardFold(List.of(settings("2026-01-06T00:00:00Z", SM2, false)));
        assertThat(fold.settingsAt(micros("2026-01-06T00:00:00Z") - 1)).isEqualTo(LearnerSettings.DEFAULT);
        assertThat(fold.settingsAt(micros("2026-01-06T00:00:00Z"))).isEqualTo(SM2);
        assertThat(fold.settingsNow()).isEqualTo(SM2);
        assertThat(DEFAULTS.settingsNow()).isEqualTo(FSRS6.settings());
    }

    @Test
    void refusesWhatCannotBeFolded() {
        Answer answer = answer("2026-01-05T10:00:00Z", GOOD);
        Answer other = new Answer(answer.key(), "other", 20_458, "UTC", GOOD, -1);
        assertThatThrownBy(() -> DEFAULTS.replay(List.of(answer, other)))
                .hasMessageStartingWith("two different entries have one key");
        assertThatThrownBy(() -> DEFAULTS.replay(List.of(settings("2026-01-06T00:00:00Z", SM2, false))))
                .hasMessageStartingWith("it belongs to the timeline");
        CardState state = DEFAULTS.replay(List.of(answer));
        assertThatThrownBy(() -> DEFAULTS.replayFrom(state, List.of(answer)))
                .hasMessageStartingWith("not after the checkpoint");
    }

    @Test
    void learnerSettingsNameTheValueThatIsOutOfRange() {
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, 0.69, "UTC", 4, 10, 365))
                .hasMessage("desiredRetention is 0.70 to 0.99, not 0.69");
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, Double.NaN, "UTC", 4, 10, 365))
                .hasMessage("desiredRetention is 0.70 to 0.99, not NaN");
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, 0.9, "UTC", 24, 10, 365))
                .hasMessage("rolloverHour is 0 to 23, not 24");
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, 0.9, "UTC", 4, 0, 365))
                .hasMessage("againDelayMinutes is 1 to 1440, not 0");
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, 0.9, "UTC", 4, 10, 36_501))
                .hasMessage("maximumIntervalDays is 1 to 36500, not 36501");
        assertThatThrownBy(() -> new LearnerSettings(Scheduler.SM2, 0.9, "Mars", 4, 10, 365))
                .hasMessage("no such zone: 'Mars'");
    }

    @Test
    void twoHundredThousandEntriesOnOneCardFoldInAMoment() {
        List<Entry> log = new ArrayList<>();
        for (int i = 200_000; i > 0; i--) {
            EntryKey key = new EntryKey(i * 3_600_000_000L, "s", "e" + i);
            log.add(new Answer(key, "a" + i, i / 24, "UTC", Grade.of(1 + i % 4), -1));
        }
        long start = System.nanoTime();
        CardState state = DEFAULTS.replay(log);
        assertThat(state.answers()).isEqualTo(200_000);
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L); // some 50 ms; a minute is allowed
    }

    @Test
    void withoutSettingsFsrs7Decides() {
        Answer first = answer("2026-01-05T10:00:00Z", GOOD);
        CardState state = new CardFold(List.of()).replay(List.of(first));
        Fsrs7Memory memory = Fsrs7.DEFAULT.next(null, GOOD, 0);
        assertThat(state.scheduledBy()).isEqualTo(Scheduler.FSRS7);
        assertThat(state.fsrs7()).isEqualTo(memory);
        assertThat(state.scheduledDays()).isEqualTo((int)
                Math.max(1, Math.floor(Fsrs7.DEFAULT.nextInterval(memory, 0.9) + 0.5)));
        CardState next = new CardFold(List.of()).replay(List.of(first, answer("2026-01-08T22:00:00Z", GOOD)));
        assertThat(next.fsrs7()).isEqualTo(Fsrs7.DEFAULT.next(memory, GOOD, 3.5));
    }

    @Test
    void aDeckAndASkillMayWantSomethingElse() {
        LearnerSettings settings = new LearnerSettings(
                Scheduler.FSRS6,
                0.9,
                "UTC",
                4,
                10,
                36_500,
                false,
                Map.of(
                        "sql",
                        new LearnerSettings.Deck(Scheduler.SM2, null),
                        "java",
                        new LearnerSettings.Deck(null, 0.8)),
                Map.of("java.streams", 0.95));
        CardFold fold = new CardFold(List.of(settings("2026-01-01T00:00:00Z", settings, false)));
        Answer answer = answer("2026-01-05T10:00:00Z", EASY);
        Entry.Deck sql = new Entry.Deck(key("2026-01-02T00:00:00Z"), "sql");
        Entry.Deck java = new Entry.Deck(key("2026-01-02T00:00:00Z"), "java");
        assertThat(fold.replay(List.of(answer)).scheduledDays()).isEqualTo(8);
        assertThat(fold.replay(List.of(answer, sql)).scheduledBy()).isEqualTo(Scheduler.SM2);
        assertThat(fold.replay(List.of(answer, sql)).scheduledDays()).isEqualTo(1);
        assertThat(fold.replay(List.of(answer, java)).scheduledDays()).isEqualTo(28);
        assertThat(fold.replay(List.of(answer, java)).deck()).isEqualTo("java");
        Answer ofSkill = new Answer(
                answer.key(), "a", answer.localDay(), "UTC", EASY, -1, List.of("java.io", "java.streams"), 0);
        CardState strict = fold.replay(List.of(ofSkill, java));
        assertThat(strict.scheduledRetention()).isEqualTo(0.95);
        assertThat(strict.scheduledDays()).isEqualTo(3);
    }

    @Test
    void newWeightsChangeMemoriesAndLeaveDueDates() {
        Answer first = answer("2026-01-05T10:00:00Z", EASY);
        Answer second = answer("2026-03-05T10:00:00Z", GOOD);
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        weights[3] = 20;
        Models fitted = Models.of(1, Fsrs6Weights.of(weights), Fsrs7Weights.DEFAULT);
        WeightsChanged change = new WeightsChanged(key("2026-02-01T00:00:00Z"), fitted);
        CardFold fold = new CardFold(List.of(FSRS6, change));
        CardState state = fold.replay(List.of(first));
        assertThat(state.scheduledDays()).isEqualTo(8);
        assertThat(state.fsrs6().stability()).isEqualTo(20);
        assertThat(fold.daysNow(state, CardFold.Subject.NAMELESS)).isEqualTo(20);
        CardState after = fold.append(state, second);
        assertThat(after).isEqualTo(fold.replay(List.of(first, second)));
        assertThat(after.fsrs6()).isEqualTo(fitted.fsrs6().next(fitted.fsrs6().next(null, EASY, 0), GOOD, 59));
        // asked for, due dates move too; and taken back, they are what they were
        SettingsChanged asked = settings("2026-02-02T00:00:00Z", FSRS6.settings(), true);
        assertThat(new CardFold(List.of(FSRS6, change, asked))
                        .replay(List.of(first))
                        .scheduledDays())
                .isEqualTo(20);
    }

    @Test
    void takingAPlanBackRestoresTheBits() {
        Answer answer = answer("2026-01-05T10:00:00Z", EASY);
        Reschedule alone = new Reschedule(key("2026-01-06T00:00:00Z"), micros("2026-01-20T04:00:00Z"));
        Reschedule planned = new Reschedule(key("2026-01-07T00:00:00Z"), micros("2026-02-20T04:00:00Z"), "p");
        Unplan unplan = new Unplan(key("2026-01-08T00:00:00Z"), "p");
        CardState before = DEFAULTS.replay(List.of(answer, alone));
        CardState moved = DEFAULTS.replay(List.of(answer, alone, planned));
        assertThat(due(moved)).isEqualTo("2026-02-20T04:00:00Z");
        CardState back = DEFAULTS.replay(List.of(answer, alone, planned, unplan));
        assertThat(due(back)).isEqualTo(due(before));
        assertThat(back.dueMoved()).isTrue();
        assertThat(back.openUndos()).isZero();
        assertThat(DEFAULTS.canAppend(moved, unplan)).isFalse();
        assertThat(DEFAULTS.replay(List.of(answer, unplan)).openUndos()).isEqualTo(1);
    }

    @Test
    void fuzzAndAChosenDayStayWithinTheirRange() {
        LearnerSettings fuzzy =
                new LearnerSettings(Scheduler.FSRS6, 0.8, "UTC", 4, 10, 36_500, true, Map.of(), Map.of());
        CardFold fold = new CardFold(List.of(settings("2026-01-01T00:00:00Z", fuzzy, false)));
        Answer answer = answer("2026-01-05T10:00:00Z", EASY); // 28 days without fuzz
        Set<Integer> days = new HashSet<>();
        for (int card = 0; card < 200; card++) {
            days.add(fold.replay(new CardFold.Subject("card " + card, List.of()), List.of(answer))
                    .scheduledDays());
        }
        Fuzz.Range range = Fuzz.range(Fsrs6.DEFAULT.nextInterval(8.2956, 0.8), 36_500);
        assertThat(days).hasSize(range.size()).allMatch(range::contains);
        Answer chosen = new Answer(answer.key(), "a", answer.localDay(), "UTC", EASY, -1, List.of(), 30);
        assertThat(DEFAULTS.replay(List.of(chosen)).scheduledDays()).isEqualTo(8); // 30 is out of reach of 8
        assertThat(fold.replay(List.of(chosen)).scheduledDays()).isEqualTo(30);
    }

    private static int daysUnder(LearnerSettings settings, Answer answer) {
        return new CardFold(List.of(FSRS6, settings("2020-01-01T00:00:00Z", settings, false)))
                .replay(List.of(answer))
                .scheduledDays();
    }

    private static Answer answer(String at, Grade grade) {
        return answer(at, grade, "UTC");
    }

    private static Answer answer(String at, Grade grade, String zone) {
        int localDay = LocalDays.localDay(micros(at), ZoneId.of(zone), 4);
        return new Answer(key(at), "answer " + at, localDay, zone, grade, 2_500);
    }

    private static SettingsChanged settings(String at, LearnerSettings settings, boolean reschedule) {
        return new SettingsChanged(key(at), settings, reschedule);
    }

    private static EntryKey key(String at) {
        return new EntryKey(micros(at), "test", at);
    }

    private static long micros(String at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at));
    }

    private static String due(CardState state) {
        return Instant.EPOCH.plus(state.dueAtMicros(), ChronoUnit.MICROS).toString();
    }
}
