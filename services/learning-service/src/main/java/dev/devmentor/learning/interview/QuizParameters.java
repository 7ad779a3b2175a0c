package dev.devmentor.learning.interview;

import dev.devmentor.learning.engine.interview.Gap;
import dev.devmentor.learning.quiz.GenerateRequest;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a quiz that fits an interview is made of; the form that {@code POST quiz/generate} takes. */
public record QuizParameters(
        @Schema(
                description = "those with the largest gaps that the job insists on first",
                examples = {"[\"kafka.partitions\", \"java.collections\"]"})
        List<String> skills,

        @Schema(
                description = "number of questions",
                examples = {"20"})
        int size,

        @Schema(
                description = "length of the quiz",
                examples = {"25"})
        int minutes) {
    static final int USUAL_MINUTES = 25;

    private static final int SECONDS_PER_QUESTION = 75;
    private static final int FEWEST = 5;
    private static final int MOST = 50;
    private static final int MOST_SKILLS = 50;

    /** What {@code quiz/generate} is asked for. */
    GenerateRequest toRequest(String title) {
        return new GenerateRequest(List.copyOf(skills), size, minutes, null, null, title, null, null, null);
    }

    static QuizParameters of(Interview interview, int minutes) {
        // What is open first, then what is least certain: a quiz is there to find out, too.
        List<String> skills = interview.planned().gaps().stream()
                .sorted(Comparator.comparing((Gap gap) -> !gap.open())
                        .thenComparing(Gap::need)
                        .thenComparing(Comparator.comparingDouble(
                                        (Gap gap) -> gap.weight() * (gap.size() + 1 - gap.confidence()))
                                .reversed())
                        .thenComparing(Gap::skill))
                .map(Gap::skill)
                .limit(MOST_SKILLS)
                .toList();
        return new QuizParameters(skills, Math.clamp(minutes * 60L / SECONDS_PER_QUESTION, FEWEST, MOST), minutes);
    }
}
