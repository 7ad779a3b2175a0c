package dev.devmentor.bench.events;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        List<String> topics = List.of(arguments[1].split(","));
        Map<String, EventType<?>> types = new HashMap<>();
        topics.forEach(topic -> types.put(topic, type(topic)));
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
            consumer.subscribe(topics);
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
                    check += parse(decoder, Objects.requireNonNull(types.get(record.topic())), record);
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

    private static EventType<?> type(String name) {
        return EventTypes.all().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static <T> long parse(EventDecoder decoder, EventType<T> type, ConsumerRecord<byte[], byte[]> record) {
        Decoded<T> decoded = decoder.decode(
                type,
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                },
                record.value());
        return switch (decoded) {
            case Decoded.Accepted<T> accepted ->
                accepted.event().envelope().id().length();
            case Decoded.Rejected<T> rejected ->
                throw new IllegalStateException(rejected.reason() + " " + rejected.detail());
        };
    }
}
