package dev.devmentor.pbml.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.MalformedRecord;
import dev.devmentor.events.MalformedRecords;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MalformedRecordsIT extends PbmlIT {
    @Test
    void everyKindOfMalformedRecordLandsInTheDeadLettersAndEveryGoodOneBetweenThemIsApplied()
            throws ExecutionException, InterruptedException {
        List<MalformedRecord> kinds = MalformedRecords.all();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(kinds).extracting(MalformedRecord::name).doesNotHaveDuplicates();
        String learner = fresh("malformed");
        awaitQuiet();
        double applied = counted("quiz.answered", "applied");
        double dead = counted("quiz.answered", "dead-letter");
        Map<MalformedRecord, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (Tail deadLetters = new Tail(topics, "quiz.answered.dlq.pbml-service")) {
            try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
                int good = 0;
                for (MalformedRecord kind : kinds) {
                    sent.put(
                            kind,
                            producer.send(record(
                                    "quiz.answered", sent.size() % PARTITIONS, learner, kind.value(), kind.headers())));
                    String id = "good-" + good++;
                    producer.send(record(
                            "quiz.answered",
                            sent.size() % PARTITIONS,
                            learner,
                            MalformedRecords.goodValue(id, learner),
                            MalformedRecords.goodHeaders(id + learner)));
                }
            }

            awaitQuiet();
            Map<String, ConsumerRecord<byte[], byte[]>> letters = new LinkedHashMap<>();
            deadLetters
                    .await(kinds.size())
                    .forEach(letter -> letters.put(
                            TestTopics.header(letter, "devmentor-dlq-partition") + "@"
                                    + TestTopics.header(letter, "devmentor-dlq-offset"),
                            letter));

            List<String> wrong = new ArrayList<>();
            for (Map.Entry<MalformedRecord, Future<RecordMetadata>> entry : sent.entrySet()) {
                MalformedRecord kind = entry.getKey();
                RecordMetadata place = entry.getValue().get();
                ConsumerRecord<byte[], byte[]> letter = letters.get(place.partition() + "@" + place.offset());
                String reason = letter == null ? "none" : TestTopics.header(letter, "devmentor-dlq-reason");
                if (!kind.reason().code().equals(reason)) {
                    wrong.add(kind.name() + ": " + reason + " instead of "
                            + kind.reason().code());
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(letters).hasSize(kinds.size());
            assertThat(counted("quiz.answered", "dead-letter") - dead).isEqualTo(kinds.size());
            assertThat(counted("quiz.answered", "applied") - applied).isEqualTo(kinds.size());
            assertThat(observations(learner)).isEqualTo(kinds.size());
        }
    }
}
