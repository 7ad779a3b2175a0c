package dev.devmentor.learning.hint;

import dev.devmentor.events.EventReference;
import dev.devmentor.events.PatternKind;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternScope;
import dev.devmentor.events.PatternState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns as whoever learns them sends them. */
final class Patterns {
    static final Instant LEARNED = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<EventReference> EVIDENCE =
            List.of(new EventReference("https://producer.example/test", "e-1"));

    private Patterns() {}

    static PatternLearned confusion(String learner, String id, String one, String two) {
        return of(learner, id, 1, PatternKind.CONFUSION, List.of(), List.of(one, two), List.of(), null);
    }

    static PatternLearned mistake(String learner, String id, String one, String two) {
        return of(learner, id, 1, PatternKind.MISTAKE, List.of(), List.of(one, two), List.of(), null);
    }

    static PatternLearned mistakeOfSkills(String learner, String id, String one, String two) {
        return of(learner, id, 1, PatternKind.MISTAKE, List.of(one, two), List.of(), List.of(), null);
    }

    static PatternLearned hours(String learner, String id, Integer... hours) {
        return of(learner, id, 1, PatternKind.RHYTHM, List.of(), List.of(), List.of(hours), null);
    }

    static PatternLearned length(String learner, String id, int minutes) {
        return of(learner, id, 1, PatternKind.RHYTHM, List.of(), List.of(), List.of(), minutes);
    }

    private static PatternLearned of(
            String learner,
            String id,
            int version,
            PatternKind kind,
            List<String> skills,
            List<String> items,
            List<Integer> hours,
            @Nullable Integer minutes) {
        return new PatternLearned(
                id,
                kind,
                PatternScope.PERSON,
                learner,
                PatternState.ACTIVE,
                version,
                "Title of " + id,
                0.97,
                31,
                LEARNED,
                skills,
                items,
                hours,
                minutes,
                EVIDENCE,
                null);
    }

    /** The same in another version, a second later each. */
    static PatternLearned version(PatternLearned pattern, int version, PatternState state, double confidence) {
        return new PatternLearned(
                pattern.patternId(),
                pattern.kind(),
                pattern.scope(),
                pattern.scopeId(),
                state,
                version,
                "Version " + version,
                confidence,
                pattern.support(),
                LEARNED.plusSeconds(version - 1),
                pattern.skills(),
                pattern.items(),
                pattern.hours(),
                pattern.sessionMinutes(),
                pattern.evidence(),
                pattern.extra());
    }

    /** The same for another scope. */
    static PatternLearned scoped(PatternLearned pattern, PatternKind kind, PatternScope scope, @Nullable String id) {
        return new PatternLearned(
                pattern.patternId(),
                kind,
                scope,
                id,
                pattern.state(),
                pattern.version(),
                pattern.title(),
                pattern.confidence(),
                pattern.support(),
                pattern.learnedAt(),
                pattern.skills(),
                pattern.items(),
                pattern.hours(),
                pattern.sessionMinutes(),
                pattern.evidence(),
                pattern.extra());
    }
}
