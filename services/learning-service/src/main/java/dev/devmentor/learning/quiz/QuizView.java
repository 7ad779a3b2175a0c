package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.choice.MissingItems;
import dev.devmentor.learning.hint.HintNote;
import dev.devmentor.learning.person.LoadView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A quiz as shown: questions without their solutions, and of those that were answered what the answer got.
 *
 * @param state open, done or expired
 * @param madeFrom bank or text
 * @param minutes what good answers to what is left take, rounded up
 * @param note what to know about it, such as that there are fewer questions than wanted
 * @param load of the session under way when it was put together; absent later
 * @param missing questions that the bank lacks for it; absent later
 * @param hints what hints of the learner's rhythm changed; absent later
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = QuizResource.QUIZ)
public record QuizView(
        String id,
        String title,
        String state,
        String madeFrom,
        Instant createdAt,
        Instant expiresAt,
        int asked,
        int answered,
        int minutes,
        @Nullable String note,

        @Schema(
                description =
                        "cognitive load of the session under way, which made the mix easier, with the break that it"
                                + " proposes; only when the quiz is put together")
        @Nullable LoadView load,

        @Schema(
                description =
                        "questions that the bank lacks for this learner, at most one entry a skill and ten in all; only"
                                + " when the quiz is put together")
        @Nullable List<MissingItems> missing,

        @Schema(
                description =
                        "what hints of when and how long the learner learns well changed; only when the quiz is put together")
        @Nullable List<HintNote> hints,

        List<QuestionView> questions) {

    /**
     * A question without its solution.
     *
     * @param id also the item under which the answer is remembered
     * @param version of its wording
     * @param seconds what a good answer takes
     * @param prompt Markdown
     * @param blanks how many texts a fill-in wants
     * @param strategy why it was chosen, "hint" if only a hint brought it in; absent if it was made of a text
     * @param hint what moved it or brought it in; absent if no hint did
     * @param result what the answer got; absent as long as there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QuestionView(
            String id,
            String version,
            String type,
            String bloom,
            double difficulty,
            int seconds,
            List<String> skills,
            String prompt,
            @Nullable CodeView code,
            @Nullable List<PlaceView> options,
            @Nullable List<PlaceView> items,
            @Nullable Integer blanks,
            @Nullable String strategy,
            @Nullable String reason,
            @Nullable HintNote hint,
            @Nullable AnswerView result) {

        static QuestionView of(AskedQuestion asked, @Nullable GradedAnswer answer) {
            Question question = asked.question();
            Question.Code code = question.code();
            return new QuestionView(
                    asked.item(),
                    asked.version(),
                    question.type().wire(),
                    question.bloom().wire(),
                    question.difficulty(),
                    question.seconds(),
                    question.skills(),
                    question.prompt(),
                    code == null ? null : new CodeView(code.language(), code.text()),
                    question.type().isChoice()
                            ? places(
                                    asked,
                                    question.options().stream()
                                            .map(Question.Option::text)
                                            .toList())
                            : null,
                    question.type() == QuestionType.ORDERING ? places(asked, question.items()) : null,
                    question.type() == QuestionType.FILL_IN ? question.blanks().size() : null,
                    asked.strategy(),
                    asked.reason(),
                    asked.hint(),
                    answer == null ? null : AnswerView.of(asked, answer));
        }

        private static List<PlaceView> places(AskedQuestion asked, List<String> texts) {
            List<PlaceView> places = new ArrayList<>();
            for (int place = 0; place < asked.order().size(); place++) {
                places.add(new PlaceView(
                        AskedQuestion.placeId(place), texts.get(asked.order().get(place))));
            }
            return places;
        }
    }

    /** Code that belongs to a question; of a fill-in with {@code ___1___} where something is missing. */
    public record CodeView(String language, String text) {}

    /** Something to choose or to put in order. */
    public record PlaceView(String id, String text) {}

    static QuizView of(Quiz quiz, long nowMicros) {
        List<QuestionView> questions = quiz.questions().stream()
                .map(asked -> QuestionView.of(asked, quiz.answers().get(asked.item())))
                .toList();
        int seconds = quiz.questions().stream()
                .filter(asked -> !quiz.answers().containsKey(asked.item()))
                .mapToInt(asked -> asked.question().seconds())
                .sum();
        return new QuizView(
                quiz.id().toString(),
                quiz.title(),
                quiz.state(nowMicros).wire(),
                quiz.madeFrom(),
                Micros.toInstant(quiz.createdMicros()),
                Micros.toInstant(quiz.expiresMicros()),
                questions.size(),
                quiz.answers().size(),
                (seconds + 59) / 60,
                quiz.note(),
                null,
                null,
                null,
                questions);
    }

    /** With what is known only when it is put together. */
    QuizView with(LoadView newLoad, List<MissingItems> newMissing, List<HintNote> newHints) {
        return new QuizView(
                id,
                title,
                state,
                madeFrom,
                createdAt,
                expiresAt,
                asked,
                answered,
                minutes,
                note,
                newLoad,
                newMissing,
                newHints,
                questions);
    }
}
