package dev.devmentor.learning.quiz;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.telemetry.EventTracing;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.review.RecordAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Grades answers to a quiz, each question once: the learner's row is the lock, so that of two requests with the same answers
 * the second finds them graded. Answers, cards and outgoing events change in one transaction.
 */
@ApplicationScoped
class SubmitQuiz {
    private static final int LONGEST_RESPONSE_MS = 86_400_000;
    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_BLANK = 500;

    private final Transactions transactions;
    private final Learners learners;
    private final QuizTable quizzes;
    private final OwnQuestionTable ownQuestions;
    private final RecordAnswers recordAnswers;
    private final EventTracing tracing;
    private final Clock clock;

    SubmitQuiz(
            Transactions transactions,
            Learners learners,
            QuizTable quizzes,
            OwnQuestionTable ownQuestions,
            RecordAnswers recordAnswers,
            EventTracing tracing,
            Clock clock) {
        this.transactions = transactions;
        this.learners = learners;
        this.quizzes = quizzes;
        this.ownQuestions = ownQuestions;
        this.recordAnswers = recordAnswers;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * A quiz after its answers.
     *
     * @param repeated whether everything was graded before
     */
    record Submitted(Quiz quiz, boolean repeated) {}

    Submitted submit(String sub, UUID quizId, List<SubmitRequest.Answer> answers) throws SQLException {
        Instant now = clock.instant();
        String traceparent = tracing.current();
        return transactions.runRetrying(work -> {
            // Who is not known has no quiz; a look is no reason to know somebody.
            Learner known = learners.find(work.connection(), sub);
            Learner learner = known == null
                    ? null
                    : learners.lock(work.connection(), List.of(sub)).get(sub);
            Quiz quiz = learner == null ? null : quizzes.find(work.connection(), learner.id(), quizId);
            if (learner == null || quiz == null) {
                throw ProblemException.notFound("you have no such quiz");
            }
            List<GradedAnswer> graded = grade(quiz, answers, now);
            if (graded.isEmpty()) {
                return new Submitted(quiz, true);
            }
            Map<String, GradedAnswer> all = new HashMap<>(quiz.answers());
            record(work, sub, quiz, graded, now, traceparent).forEach(answer -> all.put(answer.item(), answer));
            ownQuestions.add(
                    work.connection(),
                    learner.id(),
                    quiz.questions().stream()
                            .filter(asked -> asked.item().startsWith(OfflineQuestions.ITEM))
                            .filter(asked -> all.containsKey(asked.item()))
                            .toList(),
                    Micros.of(now));
            quizzes.storeAnswers(work.connection(), learner.id(), quizId, all);
            return new Submitted(quiz.with(all), false);
        });
    }

    /** Those answers that are new, graded. */
    private static List<GradedAnswer> grade(Quiz quiz, List<SubmitRequest.Answer> answers, Instant now) {
        Map<String, AskedQuestion> asked = new HashMap<>();
        quiz.questions().forEach(question -> asked.put(question.item(), question));
        long at = Micros.of(now);
        Set<String> seen = new HashSet<>();
        List<GradedAnswer> graded = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            SubmitRequest.Answer answer = answers.get(i);
            AskedQuestion question = answer.questionId() == null ? null : asked.get(answer.questionId());
            if (question == null) {
                throw ProblemException.invalid("answer " + (i + 1) + ": the quiz has no question of that 'questionId'");
            }
            if (!seen.add(question.item())) {
                throw ProblemException.invalid("answer " + (i + 1) + ": the question is answered twice");
            }
            Integer response = answer.responseTimeMs();
            if (response != null && (response < 0 || response > LONGEST_RESPONSE_MS)) {
                throw ProblemException.invalid("'responseTimeMs' is a number from 0 to 86400000");
            }
            GivenAnswer given = given(question, answer, i + 1);
            GradedAnswer before = quiz.answers().get(question.item());
            if (before == null) {
                // One after the other, as they were given, and none ahead of the clock.
                long answeredAt = at - (answers.size() - 1 - i);
                graded.add(GradeQuestion.grade(question, given, response == null ? -1 : response, answeredAt));
            } else if (!before.given().equals(given)) {
                throw ProblemException.conflict(
                        "already-graded", "answer " + (i + 1) + ": the question was answered otherwise before");
            }
        }
        if (!graded.isEmpty() && quiz.state(at) == Quiz.State.EXPIRED) {
            throw ProblemException.conflict(
                    "quiz-expired", "the quiz was open until " + Micros.toInstant(quiz.expiresMicros()));
        }
        return graded;
    }

