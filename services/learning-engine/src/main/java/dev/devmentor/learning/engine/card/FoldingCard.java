package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.CardFold.Rules;
import dev.devmentor.learning.engine.card.CardFold.Subject;
import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Deck;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Timeline;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.plan.Fuzz;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A card while it is folded: {@link CardState} in plain fields, so that an answer allocates nothing. */
final class FoldingCard {

    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final double MICROS_PER_DAY = 86_400e6;
    private static final double SHORTEST_INTERVAL = 1e-4; // days
    private static final int AGAIN = 1;
    private static final Memory[] NONE = {};

    private Phase phase;
    private boolean suspended;
    private double ease;
    private int sm2IntervalDays;
    private int repetitions;
    private final Memory memory; // under the learner's newest weights
    private Memory[] olderMemories = NONE; // under weights that decided a due date which still holds
    private int answers;
    private int lapses;
    private int lastGrade;
    private long lastAtMicros;
    private int lastLocalDay;
    private String lastZone;
    private long dueAtMicros;
    private boolean dueMoved;
    private int scheduledDays;
    private String deck;
    private @Nullable Scheduler scheduledBy;
    private double scheduledRetention;
    private int negativeGaps;
    int openUndos;
    private long foldedAtMicros;
    private String foldedSource;
    private String foldedId;

    private final String item;
    private List<String> skills; // of the newest answer that named any, whether it counts or not

    /** Rules under which the last answer's due date is still to be computed; null if it is. */
    private @Nullable Rules unsettled;

    private int unsettledChosenDays;

    private String zoneName = "";
    private LocalDays.@Nullable Zone zone; // of zoneName

    /** What one learner's weights make of the answers. */
    private static final class Memory {
        private final Models models;
        private double stability; // FSRS-6; 0 if no answer counts, as the difficulty
        private double difficulty;
        private @Nullable Fsrs7Memory fsrs7;

        Memory(Models models) {
            this.models = models;
        }

        void answered(Grade grade, boolean first, int elapsedDays, double elapsed) {
            int value = grade.value();
            Fsrs6 fsrs6 = models.fsrs6();
            if (first) {
                stability = fsrs6.firstStability(value);
                difficulty = fsrs6.firstDifficulty(value);
                fsrs7 = models.fsrs7().next(null, grade, 0);
            } else {
                stability = fsrs6.nextStability(stability, difficulty, value, elapsedDays);
                difficulty = fsrs6.nextDifficulty(difficulty, value);
                fsrs7 = models.fsrs7().next(fsrs7, grade, elapsed);
            }
        }

        void forget() {
            stability = 0;
            difficulty = 0;
            fsrs7 = null;
        }
    }

    /**
     * @param models under which the memories of the state are
     * @param subject the card's name, and its skills at the state
     */
    FoldingCard(CardState state, Models models, Subject subject) {
        item = subject.item();
        skills = subject.skills();
        memory = new Memory(models);
        phase = state.phase();
        suspended = state.suspended();
        ease = state.sm2().ease();
        sm2IntervalDays = state.sm2().intervalDays();
        repetitions = state.sm2().repetitions();
        Fsrs6Memory fsrs6 = state.fsrs6();
        if (fsrs6 != null) {
            memory.stability = fsrs6.stability();
            memory.difficulty = fsrs6.difficulty();
        }
        memory.fsrs7 = state.fsrs7();
        answers = state.answers();
        lapses = state.lapses();
        lastGrade = state.lastGrade();
        lastAtMicros = state.lastAtMicros();
        lastLocalDay = state.lastLocalDay();
        lastZone = state.lastZone();
        dueAtMicros = state.dueAtMicros();
        dueMoved = state.dueMoved();
        scheduledDays = state.scheduledDays();
        deck = state.deck();
        scheduledBy = state.scheduledBy();
        scheduledRetention = state.scheduledRetention();
        negativeGaps = state.negativeGaps();
        openUndos = state.openUndos();
        foldedAtMicros = state.foldedAtMicros();
        foldedSource = state.foldedSource();
        foldedId = state.foldedId();
    }

