package dev.devmentor.learning.log;

/** Kinds of entries in the review log, with the numbers under which they are stored. */
public enum EntryKind {
    ANSWER(1),
    UNDO(2),
    RESET(3),
    RESCHEDULE(4),
    SUSPEND(5),
    RESUME(6),
    SETTINGS(7),
    TASK_CREATED(8),
    TASK_COMPLETED(9),
    NOTE(10);

    private static final EntryKind[] ALL = values();

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static EntryKind of(int code) {
        return ALL[code - 1];
    }

    /** Whether entries of this kind are folded into a card. */
    boolean concernsCard() {
        return switch (this) {
            case ANSWER, UNDO, RESET, RESCHEDULE, SUSPEND, RESUME -> true;
            case SETTINGS, TASK_CREATED, TASK_COMPLETED, NOTE -> false;
        };
    }
}
