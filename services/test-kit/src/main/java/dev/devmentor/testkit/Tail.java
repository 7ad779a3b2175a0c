package dev.devmentor.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from where it ended when the tail was made. */
public final class Tail implements AutoCloseable {
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    public Tail(TestTopics topics, String topic) {
        this.topic = topic;
        consumer = topics.consumer("tail-" + UUID.randomUUID());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** All records so far. */
    public List<ConsumerRecord<byte[], byte[]>> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    /** Waits for so many records and returns all there are then. */
    public List<ConsumerRecord<byte[], byte[]>> await(int atLeast) {
        Conditions.await(atLeast + " new records in " + topic, () -> all().size() >= atLeast);
        return all();
    }

    /** Waits for a record like that and returns the first. */
    public ConsumerRecord<byte[], byte[]> await(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        return Conditions.awaitValue(
                "a new record in " + topic, () -> all().stream().filter(wanted).findFirst());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
