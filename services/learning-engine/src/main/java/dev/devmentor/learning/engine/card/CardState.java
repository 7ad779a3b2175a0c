package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import org.jspecify.annotations.Nullable;

/**
 * The state of a card after its log up to a position: everything needed to go on without the history. Two folds of the
 * same log are equal to the last bit, and so are their {@linkplain #checksum() checksums}.
 *
 * <p>A card carries the memory of every scheduler, so that a learner can change it without a replay. Times are
 * microseconds since 1970-01-01T00:00Z, local days are days since 1970-01-01.
 *
 * @param phase NEW if no answer counts
 * @param suspended put aside; due or not, it is not to be asked
 * @param sm2 what SM-2 knows; {@link Sm2Memory#NEW} if no answer counts
 * @param fsrs6 what FSRS-6 knows under the learner's newest weights; null if no answer counts
 * @param fsrs7 the same of FSRS-7
 * @param answers answers that count, since the last reset
 * @param lapses Again given in phase REVIEW, since the last reset
 * @param lastGrade 1 to 4; 0 if no answer counts
 * @param lastAtMicros time of the last answer; 0 if none counts
 * @param lastLocalDay local day of the last answer; 0 if none counts
 * @param lastZone zone of the last answer; empty if none counts
 * @param dueAtMicros when it is to be asked; {@link #NOT_DUE} if nothing decided that yet
 * @param dueMoved a reschedule entry set the due date, not an answer
 * @param scheduledDays days from the last answer to the due date it gave; 0 after Again and if no answer counts
 * @param deck name of the deck that it lies in; empty for none
 * @param scheduledBy the scheduler that gave the due date; null if no answer counts
 * @param scheduledRetention the wanted retention under which it did; 0 if no answer counts
 * @param negativeGaps answers whose local day lies before that of the answer before (zones, clocks), taken as the same
 *     day; since the last reset
 * @param openUndos undo entries whose answer has not come yet
 * @param foldedAtMicros time of the last entry folded; Long.MIN_VALUE if none was
 * @param foldedSource source of the last entry folded; empty if none was
 * @param foldedId id of the last entry folded; empty if none was
 */
