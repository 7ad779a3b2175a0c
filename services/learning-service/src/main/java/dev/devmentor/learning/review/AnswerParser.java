package dev.devmentor.learning.review;

import dev.devmentor.events.Bloom;
import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.EventSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of answers that came over HTTP. The event is encoded and decoded again before anything else, so that the
 * rules are those of the event's contract, to the letter.
 */
final class AnswerParser {
    private static final Duration MOST_AHEAD = Duration.ofMinutes(5);
    private static final int LONGEST_KEY = 128;
    private static final ThreadLocal<EventDecoder> DECODER =
            ThreadLocal.withInitial(() -> new EventDecoder(256 * 1024));

    private AnswerParser() {}

    /**
     * The answer of a request.
     *
     * @param idempotencyKey header of that name; names the answer if the request does not
     * @param index place in a batch
     */
    static QuizAnswered parse(
            AnswerRequest request, String learner, @Nullable String idempotencyKey, int index, Instant now) {
        if (request.item() == null) {
            throw ProblemException.invalid("'item' is missing");
        }
        if (request.skills() != null && request.skills().stream().anyMatch(Objects::isNull)) {
            throw ProblemException.invalid("'skills' holds null");
        }
        Integer grade = request.grade();
        Boolean correct = request.correct();
        if (grade == null && correct == null) {
            throw ProblemException.invalid("give 'grade' (1 to 4) or 'correct'");
        }
        QuizAnswered answer = new QuizAnswered(
                answerId(request, learner, idempotencyKey, index),
                learner,
                request.item(),
                request.answeredAt() == null ? now : time(request.answeredAt()),
                correct != null ? correct : grade != null && grade > 1,
                grade,
                request.skills() == null ? List.of() : request.skills(),
                request.quiz(),
                request.zone() == null ? null : zone(request.zone()),
                request.responseTimeMs(),
                request.bloom() == null ? null : bloom(request.bloom()),
                request.difficulty(),
                request.source(),
                request.strategy(),
                null);
        if (answer.answeredAt().isAfter(now.plus(MOST_AHEAD))) {
            throw ProblemException.invalid("'answeredAt' is more than 5 minutes ahead");
        }
        Map<String, byte[]> headers = EventEncoder.binaryHeaders(envelope(answer, now, null));
        Decoded<QuizAnswered> decoded = DECODER.get()
                .decode(
                        EventTypes.QUIZ_ANSWERED,
                        headers::get,
                        EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer));
        return switch (decoded) {
            case Decoded.Accepted<QuizAnswered>(var event) -> event.data();
            case Decoded.Rejected<QuizAnswered>(var _, String detail) -> throw ProblemException.invalid(detail);
        };
    }

    /** The envelope under which an answer is recorded and announced; the same for every repeat of the answer. */
    static Envelope envelope(QuizAnswered answer, Instant now, @Nullable String traceparent) {
        return new Envelope(
                EventEncoder.contentId("answer", answer.learner(), answer.answerId()),
                EventSource.URI,
                EventTypes.QUIZ_ANSWERED.name(),
                now,
                null,
                EventTypes.QUIZ_ANSWERED.schemaUri(),
                traceparent,
                null);
    }

    private static String answerId(AnswerRequest request, String learner, @Nullable String idempotencyKey, int index) {
        if (request.answerId() != null) {
            return request.answerId();
        }
        if (idempotencyKey == null) {
            return UUID.randomUUID().toString();
        }
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY) {
            throw ProblemException.invalid("Idempotency-Key has 1 to 128 characters");
        }
        return EventEncoder.contentId("idempotency", learner, idempotencyKey, Integer.toString(index));
    }

    static Instant time(String value) {
        try {
            return Micros.requireInReach(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException unreadable) {
            throw ProblemException.invalid(
                    "a time is RFC 3339 with an offset, such as 2026-03-01T10:00:00Z, in the years 1970 to 2200");
        }
    }

    static ZoneId zone(String value) {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException unknown) {
            throw ProblemException.invalid("'zone' is not a known IANA time zone");
        }
    }

    private static Bloom bloom(String value) {
        for (Bloom level : Bloom.values()) {
            if (level.wire().equals(value)) {
                return level;
            }
        }
        throw ProblemException.invalid(
                "'bloom' is one of remember, understand, apply, analyze, evaluate, create".toLowerCase(Locale.ROOT));
    }
}
