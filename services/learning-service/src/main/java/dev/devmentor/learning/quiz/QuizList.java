package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a learner's quizzes, newest first, and the ready-made ones.
 *
 * @param ready those that anybody can take, by {@code POST quiz/generate} with their id as {@code quiz}
 * @param total how many quizzes the learner has
 * @param next cursor of the next page; null on the last one
 */
@Schema(examples = """
        {"ready": [{"id": "backend-mastery", "title": "Backend Mastery",
          "description": "What a backend engineer is asked in interviews and at work.", "size": 25,
          "skills": ["java.equality", "sql.joins", "kafka.partitions"]}],
         "total": 1,
         "items": [{"id": "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11", "title": "Partitions and keys", "state": "open",
          "madeFrom": "bank", "createdAt": "2026-03-01T10:00:00Z", "expiresAt": "2026-03-08T10:00:00Z", "asked": 1,
          "answered": 0, "correct": 0}],
         "next": null}""")
public record QuizList(
        List<ReadyView> ready,
        long total,
        List<SummaryView> items,

        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    /**
     * A ready-made quiz.
     *
     * @param size how many questions it has unless another size is wanted
     */
    public record ReadyView(String id, String title, String description, int size, List<String> skills) {}

    /** A quiz of the learner's. */
    public record SummaryView(
            String id,
            String title,
            String state,
            String madeFrom,
            Instant createdAt,
            Instant expiresAt,
            int asked,
            int answered,
            int correct) {

        static SummaryView of(QuizTable.Summary summary, long nowMicros) {
            Quiz.State state = summary.answered() == summary.asked()
                    ? Quiz.State.DONE
                    : nowMicros >= summary.expiresMicros() ? Quiz.State.EXPIRED : Quiz.State.OPEN;
            return new SummaryView(
                    summary.id().toString(),
                    summary.title(),
                    state.wire(),
                    summary.madeFrom(),
                    Micros.toInstant(summary.createdMicros()),
                    Micros.toInstant(summary.expiresMicros()),
                    summary.asked(),
                    summary.answered(),
                    summary.correct());
        }
    }
}
