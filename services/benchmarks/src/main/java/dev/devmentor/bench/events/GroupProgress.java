package dev.devmentor.bench.events;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** How many records of some topics a consumer group has committed: the measure of work that is done and durable. */
final class GroupProgress {
    private static final long PAUSE_MILLIS = 10;

    private final Admin admin;
    private final String group;
    private final Set<String> topics;

    GroupProgress(Admin admin, String group, Collection<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = Set.copyOf(topics);
    }

    /** A point of the way. */
    record At(long nanoTime, long records) {}

    long records() throws InterruptedException {
        try {
            Collection<java.util.Map.Entry<org.apache.kafka.common.TopicPartition, OffsetAndMetadata>> offsets =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .entrySet();
            return offsets.stream()
                    .filter(entry -> topics.contains(entry.getKey().topic()) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException notYet) {
            return 0;
        }
    }

    /** Waits until at least so many records are committed. */
    At await(long records, long timeoutSeconds, BooleanSupplier alive) throws InterruptedException {
        long end = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
        while (true) {
            long now = records();
            if (now >= records) {
                return new At(System.nanoTime(), now);
            }
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException(group + " ended after " + now + " of " + records + " records");
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        group + " got only " + now + " of " + records + " records within " + timeoutSeconds + " s");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Forgets the group, so that the next one of that name begins at the beginning. */
    void forget() throws InterruptedException, ExecutionException {
        for (int attempt = 0; ; attempt++) {
            try {
                admin.deleteConsumerGroups(Set.of(group)).all().get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return;
                }
                // Its members were told to leave but may not be gone yet.
                if (!(e.getCause() instanceof GroupNotEmptyException) || attempt > 300) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }
}
