package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.card.EntryKey;
import java.util.List;

/** One line of a person's log. The state of a person is a fold over these, in the order of their keys. */
public sealed interface PersonEntry {

    /** The place in the fold order. */
    EntryKey key();

    /**
     * A question was answered.
     *
     * @param timely whether the log received it soon enough to count for points, and as evidence about the item
     */
    record Answer(EntryKey key, Answered answered, boolean timely) implements PersonEntry {}

    /** The answer of this id no longer counts, wherever in the order it stands. Nothing happens if there is none. */
    record Undo(EntryKey key, String answerId) implements PersonEntry {}

    /**
     * A task was completed.
     *
     * @param localDay the learner's day number, as computed when the event came in
     * @param skills that the task needed
     * @param timely whether the log received it soon enough to count for points
     */
    record TaskCompleted(EntryKey key, String taskId, int localDay, List<String> skills, boolean timely)
            implements PersonEntry {

        /** Keeps a copy. */
        public TaskCompleted {
            skills = List.copyOf(skills);
        }
    }

    /**
     * Another service granted points.
     *
     * @param amount above 0
     */
    record PointsGranted(EntryKey key, int localDay, int amount) implements PersonEntry {}

    /** Something that says nothing of the person; it only stands in the order. */
    record Other(EntryKey key) implements PersonEntry {}
}
