package dev.devmentor.systest;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A {@code quiz.answered} event.
 *
 * @param source CloudEvents source; with the id the event's identity
 */
record Answer(String source, String id, QuizAnswered data) {
    static final String TOPIC = "quiz.answered";

    CardName card() {
        return new CardName(data.learner(), data.item());
    }

    /** The record by which a producer sends it, to a partition that the learner does not decide. */
    ProducerRecord<byte[], byte[]> toRecord(int partition) {
        List<Header> headers = new ArrayList<>();
        EventEncoder.binaryHeaders(Envelope.of(EventTypes.QUIZ_ANSWERED, source, id, null))
                .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
        return new ProducerRecord<>(
                TOPIC,
                partition,
                data.learner().getBytes(StandardCharsets.UTF_8),
                EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, data),
                headers);
    }
}
