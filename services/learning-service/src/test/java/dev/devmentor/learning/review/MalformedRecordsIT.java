package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.MalformedRecord;
import dev.devmentor.events.MalformedRecords;
import dev.devmentor.learning.LearningIT;
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
class MalformedRecordsIT extends LearningIT {
    @Test
    void everyKindOfMalformedRecordLandsInTheDeadLettersAndEveryGoodOneBetweenThemIsApplied()
            throws ExecutionException, InterruptedException {
        List<MalformedRecord> kinds = MalformedRecords.all();
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(kinds).extracting(MalformedRecord::name).doesNotHaveDuplicates();
        String learner = newLearner("malformed");
        awaitQuiet();
        double applied = counted(QUIZ, "applied");
        double dead = counted(QUIZ, "dead-letter");
        Map<MalformedRecord, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
                int good = 0;
                for (MalformedRecord kind : kinds) {
                    sent.put(
                            kind,
                            producer.send(
                                    record(QUIZ, sent.size() % PARTITIONS, learner, kind.value(), kind.headers())));
                    String id = "good-" + good++;
                    producer.send(record(
                            QUIZ,
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
            assertThat(counted(QUIZ, "dead-letter") - dead).isEqualTo(kinds.size());
            assertThat(counted(QUIZ, "applied") - applied).isEqualTo(kinds.size());
            assertThat(entries(learner)).isEqualTo(kinds.size());
            assertThat(requireCard(learner, "java-streams-7").state().answers()).isEqualTo(kinds.size());
        }
        assertStateFollowsFromTheLog();
    }
}
