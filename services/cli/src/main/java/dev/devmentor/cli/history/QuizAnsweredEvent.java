package dev.devmentor.cli.history;

import dev.devmentor.cli.history.ReviewLogCsv.Review;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A review as the event {@code quiz.answered} (CloudEvents 1.0, binary). Its ids follow from the content before any
 * shift, so that importing twice changes nothing.
 */
final class QuizAnsweredEvent {
    static final String TOPIC = EventTypes.QUIZ_ANSWERED.name();

    private QuizAnsweredEvent() {}

    static ProducerRecord<byte[], byte[]> of(
            Review review, String learner, String source, ZoneId zone, Duration shift) {
        String id = id(review);
        Instant at = Instant.ofEpochMilli(review.timeMs()).plus(shift);
        QuizAnswered answer = new QuizAnswered(
                id,
                learner,
                "card-" + review.card(),
                at,
                review.rating() > 1,
                review.rating(),
                List.of(),
                null,
                zone,
                review.durationMs(),
                null,
                null,
                "import",
                null);
        List<Header> headers = new ArrayList<>();
        EventEncoder.binaryHeaders(Envelope.of(EventTypes.QUIZ_ANSWERED, source, id, at))
                .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
        byte[] value = EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer);
        return new ProducerRecord<>(TOPIC, null, learner.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    static String id(Review review) {
        return EventEncoder.contentId(
                review.card(),
                String.valueOf(review.timeMs()),
                String.valueOf(review.rating()),
                String.valueOf(review.durationMs()));
    }

    /** The source of all events of one import: what was imported, for whom. */
    static String source(byte[] content, String learner) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            digest.update(learner.getBytes(StandardCharsets.UTF_8));
            return "/devmentor/import/" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
