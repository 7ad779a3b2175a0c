package dev.devmentor.events.example;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes one answer: {@code ProduceQuizAnswered BROKERS LEARNER ITEM}. */
public final class ProduceQuizAnswered {
    private ProduceQuizAnswered() {}

    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            RecordMetadata stored =
                    producer.send(answer(arguments[1], arguments[2])).get();
            System.out.printf("stored at %d of partition %d%n", stored.offset(), stored.partition());
        }
    }

    /** A correct answer, given just now. */
    public static ProducerRecord<String, String> answer(String learner, String item) {
        // docs:start
        String answerId = UUID.randomUUID().toString();
        String value = """
                {"answerId":"%s","learner":"%s","item":"%s","answeredAt":"%s",
                 "correct":true,"grade":3,"zone":"Europe/Berlin","source":"java-example"}
                """.formatted(answerId, learner, item, Instant.now());
        ProducerRecord<String, String> answer = new ProducerRecord<>("quiz.answered", learner, value);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", answerId,
                        "ce_source", "/examples/java-producer",
                        "ce_type", "quiz.answered",
                        "ce_dataschema", "https://devmentor.dev/schemas/quiz.answered/v1.json",
                        "content-type", "application/json")
                .forEach((name, text) -> answer.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        // docs:end
        return answer;
    }
}