    private List<GradedAnswer> record(
            UnitOfWork work,
            String sub,
            Quiz quiz,
            List<GradedAnswer> graded,
            Instant now,
            @Nullable String traceparent)
            throws SQLException {
        Map<String, AskedQuestion> asked = new HashMap<>();
        quiz.questions().forEach(question -> asked.put(question.item(), question));
        List<RecordAnswers.Taken> taken = graded.stream()
                .map(answer -> new RecordAnswers.Taken(
                        event(sub, quiz, Objects.requireNonNull(asked.get(answer.item())), answer), true))
                .toList();
        List<Recorded> recorded = recordAnswers.record(work, taken, now, traceparent);
        List<GradedAnswer> dated = new ArrayList<>();
        for (int i = 0; i < graded.size(); i++) {
            Card card = switch (recorded.get(i)) {
                case Recorded.Added(var _, Card after) -> after;
                case Recorded.Repeated(var _, Card after) -> after;
                case Recorded.Contradicting _ ->
                    throw ProblemException.conflict(
                            "conflicting-duplicate",
                            "a different answer to a question of this quiz was recorded before");
                case Recorded.OfErased _ -> throw ProblemException.notFound("this learner was erased");
            };
            dated.add(graded.get(i)
                    .withDue(due(card), card == null ? null : card.state().scheduledDays()));
        }
        return dated;
    }

    private static @Nullable Long due(@Nullable Card card) {
        return card == null || card.state().dueAtMicros() == CardState.NOT_DUE
                ? null
                : card.state().dueAtMicros();
    }

    private static QuizAnswered event(String sub, Quiz quiz, AskedQuestion asked, GradedAnswer answer) {
        String quizId = quiz.id().toString();
        return new QuizAnswered(
                EventEncoder.contentId("quiz", quizId, answer.item()),
                sub,
                answer.item(),
                Micros.toInstant(answer.atMicros()),
                answer.correct(),
                answer.grade(),
                asked.question().skills(),
                quizId,
                null,
                answer.responseMs() < 0 ? null : answer.responseMs(),
                asked.question().bloom(),
                asked.question().difficulty(),
                "quiz",
                asked.strategy(),
                null);
    }

    private static GivenAnswer given(AskedQuestion asked, SubmitRequest.Answer answer, int number) {
        if (Boolean.TRUE.equals(answer.skipped())) {
            require(
                    answer.choices() == null
                            && answer.order() == null
                            && answer.blanks() == null
                            && answer.text() == null,
                    number,
                    "it is skipped and answered");
            return new GivenAnswer(true, List.of(), List.of(), List.of(), null);
        }
        long parts = Stream.of(answer.choices(), answer.order(), answer.blanks(), answer.text())
                .filter(Objects::nonNull)
                .count();
        require(parts <= 1, number, "it is answered in two ways");
        return switch (asked.question().type()) {
            case SINGLE_CHOICE, MULTIPLE_CHOICE, SPOT_THE_BUG -> {
                require(answer.choices() != null, number, "give 'choices', or 'skipped'");
                List<Integer> chosen = places(asked, Objects.requireNonNull(answer.choices()), number).stream()
                        .sorted()
                        .toList();
                require(chosen.stream().distinct().count() == chosen.size(), number, "an option is chosen twice");
                yield new GivenAnswer(false, chosen, List.of(), List.of(), null);
            }
            case ORDERING -> {
                require(answer.order() != null, number, "give 'order', or 'skipped'");
                List<Integer> order = places(asked, Objects.requireNonNull(answer.order()), number);
                require(
                        order.size() == asked.question().items().size()
                                && order.stream().distinct().count() == order.size(),
                        number,
                        "'order' names each item once");
                yield new GivenAnswer(false, List.of(), order, List.of(), null);
            }
            case FILL_IN -> {
                require(answer.blanks() != null, number, "give 'blanks', or 'skipped'");
                List<String> blanks = new ArrayList<>();
                Objects.requireNonNull(answer.blanks())
                        .forEach(blank -> blanks.add(Objects.requireNonNullElse(blank, "")));
                require(
                        blanks.size() == asked.question().blanks().size()
                                && blanks.stream().allMatch(blank -> blank.length() <= LONGEST_BLANK),
                        number,
                        "'blanks' has one text for each blank, of at most 500 characters");
                yield new GivenAnswer(false, List.of(), List.of(), blanks, null);
            }
            case FREE_TEXT -> {
                require(answer.text() != null, number, "give 'text', or 'skipped'");
                String text = Objects.requireNonNull(answer.text());
                require(text.length() <= LONGEST_TEXT, number, "'text' has at most 10000 characters");
                yield new GivenAnswer(false, List.of(), List.of(), List.of(), text);
            }
        };
    }

    private static List<Integer> places(AskedQuestion asked, List<@Nullable String> ids, int number) {
        List<Integer> places = new ArrayList<>();
        require(ids.size() <= asked.order().size(), number, "more is named than there is");
        for (String id : ids) {
            int place = id == null ? -1 : asked.at(id);
            require(place >= 0, number, "it names what is not there to choose");
            places.add(place);
        }
        return places;
    }

    private static void require(boolean holds, int number, String otherwise) {
        if (!holds) {
            throw ProblemException.invalid("answer " + number + ": " + otherwise);
        }
    }
}