public record CardState(
        Phase phase,
        boolean suspended,
        Sm2Memory sm2,
        @Nullable Fsrs6Memory fsrs6,
        @Nullable Fsrs7Memory fsrs7,
        int answers,
        int lapses,
        int lastGrade,
        long lastAtMicros,
        int lastLocalDay,
        String lastZone,
        long dueAtMicros,
        boolean dueMoved,
        int scheduledDays,
        String deck,
        @Nullable Scheduler scheduledBy,
        double scheduledRetention,
        int negativeGaps,
        int openUndos,
        long foldedAtMicros,
        String foldedSource,
        String foldedId) {

    /** The due time of a card that nothing made due: after every other. */
    public static final long NOT_DUE = Long.MAX_VALUE;

    /** A card with an empty log. */
    public static final CardState NEW = new CardState(
            Phase.NEW,
            false,
            Sm2Memory.NEW,
            null,
            null,
            0,
            0,
            0,
            0,
            0,
            "",
            NOT_DUE,
            false,
            0,
            "",
            null,
            0,
            0,
            0,
            Long.MIN_VALUE,
            "",
            "");

    private static final double STABILITY_RETENTION = 0.9;
    private static final double MICROS_PER_DAY = 86_400e6;

    /** The same with another due time, or put aside; this very state if neither differs. */
    public CardState with(long newDueAtMicros, boolean newSuspended) {
        if (newDueAtMicros == dueAtMicros && newSuspended == suspended) {
            return this;
        }
        return new CardState(
                phase,
                newSuspended,
                sm2,
                fsrs6,
                fsrs7,
                answers,
                lapses,
                lastGrade,
                lastAtMicros,
                lastLocalDay,
                lastZone,
                newDueAtMicros,
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

    /** Whether an answer counts. */
    public boolean isReviewed() {
        return phase != Phase.NEW;
    }

    /** Whether the card is to be asked at a time: due, and not suspended. */
    public boolean isDue(long nowMicros) {
        return !suspended && dueAtMicros <= nowMicros;
    }

    /**
     * The probability of recall at an instant, with fractions of days since the last answer: by FSRS-6 where that decides
     * the intervals, else by FSRS-7 (SM-2 has no such thing).
     *
     * @param models with the learner's newest weights, under which the memories are
     * @return 0 to 1; 1, or all but, before the last answer; NaN if no answer counts
     */
    public double retrievability(Models models, long nowMicros) {
        if (fsrs6 == null || fsrs7 == null) {
            return Double.NaN;
        }
        double elapsed = elapsedDays(nowMicros);
        return scheduledBy == Scheduler.FSRS6
                ? models.fsrs6().retrievability(fsrs6.stability(), elapsed)
                : models.fsrs7().retrievability(fsrs7, elapsed);
    }

    /**
     * Days after the last answer at which recall has fallen to 90 %, by the model that {@link #retrievability} asks.
     *
     * @return above 0; NaN if no answer counts
     */
    public double stability(Models models) {
        if (fsrs6 == null || fsrs7 == null) {
            return Double.NaN;
        }
        return scheduledBy == Scheduler.FSRS6
                ? fsrs6.stability()
                : models.fsrs7().nextInterval(fsrs7, STABILITY_RETENTION);
    }

    /** How hard the card is, 1 to 10, by that model; NaN if no answer counts. */
    public double difficulty() {
        if (fsrs6 == null || fsrs7 == null) {
            return Double.NaN;
        }
        return scheduledBy == Scheduler.FSRS6 ? fsrs6.difficulty() : fsrs7.difficulty();
    }

    /** Days since the last answer with their fraction, not below 0; 0 if no answer counts. */
    public double elapsedDays(long nowMicros) {
        return isReviewed() ? Math.max(0, ((double) nowMicros - lastAtMicros) / MICROS_PER_DAY) : 0;
    }

    /** Whether the entry of this key comes after everything folded so far. */
    public boolean isBefore(EntryKey key) {
        return EntryKey.compare(foldedAtMicros, foldedSource, foldedId, key.atMicros(), key.source(), key.id()) < 0;
    }

    /**
     * 64 bits over the raw bits of every component. Equal states have equal checksums, on every machine and in every
     * release in which this record has the same components.
     */
    public long checksum() {
        long hash = 0x6a09e667f3bcc909L;
        hash = mix(hash, (suspended ? 1 : 0) | (dueMoved ? 2 : 0));
        hash = mix(hash, phase.name());
        hash = mix(hash, Double.doubleToRawLongBits(sm2.ease()));
        hash = mix(hash, sm2.intervalDays(), sm2.repetitions());
        hash = mix(hash, fsrs6 == null ? -1 : Double.doubleToRawLongBits(fsrs6.stability()));
        hash = mix(hash, fsrs6 == null ? -1 : Double.doubleToRawLongBits(fsrs6.difficulty()));
        hash = mix(hash, fsrs7 == null ? -1 : Double.doubleToRawLongBits(fsrs7.stability()));
        hash = mix(hash, fsrs7 == null ? -1 : Double.doubleToRawLongBits(fsrs7.fastStability()));
        hash = mix(hash, fsrs7 == null ? -1 : Double.doubleToRawLongBits(fsrs7.difficulty()));
        hash = mix(hash, answers, lapses);
        hash = mix(hash, lastGrade, lastLocalDay);
        hash = mix(hash, lastAtMicros);
        hash = mix(hash, lastZone);
        hash = mix(hash, dueAtMicros);
        hash = mix(hash, scheduledDays);
        hash = mix(hash, deck);
        hash = mix(hash, scheduledBy == null ? "" : scheduledBy.wireName());
        hash = mix(hash, Double.doubleToRawLongBits(scheduledRetention));
        hash = mix(hash, negativeGaps, openUndos);
        hash = mix(hash, foldedAtMicros);
        hash = mix(hash, foldedSource);
        return mix(hash, foldedId);
    }

    private static long mix(long hash, String text) {
        long result = mix(hash, text.length());
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(result, 0);
    }

    private static long mix(long hash, int upper, int lower) {
        return mix(hash, ((long) upper << 32) | (lower & 0xffffffffL));
    }

    /** The finaliser of splitmix64 over the hash so far and one more word. */
    private static long mix(long hash, long word) {
        long z = (hash ^ word) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
