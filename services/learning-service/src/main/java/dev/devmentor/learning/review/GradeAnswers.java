package dev.devmentor.learning.review;

import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.telemetry.EventTracing;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardView;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.log.Recorded;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grades answers of one learner: log, cards and outgoing events in one transaction. */
@ApplicationScoped
class GradeAnswers {
    private final Transactions transactions;
    private final RecordAnswers recordAnswers;
    private final EventTracing tracing;
    private final Clock clock;

    GradeAnswers(Transactions transactions, RecordAnswers recordAnswers, EventTracing tracing, Clock clock) {
        this.transactions = transactions;
        this.recordAnswers = recordAnswers;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** For each request, in order, what became of it; one that is not valid leaves the others alone. */
    List<AnswerResult> grade(String learner, List<AnswerRequest> requests, @Nullable String idempotencyKey)
            throws SQLException {
        Instant now = clock.instant();
        @Nullable AnswerResult[] results = new AnswerResult[requests.size()];
        List<RecordAnswers.Taken> answers = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            AnswerRequest request = requests.get(i);
            try {
                QuizAnswered answer = AnswerParser.parse(request, learner, idempotencyKey, i, now);
                answers.add(new RecordAnswers.Taken(answer, request.answeredAt() == null));
                places.add(i);
            } catch (ProblemException refused) {
                results[i] = AnswerResult.failed(refused.problem());
            }
        }
        if (!answers.isEmpty()) {
            String traceparent = tracing.current();
            List<Recorded> recorded =
                    transactions.runRetrying(work -> recordAnswers.record(work, answers, now, traceparent));
            for (int i = 0; i < recorded.size(); i++) {
                results[places.get(i)] = result(answers.get(i).answer(), recorded.get(i), now);
            }
        }
        return java.util.Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    private static AnswerResult result(QuizAnswered answer, Recorded recorded, Instant now) {
        return switch (recorded) {
            case Recorded.Added(Learner learner, Card card) ->
                AnswerResult.of(answer.item(), answer.answerId(), false, view(learner, card, now));
            case Recorded.Repeated(Learner learner, Card card) ->
                AnswerResult.of(answer.item(), answer.answerId(), true, view(learner, card, now));
            case Recorded.Contradicting(String what) ->
                AnswerResult.failed(ProblemException.conflict(
                                "conflicting-duplicate",
                                "a different answer with the same " + what + " id was recorded before")
                        .problem());
            case Recorded.OfErased() ->
                AnswerResult.failed(
                        ProblemException.notFound("this learner was erased").problem());
        };
    }

    /** An answer's result shows no recall, so the offset of predictions isn't read for it. */
    private static @Nullable CardView view(Learner learner, @Nullable Card card, Instant now) {
        return card == null ? null : CardView.of(card, Predictor.of(learner.models()), null, Micros.of(now));
    }
}
