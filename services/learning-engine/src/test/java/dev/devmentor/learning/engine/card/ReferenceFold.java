package dev.devmentor.learning.engine.card;

import static java.util.Objects.requireNonNull;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Deck;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Timeline;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.card.Entry.WeightsChanged;
import dev.devmentor.learning.engine.plan.Fuzz;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fold as one would explain it, in the order of the log and in one place: no checkpoints, no caches, days by
 * java.time. Only the formulas of the models are shared with the real one.
 */
final class ReferenceFold {

    private Sm2Memory sm2 = Sm2Memory.NEW;
    private @Nullable Fsrs6Memory fsrs6;
    private @Nullable Fsrs7Memory fsrs7;
    private String deck = "";
    private List<String> skills = List.of();
    private final Models models;
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

    private ReferenceFold(Models models) {
        this.models = models;
    }

    /**
     * Memories are those of the newest weights; the due date is that of a fold which knows the weights that were in force
     * when it was decided, and no others.
     */
    static CardState fold(List<Entry> cardEntries, List<Timeline> timeline) {
        List<Timeline> inOrder = new ArrayList<>(timeline);
        inOrder.sort((a, b) -> compare(a.key(), b.key()));
        Models newest = Models.DEFAULT;
        List<Models> all = new ArrayList<>(List.of(Models.DEFAULT));
        for (Timeline change : inOrder) {
            if (change instanceof WeightsChanged weights) {
                newest = weights.models();
                all.add(newest);
            }
        }
        ReferenceFold card = run(cardEntries, inOrder, newest);
        Models decided = card.decidedUnder;
        for (Models models : all) {
            if (models == decided) {
                ReferenceFold decider = run(cardEntries, inOrder, models);
                card.days = decider.days;
                card.due = decider.due;
            }
        }
        return card.state(open(cardEntries));
    }

    private static int open(List<Entry> cardEntries) {
        Set<String> open = new HashSet<>();
        for (Entry entry : cardEntries) {
            if (entry instanceof Undo undo) {
                open.add("answer " + undo.answerId());
            } else if (entry instanceof Unplan unplan) {
                open.add("plan " + unplan.plan());
            }
        }
        for (Entry entry : cardEntries) {
            if (entry instanceof Answer answer) {
                open.remove("answer " + answer.answerId());
            } else if (entry instanceof Reschedule moved) {
                open.remove("plan " + moved.plan());
            }
        }
        return open.size();
    }

    private @Nullable Models decidedUnder;

    private static ReferenceFold run(List<Entry> cardEntries, List<Timeline> timeline, Models models) {
        List<Entry> all = new ArrayList<>(cardEntries);
        all.addAll(timeline);
        all.sort((a, b) -> compare(a.key(), b.key()));

        List<String> undone = new ArrayList<>();
        List<String> unplanned = new ArrayList<>();
        for (Entry entry : all) {
            if (entry instanceof Undo undo) {
                undone.add(undo.answerId());
            }
            if (entry instanceof Unplan unplan) {
                unplanned.add(unplan.plan());
            }
        }

        ReferenceFold card = new ReferenceFold(models);
        LearnerSettings settings = LearnerSettings.DEFAULT;
        Models inForce = Models.DEFAULT;
        for (Entry entry : all) {
            if (entry instanceof WeightsChanged change) {
                inForce = change.models();
                continue;
            }
            if (entry instanceof SettingsChanged change) {
                settings = change.settings();
                if (change.reschedule() && card.last != null && !card.suspended) {
                    card.schedule(card.last, settings, 0, inForce);
                    card.position = change.key();
                }
                continue;
            }
            card.position = entry.key();
            if (entry instanceof Answer answer) {
                if (!answer.skills().isEmpty()) {
                    card.skills = answer.skills();
                }
                if (!undone.contains(answer.answerId())) {
                    card.answer(answer, settings, inForce);
                }
            } else if (entry instanceof Reset) {
                ReferenceFold before = card;
                card = new ReferenceFold(models);
                card.suspended = before.suspended;
                card.deck = before.deck;
                card.skills = before.skills;
                card.position = entry.key();
            } else if (entry instanceof Reschedule reschedule && !unplanned.contains(reschedule.plan())) {
                card.due = reschedule.dueAtMicros();
                card.dueMoved = true;
            } else if (entry instanceof Deck moved) {
                card.deck = moved.deck();
            } else if (entry instanceof Suspend) {
                card.suspended = true;
            } else if (entry instanceof Resume) {
                card.suspended = false;
            }
        }
        return card;
    }

    private void answer(Answer answer, LearnerSettings settings, Models inForce) {
        int elapsed = 0;
        double exact = 0;
        if (last != null) {
            elapsed = answer.localDay() - last.localDay();
            if (elapsed < 0) {
                elapsed = 0;
                negativeGaps++;
            }
            exact = Math.max(0, answer.key().atMicros() - last.key().atMicros()) / 86_400e6;
        }
        fsrs6 = models.fsrs6().next(fsrs6, answer.grade(), elapsed);
        fsrs7 = models.fsrs7().next(fsrs7, answer.grade(), exact);
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
        schedule(answer, settings, answer.chosenDays(), inForce);
    }

    private void schedule(Answer last, LearnerSettings settings, int chosenDays, Models inForce) {
        Scheduler scheduler = settings.decks().containsKey(deck)
                        && requireNonNull(settings.decks().get(deck)).scheduler() != null
                ? requireNonNull(requireNonNull(settings.decks().get(deck)).scheduler())
                : settings.scheduler();
        double retention = retention(settings);
        decidedUnder = inForce;
        if (last.grade() == Grade.AGAIN) {
            days = 0;
            due = last.key().atMicros() + settings.againDelayMinutes() * 60L * 1_000_000L;
        } else {
            double wanted = switch (scheduler) {
                case SM2 -> sm2.intervalDays();
                case FSRS6 -> models.fsrs6().nextInterval(requireNonNull(fsrs6).stability(), retention);
                case FSRS7 -> models.fsrs7().nextInterval(requireNonNull(fsrs7), retention);
            };
            int most = settings.maximumIntervalDays();
            if (chosenDays > 0 && Fuzz.range(Math.max(wanted, 1e-4), most).contains(chosenDays)) {
                days = chosenDays;
            } else if (settings.fuzz()) {
                days = Fuzz.days("card", answers, Math.max(wanted, 1e-4), most);
            } else {
                days = (int) Math.max(1, Math.min(most, Math.floor(wanted + 0.5)));
            }
            due = startOfDay(
                    LocalDate.ofEpochDay(last.localDay()).plusDays(days), last.zone(), settings.rolloverHour());
        }
        dueMoved = false;
        scheduledBy = scheduler;
        scheduledRetention = retention;
    }

    private double retention(LearnerSettings settings) {
        double highest = skills.stream()
                .mapToDouble(skill -> settings.skillRetention().getOrDefault(skill, 0.0))
                .max()
                .orElse(0);
        if (highest > 0) {
            return highest;
        }
        LearnerSettings.Deck own = settings.decks().get(deck);
        return own == null || own.desiredRetention() == null ? settings.desiredRetention() : own.desiredRetention();
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
                fsrs7,
                answers,
                lapses,
                last != null ? last.grade().value() : 0,
                last != null ? last.key().atMicros() : 0,
                last != null ? last.localDay() : 0,
                last != null ? last.zone() : "",
                due,
                dueMoved,
                days,
                deck,
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
