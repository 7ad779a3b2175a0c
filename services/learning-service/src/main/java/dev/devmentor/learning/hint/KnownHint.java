package dev.devmentor.learning.hint;

import dev.devmentor.events.PatternKind;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternState;
import dev.devmentor.learning.engine.hint.Hint;

/** A hint in its newest version, with all that was said of it. */
record KnownHint(PatternLearned pattern) {
    /** Whether patterns of this kind are hints. */
    static boolean isHint(PatternKind kind) {
        return kind == PatternKind.MISTAKE || kind == PatternKind.CONFUSION || kind == PatternKind.RHYTHM;
    }

    /** What the engine looks at. */
    Hint hint() {
        Integer minutes = pattern.sessionMinutes();
        return new Hint(
                pattern.patternId(),
                kind(pattern.kind()),
                state(pattern.state()),
                pattern.confidence(),
                pattern.items(),
                pattern.skills(),
                pattern.hours(),
                minutes == null ? 0 : minutes);
    }

    private static Hint.Kind kind(PatternKind kind) {
        return switch (kind) {
            case MISTAKE -> Hint.Kind.MISTAKE;
            case CONFUSION -> Hint.Kind.CONFUSION;
            case RHYTHM -> Hint.Kind.RHYTHM;
            case TEMPLATE, ERROR, SEQUENCE, RELATED_FILES ->
                throw new IllegalStateException("a pattern of kind " + kind + " is no hint");
        };
    }

    private static Hint.State state(PatternState state) {
        return switch (state) {
            case CANDIDATE -> Hint.State.CANDIDATE;
            case ACTIVE -> Hint.State.ACTIVE;
            case STALE -> Hint.State.STALE;
            case RETIRED -> Hint.State.RETIRED;
        };
    }
}
