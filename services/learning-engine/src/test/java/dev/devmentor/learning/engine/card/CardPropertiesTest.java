package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold for every card, whatever its history. */
class CardPropertiesTest {

    private static final long DAY = 86_400_000_000L;

    @Test
    void oneMoreLapseNeverLengthensTheNextInterval() {
        SplittableRandom random = new SplittableRandom(12);
        for (Scheduler scheduler : Scheduler.values()) {
            CardFold fold = under(scheduler);
            for (int i = 0; i < 20_000; i++) {
                int day = 20_000;
                CardState state = CardState.NEW;
                for (int n = random.nextInt(1, 12); n > 0; n--) {
                    state = fold.append(state, answer(day, 0, grade(random)));
                    day += random.nextInt(1, 1 + Math.max(1, 2 * state.scheduledDays()));
                }
                CardState passed = fold.append(state, answer(day, 1, Grade.GOOD));
                CardState lapsed =
                        fold.append(fold.append(state, answer(day, 0, Grade.AGAIN)), answer(day, 1, Grade.GOOD));
                assertThat(lapsed.scheduledDays()).isLessThanOrEqualTo(passed.scheduledDays());
            }
        }
    }

    @Test
    void aBetterLastGradeNeverBringsTheCardBackEarlier() {
        SplittableRandom random = new SplittableRandom(13);
        for (Scheduler scheduler : Scheduler.values()) {
            CardFold fold = under(scheduler);
            for (int i = 0; i < 20_000; i++) {
                int day = 20_000;
                CardState state = CardState.NEW;
                for (int n = random.nextInt(12); n > 0; n--) {
                    state = fold.append(state, answer(day, -n, grade(random)));
                    day += random.nextInt(60);
                }
                long earliest = Long.MIN_VALUE;
                for (Grade grade : Grade.values()) {
                    long due = fold.append(state, answer(day, 1, grade)).dueAtMicros();
                    assertThat(due).isGreaterThanOrEqualTo(earliest);
                    earliest = due;
                }
            }
        }
    }

    @Test
    void everyDueDateLiesAfterItsAnswerInEveryZoneFrom1970To2200() {
        SplittableRandom random = new SplittableRandom(14);
        List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
        long end = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));
        CardFold[] folds = new CardFold[24];
        for (int hour = 0; hour < 24; hour++) {
            folds[hour] = under(Scheduler.FSRS6, hour);
        }
        for (int i = 0; i < 200_000; i++) {
            String zone = zones.get(random.nextInt(zones.size()));
            int hour = random.nextInt(24);
            long at = random.nextLong(end);
            int localDay = LocalDays.localDay(at, ZoneId.of(zone), hour);
            Grade grade = Grade.of(random.nextInt(1, 5));
            Answer answer = new Answer(new EntryKey(at, "s", "e"), "a", localDay, zone, grade, -1);
            CardState state = folds[hour].append(CardState.NEW, answer);
            long wait = state.dueAtMicros() - at;
            // a day can be skipped or nearly so, and a change moves the start by an hour or a day
            assertThat(wait).isBetween(0L, (state.scheduledDays() + 1) * DAY + 2 * DAY);
            if (wait == 0) {
                assertThat(zone).as("only where a date was left out").isIn("Pacific/Apia", "Pacific/Kwajalein");
            }
        }
    }

    private static CardFold under(Scheduler scheduler) {
        return under(scheduler, 4);
    }

    private static CardFold under(Scheduler scheduler, int rolloverHour) {
        LearnerSettings settings = new LearnerSettings(scheduler, 0.9, "UTC", rolloverHour, 10, 36_500);
        EntryKey first = new EntryKey(Long.MIN_VALUE + 1, "", "");
        return new CardFold(List.of(new SettingsChanged(first, settings, false)));
    }

    private static Answer answer(int localDay, int order, Grade grade) {
        long at = localDay * DAY + 12 * DAY / 24 + order * 60_000_000L;
        return new Answer(new EntryKey(at, "s", "e" + at), "a" + at, localDay, "UTC", grade, -1);
    }

    private static Grade grade(SplittableRandom random) {
        int dice = random.nextInt(100);
        return Grade.of(dice < 20 ? 1 : dice < 35 ? 2 : dice < 88 ? 3 : 4);
    }
}
