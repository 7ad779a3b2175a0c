package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.CardFold.Rules;
import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import org.jspecify.annotations.Nullable;

/** A card while it is folded: {@link CardState} in plain fields, so that an answer allocates nothing. */
final class FoldingCard {

    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int AGAIN = 1;

    private final Fsrs6 model = Fsrs6.DEFAULT;

    private Phase phase;
    private boolean suspended;
    private double ease;
    private int sm2IntervalDays;
    private int repetitions;
    private double stability; // 0 if no answer counts, as the difficulty
    private double difficulty;
    private int answers;
    private int lapses;
    private int lastGrade;
    private long lastAtMicros;
    private int lastLocalDay;
    private String lastZone;
    private long dueAtMicros;
    private boolean dueMoved;
    private int scheduledDays;
    private @Nullable Scheduler scheduledBy;
    private double scheduledRetention;
    private int negativeGaps;
    int openUndos;
    private long foldedAtMicros;
    private String foldedSource;
    private String foldedId;

    private String zoneName = "";
    private LocalDays.@Nullable Zone zone; // of zoneName

    FoldingCard(CardState state) {
        phase = state.phase();
        suspended = state.suspended();
        ease = state.sm2().ease();
        sm2IntervalDays = state.sm2().intervalDays();
        repetitions = state.sm2().repetitions();
        Fsrs6Memory fsrs6 = state.fsrs6();
        stability = fsrs6 == null ? 0 : fsrs6.stability();
        difficulty = fsrs6 == null ? 0 : fsrs6.difficulty();
        answers = state.answers();
        lapses = state.lapses();
        lastGrade = state.lastGrade();
        lastAtMicros = state.lastAtMicros();
        lastLocalDay = state.lastLocalDay();
        lastZone = state.lastZone();
        dueAtMicros = state.dueAtMicros();
        dueMoved = state.dueMoved();
        scheduledDays = state.scheduledDays();
        scheduledBy = state.scheduledBy();
        scheduledRetention = state.scheduledRetention();
        negativeGaps = state.negativeGaps();
        openUndos = state.openUndos();
        foldedAtMicros = state.foldedAtMicros();
        foldedSource = state.foldedSource();
        foldedId = state.foldedId();
    }

    CardState toState() {
        return new CardState(
                phase,
                suspended,
                new Sm2Memory(ease, sm2IntervalDays, repetitions),
                phase == Phase.NEW ? null : new Fsrs6Memory(stability, difficulty),
                answers,
                lapses,
                lastGrade,
                lastAtMicros,
                lastLocalDay,
                lastZone,
                dueAtMicros,
                dueMoved,
                scheduledDays,
                scheduledBy,
                scheduledRetention,
                negativeGaps,
                openUndos,
                foldedAtMicros,
                foldedSource,
                foldedId);
    }

    void fold(Answer answer, Rules rules) {
        int grade = answer.grade().value();
        if (phase == Phase.NEW) {
            stability = model.firstStability(grade);
            difficulty = model.firstDifficulty(grade);
        } else {
            int elapsedDays = answer.localDay() - lastLocalDay;
            if (elapsedDays < 0) {
                elapsedDays = 0;
                negativeGaps++;
            }
            stability = model.nextStability(stability, difficulty, grade, elapsedDays);
            difficulty = model.nextDifficulty(difficulty, grade);
        }
        ease = Sm2.nextEase(ease, grade);
        repetitions = Sm2.nextRepetitions(repetitions, grade);
        sm2IntervalDays = Sm2.nextIntervalDays(sm2IntervalDays, ease, repetitions);

        if (grade == AGAIN && phase == Phase.REVIEW) {
            lapses++;
        }
        phase = phaseAfter(phase, grade);
        answers++;
        lastGrade = grade;
        lastAtMicros = answer.key().atMicros();
        lastLocalDay = answer.localDay();
        lastZone = answer.zone();
        schedule(rules);
        moveTo(answer.key());
    }

    /** Every kind of entry but an answer, which needs the settings in force. */
    void fold(Entry entry) {
        switch (entry) {
            case Reset ignored -> forget();
            case Reschedule moved -> {
                dueAtMicros = moved.dueAtMicros();
                dueMoved = true;
            }
            case Suspend ignored -> suspended = true;
            case Resume ignored -> suspended = false;
            case Undo ignored -> {
                // its answer is left out of the fold
            }
            case Answer answer -> throw new IllegalArgumentException("an answer needs settings: " + answer.key());
            case SettingsChanged change ->
                throw new IllegalArgumentException("settings belong to the timeline, not to a card: " + change.key());
        }
        moveTo(entry.key());
    }

    /** A change of settings that gives waiting cards a new due date; it leaves no trace on others. */
    void rescheduleUnder(Rules rules, EntryKey key) {
        if (waits(phase, suspended)) {
            schedule(rules);
            moveTo(key);
        }
    }

    void moveTo(EntryKey key) {
        foldedAtMicros = key.atMicros();
        foldedSource = key.source();
        foldedId = key.id();
    }

    static boolean waits(Phase phase, boolean suspended) {
        return phase != Phase.NEW && !suspended;
    }

    /** What the last answer of a card that has one would give under other rules. */
    static int daysUnder(CardState state, Rules rules) {
        return new FoldingCard(state).days(rules);
    }

    private static Phase phaseAfter(Phase phase, int grade) {
        if (grade != AGAIN) {
            return Phase.REVIEW;
        }
        return switch (phase) {
            case NEW, LEARNING -> Phase.LEARNING;
            case REVIEW, RELEARNING -> Phase.RELEARNING;
        };
    }

    /** The due date that follows from the last answer. */
    private void schedule(Rules rules) {
        LearnerSettings settings = rules.settings();
        scheduledDays = days(rules);
        if (lastGrade == AGAIN) {
            dueAtMicros = lastAtMicros + settings.againDelayMinutes() * MICROS_PER_MINUTE;
        } else {
            dueAtMicros = zoneOfLastAnswer().startMicros((long) lastLocalDay + scheduledDays, settings.rolloverHour());
        }
        dueMoved = false;
        scheduledBy = settings.scheduler();
        scheduledRetention = settings.desiredRetention();
    }

    /** Whole days from the last answer to the next, 0 after Again. */
    private int days(Rules rules) {
        if (lastGrade == AGAIN) {
            return 0;
        }
        LearnerSettings settings = rules.settings();
        int maximum = settings.maximumIntervalDays();
        return switch (settings.scheduler()) {
            case SM2 -> Math.min(sm2IntervalDays, maximum);
            case FSRS6 -> Fsrs6.wholeDays(stability, rules.intervalPerStability(), maximum);
        };
    }

    private LocalDays.Zone zoneOfLastAnswer() {
        LocalDays.Zone known = zone;
        if (known == null || !zoneName.equals(lastZone)) {
            known = LocalDays.zone(lastZone);
            zone = known;
            zoneName = lastZone;
        }
        return known;
    }

    private void forget() {
        phase = Phase.NEW;
        ease = Sm2Memory.NEW.ease();
        sm2IntervalDays = 0;
        repetitions = 0;
        stability = 0;
        difficulty = 0;
        answers = 0;
        lapses = 0;
        lastGrade = 0;
        lastAtMicros = 0;
        lastLocalDay = 0;
        lastZone = "";
        dueAtMicros = CardState.NOT_DUE;
        dueMoved = false;
        scheduledDays = 0;
        scheduledBy = null;
        scheduledRetention = 0;
        negativeGaps = 0;
    }
}
