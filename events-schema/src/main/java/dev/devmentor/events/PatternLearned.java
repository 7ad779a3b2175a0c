package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern was found, or what is known of it changed.
 *
 * @param patternId 1 to 64 characters
 * @param scopeId the learner or the team; null exactly when the scope is everyone
 * @param version 1 for a new pattern, rising with each change
 * @param title one line that names it
 * @param confidence 0 to 1: the lower bound of the posterior probability that it holds
 * @param support how many observations it rests on
 * @param skills at most 32 different ones; empty where the event names none
 * @param items what it is about, such as the two items that a person confuses; at most 32
 * @param hours local hours of the day at which a person learns well, 0 to 23, each once
 * @param sessionMinutes how long a session stays good, at most a day
 * @param evidence some of the events that it was learned from, at most 10
 * @param extra see {@link QuizAnswered#extra()}
 */
public record PatternLearned(
        String patternId,
        PatternKind kind,
        PatternScope scope,
        @Nullable String scopeId,
        PatternState state,
        int version,
        String title,
        double confidence,
        int support,
        Instant learnedAt,
        List<String> skills,
        List<String> items,
        List<Integer> hours,
        @Nullable Integer sessionMinutes,
        List<EventReference> evidence,
        @Nullable String extra) {

    public PatternLearned {
        confidence = Values.plain(confidence);
        learnedAt = Values.micros(learnedAt);
        skills = List.copyOf(skills);
        items = List.copyOf(items);
        hours = List.copyOf(hours);
        evidence = List.copyOf(evidence);
    }
}
