package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Grade;

/** One line of a card's log. The state of a card is a fold over these, in the order of their keys. */
public sealed interface Entry {

    /** The place in the fold order. */
    EntryKey key();

    /**
     * The card was answered.
     *
     * @param answerId the identity of the answer; unique within a learner, which the caller sees to
     * @param localDay the learner's day number (days since 1970-01-01) at the answer, as computed when it came in: see
     *     {@link LocalDays#localDay}
     * @param zone the learner's zone at the answer, a region of the time zone database or an offset
     * @param responseTimeMs milliseconds from question to answer; -1 if not known
     */
    record Answer(EntryKey key, String answerId, int localDay, String zone, Grade grade, int responseTimeMs)
            implements Entry {

        /** No local day is further from 1970 than this: so far reach microseconds in a long, with room for an interval. */
        public static final int FURTHEST_LOCAL_DAY = 100_000_000;

        /**
         * Checks the local day.
         *
         * @throws IllegalArgumentException if it is more than 100 million days from 1970
         */
        public Answer {
            if (localDay < -FURTHEST_LOCAL_DAY || localDay > FURTHEST_LOCAL_DAY) {
                throw new IllegalArgumentException("local day out of range: " + localDay);
            }
        }
    }

    /** The answer of this id no longer counts, wherever in the order it stands. Nothing happens if there is none. */
    record Undo(EntryKey key, String answerId) implements Entry {}

    /** The card is new again: memory, counters and due date are forgotten. A suspended card stays suspended. */
    record Reset(EntryKey key) implements Entry {}

    /**
     * The due date moves, the memory stays. The next answer decides anew.
     *
     * @param dueAtMicros microseconds since 1970-01-01T00:00Z
     */
    record Reschedule(EntryKey key, long dueAtMicros) implements Entry {}

    /** The card is put aside. An answer that comes all the same counts, and the card stays aside. */
    record Suspend(EntryKey key) implements Entry {}

    /** The card is no longer put aside; its due date is the one it had. */
    record Resume(EntryKey key) implements Entry {}

    /**
     * The learner chose settings. They hold for every card of the learner from here on.
     *
     * @param reschedule whether cards that are waiting get a new due date from their last answer; otherwise due dates
     *     stay and only later answers use the new settings
     */
    record SettingsChanged(EntryKey key, LearnerSettings settings, boolean reschedule) implements Entry {}
}
