package dev.devmentor.bench.events;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The upper bound: a process with one consumer and one thread that decodes every record, as the service does, and does
 * nothing with it. Prints the nanoseconds from the first measured record to the last.
 */
final class ParseOnly {
    static final String GROUP = "bench-parse";

    private ParseOnly() {}

    public static void main(String[] arguments) {
        EventsBenchmark.quietKafka();
        String topic = arguments[1];
        int warmUp = Integer.parseInt(arguments[2]);
        int total = warmUp + Integer.parseInt(arguments[3]);
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        EventDecoder decoder = new EventDecoder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            consumer.subscribe(List.of(topic));
            int parsed = 0;
            long began = 0;
            int counted = 0;
            long check = 0;
            while (parsed < total) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(30));
                if (records.isEmpty()) {
                    throw new IllegalStateException("no more records after " + parsed);
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    check += parse(decoder, record);
                    parsed++;
                }
                if (began == 0 && parsed >= warmUp) {
                    began = System.nanoTime();
                    counted = parsed;
                }
            }
            System.out.println((System.nanoTime() - began) + " " + (parsed - counted) + " " + check);
        }
    }

    private static long parse(EventDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        Decoded<QuizAnswered> decoded = decoder.decode(
                EventTypes.QUIZ_ANSWERED,
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                },
                record.value());
        return switch (decoded) {
            case Decoded.Accepted<QuizAnswered> accepted ->
                accepted.event().data().effectiveGrade();
            case Decoded.Rejected<QuizAnswered> rejected ->
                throw new IllegalStateException(rejected.reason() + " " + rejected.detail());
        };
    }
}
