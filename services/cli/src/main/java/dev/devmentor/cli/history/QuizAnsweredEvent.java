package dev.devmentor.cli.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.history.ReviewLogCsv.Review;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
    static final String TOPIC = "quiz.answered";

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private QuizAnsweredEvent() {}

    static ProducerRecord<byte[], byte[]> of(
            Review review, String learner, String source, ZoneId zone, Duration shift) {
        String id = id(review);
        String at = MICROS.format(Instant.ofEpochMilli(review.timeMs()).plus(shift));
        ObjectNode data = JSON.createObjectNode();
        data.put("answerId", id);
        data.put("learner", learner);
        data.put("item", "card-" + review.card());
        data.put("answeredAt", at);
        data.put("zone", zone.getId());
        data.put("correct", review.rating() > 1);
        data.put("grade", review.rating());
        Integer duration = review.durationMs();
        if (duration != null) {
            data.put("responseTimeMs", duration);
        }
        data.put("source", "import");
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", id),
                header("ce_source", source),
                header("ce_type", TOPIC),
                header("ce_time", at),
                header("content-type", "application/json"));
        return new ProducerRecord<>(TOPIC, null, utf8(learner), utf8(data.toString()), headers);
    }

    static String id(Review review) {
        return sha256(review.card() + "|" + review.timeMs() + "|" + review.rating() + "|" + review.durationMs())
                .substring(0, 32);
    }

    /** The source of all events of one import: what was imported, for whom. */
    static String source(byte[] content, String learner) {
        MessageDigest digest = digest();
        digest.update(content);
        digest.update(utf8(learner));
        return "/devmentor/import/" + HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(utf8(text)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
