package dev.devmentor.events;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learner answered a question. {@code (learner, answerId)} is the answer's identity. Two records are equal when the
 * events say the same, however they were formatted.
 *
 * @param answerId 1 to 128 characters
 * @param learner opaque, 1 to 64 characters
 * @param item what was asked, 1 to 256 characters
 * @param answeredAt cut to microseconds
 * @param grade 1 Again, 2 Hard, 3 Good, 4 Easy; 1 exactly when the answer is not correct
 * @param skills at most 32 different ones; empty where the event names none
 * @param quiz the quiz that the question belonged to
 * @param zone where the learner was
 * @param responseTimeMs milliseconds, at most a day
 * @param difficulty 0 (easiest) to 1, as the asker estimates it
 * @param source what gave the question, such as {@code quiz}, {@code flashcard} or {@code import}
 * @param strategy why the question was asked: the name of the strategy that chose it, 1 to 32 characters
 * @param extra fields that the schema does not name, as one JSON object in canonical form (members sorted, no
 *     whitespace, shortest numbers), or null
 */
public record QuizAnswered(
        String answerId,
        String learner,
        String item,
        Instant answeredAt,
        boolean correct,
        @Nullable Integer grade,
        List<String> skills,
        @Nullable String quiz,
        @Nullable ZoneId zone,
        @Nullable Integer responseTimeMs,
        @Nullable Bloom bloom,
        @Nullable Double difficulty,
        @Nullable String source,
        @Nullable String strategy,
        @Nullable String extra) {

    public QuizAnswered {
        answeredAt = Values.micros(answeredAt);
        skills = List.copyOf(skills);
        difficulty = Values.plain(difficulty);
    }

    /** An answer to a question of which nobody says why it was asked. */
    public QuizAnswered(
            String answerId,
            String learner,
            String item,
            Instant answeredAt,
            boolean correct,
            @Nullable Integer grade,
            List<String> skills,
            @Nullable String quiz,
            @Nullable ZoneId zone,
            @Nullable Integer responseTimeMs,
            @Nullable Bloom bloom,
            @Nullable Double difficulty,
            @Nullable String source,
            @Nullable String extra) {
        this(
                answerId,
                learner,
                item,
                answeredAt,
                correct,
                grade,
                skills,
                quiz,
                zone,
                responseTimeMs,
                bloom,
                difficulty,
                source,
                null,
                extra);
    }

    /** An answer with only what is required. */
    public static QuizAnswered of(String answerId, String learner, String item, Instant answeredAt, boolean correct) {
        return new QuizAnswered(
                answerId,
                learner,
                item,
                answeredAt,
                correct,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The grade, or what stands for it where the event has none: Good for a correct answer, Again for a wrong one. */
    public int effectiveGrade() {
        return grade != null ? grade : correct ? 3 : 1;
    }
}
