package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.Skill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a quiz goes: what every answer got so far, and what that says of each skill.
 *
 * @param repeated whether everything sent was graded before
 * @param points sum of what the answers got, each 0 to 1
 * @param open ids of questions that wait for an answer
 */
@Schema(examples = QuizResource.RESULT)
public record QuizResult(
        String quizId,
        String title,
        String state,
        boolean repeated,
        int asked,
        int answered,
        int correct,
        double points,
        List<SkillView> skills,
        List<AnswerView> answers,
        List<String> open) {

    /**
     * What the quiz says of a skill.
     *
     * @param name absent for a skill that is none of the bank
     * @param answered how many of its questions were answered
     * @param points sum of what they got, each 0 to 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SkillView(String skill, @Nullable String name, int answered, int correct, double points) {}

    private static final class Sum {
        private int answered;
        private int correct;
        private double points;
    }

    static QuizResult of(Quiz quiz, boolean repeated, QuestionBank bank, long nowMicros) {
        Map<String, Sum> sums = new TreeMap<>();
        List<AnswerView> answers = new ArrayList<>();
        List<String> open = new ArrayList<>();
        double points = 0;
        int correct = 0;
        for (AskedQuestion asked : quiz.questions()) {
            GradedAnswer answer = quiz.answers().get(asked.item());
            if (answer == null) {
                open.add(asked.item());
                continue;
            }
            answers.add(AnswerView.of(asked, answer));
            points += answer.share();
            correct += answer.correct() ? 1 : 0;
            for (String skill : asked.question().skills()) {
                Sum sum = sums.computeIfAbsent(skill, _ -> new Sum());
                sum.answered++;
                sum.correct += answer.correct() ? 1 : 0;
                sum.points += answer.share();
            }
        }
        return new QuizResult(
                quiz.id().toString(),
                quiz.title(),
                quiz.state(nowMicros).wire(),
                repeated,
                quiz.questions().size(),
                answers.size(),
                correct,
                points,
                sums.entrySet().stream()
                        .map(sum -> skill(sum.getKey(), sum.getValue(), bank))
                        .toList(),
                answers,
                open);
    }

    private static SkillView skill(String id, Sum sum, QuestionBank bank) {
        Skill skill = bank.skill(id);
        return new SkillView(id, skill == null ? null : skill.name(), sum.answered, sum.correct, sum.points);
    }
}
