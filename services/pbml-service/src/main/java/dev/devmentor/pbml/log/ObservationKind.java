package dev.devmentor.pbml.log;

/** What an entry of the log says. From {@link #RENAME} on it is what people do with patterns. */
public enum ObservationKind {
    /** A task came into being. */
    TASK_CREATED(1),
    /** A task was finished. */
    TASK_COMPLETED(2),
    /** A question was answered. */
    ANSWER(3),
    /** A memory was stored, changed or deleted. */
    MEMORY(4),
    /** Code of a repository changed. */
    CODE(5),
    /** An error was seen, or did not come again. */
    ERROR(6),
    /** A pattern got a name. */
    RENAME(10),
    /** Patterns were said to be one. */
    MERGE(11),
    /** A pattern was said to be several. */
    SPLIT(12),
    /** A pattern was put away. */
    RETIRE(13),
    /** A pattern that was put away came back. */
    REVIVE(14),
    /** Somebody said whether a pattern is of use. */
    FEEDBACK(15),
    /** Settings of the owner changed. */
    SETTINGS(16),
    /** A context was saved. */
    CONTEXT_SAVED(17),
    /** A context was taken up again. */
    CONTEXT_RESTORED(18);

    private static final int FIRST_CONTROL = 10;
    private static final ObservationKind[] BY_CODE = new ObservationKind[19];

    static {
        for (ObservationKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    ObservationKind(int code) {
        this.code = code;
    }

    /** What the table has for it. */
    public int code() {
        return code;
    }

    /** Whether it is what people do with patterns, and not what patterns are made of. */
    public boolean isControl() {
        return code >= FIRST_CONTROL;
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ObservationKind of(int code) {
        ObservationKind kind = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
        if (kind == null) {
            throw new IllegalArgumentException("no kind of observation: " + code);
        }
        return kind;
    }
}