    CardState toState() {
        settle();
        return new CardState(
                phase,
                suspended,
                new Sm2Memory(ease, sm2IntervalDays, repetitions),
                phase == Phase.NEW ? null : new Fsrs6Memory(memory.stability, memory.difficulty),
                memory.fsrs7,
                answers,
                lapses,
                lastGrade,
                lastAtMicros,
                lastLocalDay,
                lastZone,
                dueAtMicros,
                dueMoved,
                scheduledDays,
                deck,
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
        boolean first = phase == Phase.NEW;
        int elapsedDays = 0;
        double elapsed = 0;
        if (!first) {
            elapsedDays = answer.localDay() - lastLocalDay;
            if (elapsedDays < 0) {
                elapsedDays = 0;
                negativeGaps++;
            }
            elapsed = Math.max(0, ((double) answer.key().atMicros() - lastAtMicros) / MICROS_PER_DAY);
        }
        memory.answered(answer.grade(), first, elapsedDays, elapsed);
        for (Memory older : olderMemories) {
            older.answered(answer.grade(), first, elapsedDays, elapsed);
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
        unsettled = null;
        name(answer);
        unsettled = rules;
        unsettledChosenDays = answer.chosenDays();
        moveTo(answer.key());
    }

    /**
     * Computes the due date that follows from the last answer. A replay asks for it only where it is not overwritten by the next
     * answer: solving FSRS-7 for an interval costs more than its memory. To be called before anything changes that it rests on.
     */
    private void settle() {
        Rules rules = unsettled;
        if (rules != null) {
            unsettled = null;
            schedule(rules, unsettledChosenDays);
        }
    }

    /** Every kind of entry but an answer, which needs the settings in force. */
    void fold(Entry entry) {
        settle();
        switch (entry) {
            case Reset ignored -> forget();
            case Reschedule moved -> {
                dueAtMicros = moved.dueAtMicros();
                dueMoved = true;
            }
            case Deck moved -> deck = moved.deck();
            case Suspend ignored -> suspended = true;
            case Resume ignored -> suspended = false;
            case Undo ignored -> {
                // its answer is left out of the fold
            }
            case Unplan ignored -> {
                // the reschedules of its plan are left out of the fold
            }
            case Answer answer -> throw new IllegalArgumentException("an answer needs settings: " + answer.key());
            case Timeline change ->
                throw new IllegalArgumentException("it belongs to the timeline, not to a card: " + change.key());
        }
        moveTo(entry.key());
    }

    /** A change of settings that gives waiting cards a new due date; it leaves no trace on others. */
    void rescheduleUnder(Rules rules, EntryKey key) {
        settle();
        if (waits(phase, suspended)) {
            schedule(rules, 0);
            moveTo(key);
        }
    }

    /** Follows older weights too, as long as a due date may be theirs; before the first entry. */
    void remember(List<Models> older) {
        olderMemories = older.stream().map(Memory::new).toArray(Memory[]::new);
    }

    /** An answer names skills even if it was taken back. */
    void name(Answer answer) {
        if (!answer.skills().isEmpty()) {
            settle();
            skills = answer.skills();
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
    static int daysUnder(CardState state, Rules rules, Subject subject) {
        return new FoldingCard(state, rules.models(), subject).days(rules, 0);
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
    private void schedule(Rules rules, int chosenDays) {
        LearnerSettings settings = rules.settings();
        scheduledDays = days(rules, chosenDays);
        if (lastGrade == AGAIN) {
            dueAtMicros = lastAtMicros + settings.againDelayMinutes() * MICROS_PER_MINUTE;
        } else {
            dueAtMicros = zoneOfLastAnswer().startMicros((long) lastLocalDay + scheduledDays, settings.rolloverHour());
        }
        dueMoved = false;
        scheduledBy = settings.schedulerOf(deck);
        scheduledRetention = settings.retentionOf(deck, skills);
    }

    /** Whole days from the last answer to the next, 0 after Again. */
    private int days(Rules rules, int chosenDays) {
        if (lastGrade == AGAIN) {
            return 0;
        }
        LearnerSettings settings = rules.settings();
        int maximum = settings.maximumIntervalDays();
        double interval = interval(rules);
        if (chosenDays > 0 && Fuzz.range(interval, maximum).contains(chosenDays)) {
            return chosenDays;
        }
        return settings.fuzz()
                ? Fuzz.days(item, answers, interval, maximum)
                : (int) Math.max(1, Math.min(maximum, Math.floor(interval + 0.5)));
    }

    /** What the model wants to wait after the last answer; 0 after Again. */
    double wantedDays(Rules rules) {
        return lastGrade == AGAIN ? 0 : interval(rules);
    }

    /** What the model wants to wait, in days, neither rounded nor limited. */
    private double interval(Rules rules) {
        LearnerSettings settings = rules.settings();
        Memory decides = memoryUnder(rules.models());
        double retention = settings.retentionOf(deck, skills);
        return switch (settings.schedulerOf(deck)) {
            case SM2 -> sm2IntervalDays;
            case FSRS6 ->
                decides.stability
                        * (retention == settings.desiredRetention()
                                ? rules.intervalPerStability()
                                : rules.models().fsrs6().intervalPerStability(retention));
            case FSRS7 -> {
                Fsrs7Memory fsrs7 = Objects.requireNonNull(decides.fsrs7);
                yield Math.max(SHORTEST_INTERVAL, rules.models().fsrs7().nextInterval(fsrs7, retention));
            }
        };
    }

    /** Where older weights are not followed, what they decide is overwritten later on, or nothing. */
    private Memory memoryUnder(Models models) {
        if (models != memory.models) {
            for (Memory older : olderMemories) {
                if (older.models == models) {
                    return older;
                }
            }
        }
        return memory;
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
        memory.forget();
        for (Memory older : olderMemories) {
            older.forget();
        }
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
