package dev.devmentor.learning.log;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    NOTE(10),
    /** Reschedules of a plan no longer count. */
    UNPLAN(11),
    DECK(12),
    WEIGHTS(13),
    /** A settings entry no longer moves due dates; its settings stay. */
    SETTINGS_UNDO(14),
    POINTS(20),
    /** What was learned of how the person learns. */
    HINT(21);

    private static final Map<Integer, EntryKind> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EntryKind::code, Function.identity()));

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The kind that is stored under a number. */
    public static EntryKind of(int code) {
        EntryKind kind = BY_CODE.get(code);
        if (kind == null) {
            throw new IllegalStateException("an entry of kind " + code + ", which this build does not know");
        }
        return kind;
    }

    /** Whether entries of this kind are folded into a card. */
    boolean concernsCard() {
        return switch (this) {
            case ANSWER, UNDO, RESET, RESCHEDULE, SUSPEND, RESUME, UNPLAN, DECK -> true;
            case SETTINGS, TASK_CREATED, TASK_COMPLETED, NOTE, WEIGHTS, SETTINGS_UNDO, POINTS, HINT -> false;
        };
    }

    /** Whether it is known on which day of the learner such an entry happened. */
    boolean hasLocalDay() {
        return this == ANSWER || this == TASK_COMPLETED || this == POINTS;
    }
}
