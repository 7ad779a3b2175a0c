package dev.devmentor.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether a service has consumed everything that its topics hold. */
public final class Consumption {
    private final TestPlatform platform;
    private final String service;
    private final List<String> topics;

    /**
     * @param service name of the service, which is its consumer group
     * @param events types of events that it consumes; their replay topics are looked at as well
     */
    public Consumption(TestPlatform platform, String service, List<String> events) {
        this.platform = platform;
        this.service = service;
        this.topics = new ArrayList<>(events);
        events.forEach(event -> this.topics.add(event + ".replay." + service));
    }

    /** Waits until nothing is left to consume and the condition holds as well. */
    public void awaitEverything(String what, java.util.concurrent.Callable<Boolean> condition) {
        try (Admin admin = platform.kafka().admin();
                KafkaConsumer<byte[], byte[]> consumer = platform.topics().consumer("quiet-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            consumer.assign(partitions);
            Conditions.await(what, () -> condition.call() && isDone(admin, consumer, partitions));
        }
    }

    private boolean isDone(Admin admin, KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(service)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TopicPartition> behind = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            long position = offset == null ? 0 : offset.offset();
            long end = ends.getOrDefault(partition, 0L);
            if (position < end) {
                behind.add(partition);
                consumer.seek(partition, position);
            } else {
                consumer.seek(partition, end);
            }
        }
        // What lies between may be nothing but the marks of transactions.
        while (behind.stream().anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            if (!consumer.poll(Duration.ofMillis(50)).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
