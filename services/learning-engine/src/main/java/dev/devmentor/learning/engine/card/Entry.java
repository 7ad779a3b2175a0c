package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import java.util.List;

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
     * @param skills what the item exercises; empty if the answer does not say
     * @param chosenDays the interval that was chosen for its load when the answer came in, in whole days; 0 if none was.
     *     It counts as long as it lies where fuzz may put the card
     */
    record Answer(
            EntryKey key,
            String answerId,
            int localDay,
            String zone,
            Grade grade,
            int responseTimeMs,
            List<String> skills,
            int chosenDays)
            implements Entry {

        /** No local day is further from 1970 than this: so far reach microseconds in a long, with room for an interval. */
        public static final int FURTHEST_LOCAL_DAY = 100_000_000;

        /** An answer that names no skills, whose day nobody chose. */
        public Answer(EntryKey key, String answerId, int localDay, String zone, Grade grade, int responseTimeMs) {
            this(key, answerId, localDay, zone, grade, responseTimeMs, List.of(), 0);
        }

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
     * @param plan id of the plan that it is a part of; empty if it stands alone
     */
    record Reschedule(EntryKey key, long dueAtMicros, String plan) implements Entry {

        /** One that stands alone. */
        public Reschedule(EntryKey key, long dueAtMicros) {
            this(key, dueAtMicros, "");
        }
    }

    /** Reschedules of the plan of this id no longer count, wherever in the order they stand. */
    record Unplan(EntryKey key, String plan) implements Entry {}

    /**
     * The card lies in a deck from here on. It stays there when the card is reset.
     *
     * @param deck its name; empty for none
     */
    record Deck(EntryKey key, String deck) implements Entry {}

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
    record SettingsChanged(EntryKey key, LearnerSettings settings, boolean reschedule) implements Timeline {}

    /**
     * The learner's weights were fitted anew. Every memory is what all answers amount to under the newest weights; a due
     * date stays the one that the weights in force at its answer gave.
     *
     * @param models those that hold from here on; versions rise
     */
    record WeightsChanged(EntryKey key, Models models) implements Timeline {}

    /** What holds for all cards of a learner from its key on. */
    sealed interface Timeline extends Entry {}
}
