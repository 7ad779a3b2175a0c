package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Grading;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.engine.text.TextQuestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Grades an answer. The share that is right says whether it counts as correct (from {@link Grading#PASS} on) and its grade:
 * Good where everything is right, Hard where it passes with something missing, Again otherwise. Never Easy: how easy it was,
 * a quiz does not see.
 */
final class GradeQuestion {
    private static final int AGAIN = 1;
    private static final int HARD = 2;
    private static final int GOOD = 3;
    private static final double ALL = 1 - 1e-9;

    private GradeQuestion() {}

    static GradedAnswer grade(AskedQuestion asked, GivenAnswer given, int responseMs, long atMicros) {
        Grading.Graded graded = graded(asked.question(), given);
        return new GradedAnswer(
                asked.item(),
                given,
                graded.share(),
                graded.correct(),
                !graded.correct() ? AGAIN : graded.share() < ALL ? HARD : GOOD,
                graded.remarks(),
                graded.missing(),
                responseMs,
                atMicros,
                null,
                null);
    }

    private static Grading.Graded graded(Question question, GivenAnswer given) {
        if (given.skipped()) {
            List<String> missing =
                    question.rubric().stream().map(Question.RubricPoint::point).toList();
            return new Grading.Graded(0, List.of(), missing);
        }
        return switch (question.type()) {
            case SINGLE_CHOICE, MULTIPLE_CHOICE, SPOT_THE_BUG ->
                Grading.choice(question, new HashSet<>(given.chosen()));
            case ORDERING -> Grading.ordering(question, given.order());
            case FILL_IN -> Grading.fillIn(question, isCloze(question) ? asWritten(question, given) : given.blanks());
            case FREE_TEXT -> Grading.freeText(question, Objects.requireNonNullElse(given.text(), ""));
        };
    }

    /** Whether a fill-in asks for words of a text and not for code, so that case and quotation marks do not count. */
    static boolean isCloze(Question question) {
        return question.type() == QuestionType.FILL_IN && question.code() == null;
    }

    /** Whether what was typed into a blank is right. */
    static boolean fits(Question question, Question.Blank blank, String typed) {
        return isCloze(question) ? TextQuestions.accepts(blank.answers(), typed) : Grading.fits(blank, typed);
    }

    /** What is wrong about a usual mistake; null if it is none. */
    static @Nullable String whyWrong(Question.Blank blank, String typed) {
        return blank.wrong().stream()
                .filter(mistake -> mistake.text().replaceAll("\\s+", "").equals(typed.replaceAll("\\s+", "")))
                .map(Question.Mistake::why)
                .findFirst()
                .orElse(null);
    }

    /** Answers to a cloze, those that are right as the question writes them. */
    private static List<String> asWritten(Question question, GivenAnswer given) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < given.blanks().size(); i++) {
            String answer = given.blanks().get(i);
            List<String> right =
                    i < question.blanks().size() ? question.blanks().get(i).answers() : List.of();
            answers.add(!right.isEmpty() && TextQuestions.accepts(right, answer) ? right.getFirst() : answer);
        }
        return answers;
    }
}
