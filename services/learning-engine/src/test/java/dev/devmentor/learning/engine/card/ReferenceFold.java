package dev.devmentor.learning.engine.card;

import static java.util.Objects.requireNonNull;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fold as one would explain it, in the order of the log and in one place: no checkpoints, no caches, days by
 * java.time. Only the formulas of the two models are shared with the real one.
 */
final class ReferenceFold {

    private Sm2Memory sm2 = Sm2Memory.NEW;
    private @Nullable Fsrs6Memory fsrs6;
    private Phase phase = Phase.NEW;
    private boolean suspended;
    private int answers;
    private int lapses;
    private int negativeGaps;
    private @Nullable Answer last;
    private long due = CardState.NOT_DUE;
    private boolean dueMoved;
    private int days;
    private @Nullable Scheduler scheduledBy;
    private double scheduledRetention;
    private EntryKey position = new EntryKey(Long.MIN_VALUE, "", "");

    static CardState fold(List<Entry> cardEntries, List<SettingsChanged> timeline) {
        List<Entry> all = new ArrayList<>(cardEntries);
        all.addAll(timeline);
        all.sort((a, b) -> compare(a.key(), b.key()));

        List<String> undone = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (Entry entry : all) {
            if (entry instanceof Undo undo && !undone.contains(undo.answerId())) {
                undone.add(undo.answerId());
            }
            if (entry instanceof Answer answer) {
                answered.add(answer.answerId());
            }
        }

        ReferenceFold card = new ReferenceFold();
        LearnerSettings settings = LearnerSettings.DEFAULT;
        for (Entry entry : all) {
            if (entry instanceof SettingsChanged change) {
                settings = change.settings();
                if (change.reschedule() && card.last != null && !card.suspended) {
                    card.schedule(card.last, settings);
                    card.position = change.key();
                }
                continue;
            }
            card.position = entry.key();
            if (entry instanceof Answer answer && !undone.contains(answer.answerId())) {
                card.answer(answer, settings);
            } else if (entry instanceof Reset) {
                boolean aside = card.suspended;
                card = new ReferenceFold();
                card.suspended = aside;
                card.position = entry.key();
            } else if (entry instanceof Reschedule reschedule) {
                card.due = reschedule.dueAtMicros();
                card.dueMoved = true;
            } else if (entry instanceof Suspend) {
                card.suspended = true;
            } else if (entry instanceof Resume) {
                card.suspended = false;
            }
        }
        undone.removeAll(answered);
        return card.state(undone.size());
    }

    private void answer(Answer answer, LearnerSettings settings) {
        int elapsed = 0;
        if (last != null) {
            elapsed = answer.localDay() - last.localDay();
            if (elapsed < 0) {
                elapsed = 0;
                negativeGaps++;
            }
        }
        fsrs6 = Fsrs6.DEFAULT.next(fsrs6, answer.grade(), elapsed);
        sm2 = Sm2.next(sm2, answer.grade());
        boolean again = answer.grade() == Grade.AGAIN;
        if (again && phase == Phase.REVIEW) {
            lapses++;
        }
        if (!again) {
            phase = Phase.REVIEW;
        } else if (phase == Phase.NEW || phase == Phase.LEARNING) {
            phase = Phase.LEARNING;
        } else {
            phase = Phase.RELEARNING;
        }
        answers++;
        last = answer;
        schedule(answer, settings);
    }

    private void schedule(Answer last, LearnerSettings settings) {
        if (last.grade() == Grade.AGAIN) {
            days = 0;
            due = last.key().atMicros() + settings.againDelayMinutes() * 60L * 1_000_000L;
        } else {
            double wanted = settings.scheduler() == Scheduler.SM2
                    ? sm2.intervalDays()
                    : Fsrs6.DEFAULT.nextInterval(requireNonNull(fsrs6).stability(), settings.desiredRetention());
            days = (int) Math.max(1, Math.min(settings.maximumIntervalDays(), Math.floor(wanted + 0.5)));
            due = startOfDay(
                    LocalDate.ofEpochDay(last.localDay()).plusDays(days), last.zone(), settings.rolloverHour());
        }
        dueMoved = false;
        scheduledBy = settings.scheduler();
        scheduledRetention = settings.desiredRetention();
    }

    private static long startOfDay(LocalDate date, String zone, int rolloverHour) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        LocalDateTime wall = date.atTime(rolloverHour, 0);
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        Instant start = offsets.isEmpty() ? rules.getTransition(wall).getInstant() : wall.toInstant(offsets.getFirst());
        return ChronoUnit.MICROS.between(Instant.EPOCH, start);
    }

    private CardState state(int openUndos) {
        Answer last = this.last;
        return new CardState(
                phase,
                suspended,
                sm2,
                fsrs6,
                answers,
                lapses,
                last != null ? last.grade().value() : 0,
                last != null ? last.key().atMicros() : 0,
                last != null ? last.localDay() : 0,
                last != null ? last.zone() : "",
                due,
                dueMoved,
                days,
                scheduledBy,
                scheduledRetention,
                negativeGaps,
                openUndos,
                position.atMicros(),
                position.source(),
                position.id());
    }

    private static int compare(EntryKey a, EntryKey b) {
        if (a.atMicros() != b.atMicros()) {
            return a.atMicros() < b.atMicros() ? -1 : 1;
        }
        int bySource = Arrays.compareUnsigned(utf8(a.source()), utf8(b.source()));
        return bySource != 0 ? bySource : Arrays.compareUnsigned(utf8(a.id()), utf8(b.id()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
