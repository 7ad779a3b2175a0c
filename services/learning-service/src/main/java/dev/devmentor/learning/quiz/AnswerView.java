package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, what it got, and the solution.
 *
 * @param share how much of it is right, 0 to 1
 * @param correct whether it counts as correct: from three quarters on
 * @param grade under which the card is scheduled: 1 again, 2 hard, 3 good
 * @param options of a choice: each with whether it was chosen, whether it is right, and why
 * @param items of an ordering: in the right order, each with why it stands there
 * @param blanks of a fill-in
 * @param points of a free text: the points of the rubric
 * @param model of a free text: an answer that makes every point
 * @param remarks what to say about this answer
 * @param explanation what to remember, Markdown
 * @param dueAt when the question comes up again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerView(
        String questionId,
        double share,
        boolean correct,
        int grade,
        boolean skipped,
        @Nullable List<OptionView> options,
        @Nullable List<ItemView> items,
        @Nullable List<BlankView> blanks,
        @Nullable List<PointView> points,
        @Nullable String text,
        @Nullable String model,
        List<String> remarks,
        String explanation,
        SourceView source,
        @Nullable Instant dueAt,
        @Nullable Integer intervalDays) {

    /** An option of a choice. */
    public record OptionView(String id, String text, boolean chosen, boolean correct, String why) {}

    /**
     * An item of an ordering.
     *
     * @param given at which place the answer had it, from 1; null if the question was skipped
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemView(String id, String text, @Nullable Integer given, String why) {}

    /**
     * A blank of a fill-in.
     *
     * @param answers all that are right
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BlankView(
            @Nullable String given,
            boolean correct,
            List<String> answers,
            @Nullable String hint,
            @Nullable String why) {}

    /** A point of a rubric. */
    public record PointView(String point, double weight, boolean made) {}

    /**
     * Where to read on.
     *
     * @param url absent for a text of one's own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceView(String title, @Nullable String url) {}

    static AnswerView of(AskedQuestion asked, GradedAnswer answer) {
        Question question = asked.question();
        GivenAnswer given = answer.given();
        Long due = answer.dueMicros();
        return new AnswerView(
                answer.item(),
                answer.share(),
                answer.correct(),
                answer.grade(),
                given.skipped(),
                question.type().isChoice() ? options(asked, given) : null,
                question.type() == QuestionType.ORDERING ? items(asked, given) : null,
                question.type() == QuestionType.FILL_IN ? blanks(question, given) : null,
                question.type() == QuestionType.FREE_TEXT ? points(question, answer) : null,
                given.text(),
                question.model(),
                answer.remarks(),
                question.explanation(),
                new SourceView(
                        question.source().title(),
                        question.source().url().isEmpty()
                                ? null
                                : question.source().url()),
                due == null ? null : Micros.toInstant(due),
                answer.intervalDays());
    }

    private static List<OptionView> options(AskedQuestion asked, GivenAnswer given) {
        List<OptionView> options = new ArrayList<>();
        for (int place = 0; place < asked.order().size(); place++) {
            int index = asked.order().get(place);
            Question.Option option = asked.question().options().get(index);
            options.add(new OptionView(
                    AskedQuestion.placeId(place),
                    option.text(),
                    given.chosen().contains(index),
                    option.correct(),
                    option.why()));
        }
        return options;
    }

    private static List<ItemView> items(AskedQuestion asked, GivenAnswer given) {
        List<ItemView> items = new ArrayList<>();
        for (int i = 0; i < asked.question().items().size(); i++) {
            items.add(new ItemView(
                    asked.placeOf(i),
                    asked.question().items().get(i),
                    given.order().isEmpty() ? null : given.order().indexOf(i) + 1,
                    asked.question().itemReasons().get(i)));
        }
        return items;
    }

    private static List<BlankView> blanks(Question question, GivenAnswer given) {
        List<BlankView> blanks = new ArrayList<>();
        for (int i = 0; i < question.blanks().size(); i++) {
            Question.Blank blank = question.blanks().get(i);
            String typed = given.blanks().isEmpty() ? null : given.blanks().get(i);
            boolean correct = typed != null && GradeQuestion.fits(question, blank, typed);
            blanks.add(new BlankView(
                    typed,
                    correct,
                    blank.answers(),
                    blank.hint(),
                    correct || typed == null ? null : GradeQuestion.whyWrong(blank, typed)));
        }
        return blanks;
    }

    private static List<PointView> points(Question question, GradedAnswer answer) {
        return question.rubric().stream()
                .map(point -> new PointView(
                        point.point(), point.weight(), !answer.missing().contains(point.point())))
                .toList();
    }
}
