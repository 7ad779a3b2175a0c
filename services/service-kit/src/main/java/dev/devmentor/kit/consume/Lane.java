package dev.devmentor.kit.consume;

import dev.devmentor.kit.KitConfig;
import dev.devmentor.kit.telemetry.EventMetrics;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One consumer, one thread: poll, apply as one transaction, commit the offsets now and then, again. Lanes share nothing.
 * Offsets are committed after the transaction, so a crash between the two delivers records again; the handlers' dedupe makes that
 * harmless.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Batches from this size on are worth a transaction of their own. */
    private static final int SMALL_BATCH = 500;
    /** A batch that comes so many lingers after the one before it follows it. */
    private static final int STREAMING_FACTOR = 5;

    private static final Duration FETCHED_BY_NOW = Duration.ofMillis(1);
    /** A consumer that lasted so long has nothing to do with the failure before it. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Collection<String> topics;
    private final BatchApplier applier;
    private final KitConfig.Consumer config;
    private final EventMetrics metrics;

    /** What may be committed: offsets of partitions that were this lane's without a break since their batch came in. */
    private final Map<TopicPartition, OffsetAndMetadata> applied = new HashMap<>();
    /**
     * Partitions that were taken away since the batch in hand came in. One that came back stays in here: it is read
     * again from its committed offset, so what is left of this batch must neither be applied nor committed for it.
     */
    private final Set<TopicPartition> lost = new HashSet<>();

    private volatile boolean running = true;
    private volatile boolean waiting;
    private volatile long lag;
    private volatile @Nullable Instant newestApplied;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private boolean retrying;
    private boolean uncommitted;
    private long committedAt;
    private long appliedAt;
    private @Nullable Duration reopening;

    Lane(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            BatchApplier applier,
            KitConfig.Consumer config,
            EventMetrics metrics) {
        this.name = name;
        this.consumers = consumers;
        this.topics = topics;
        this.applier = applier;
        this.config = config;
        this.metrics = metrics;
    }

    /** Ends the lane after the batch in hand. */
    void stop() {
        running = false;
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    /** Whether the lane waits because a part of the platform is down. */
    boolean waiting() {
        return waiting;
    }

    /** Records that are in this lane's partitions but not applied yet, as far as known. */
    long lag() {
        return lag;
    }

    /** Record time of the newest record applied by this lane. */
    @Nullable Instant newestApplied() {
        return newestApplied;
    }

    @Override
    public void run() {
        while (running) {
            long began = System.nanoTime();
            try (Consumer<byte[], byte[]> opened = consumers.get()) {
                consumer = opened;
                consume(opened);
            } catch (WakeupException stopped) {
                if (running) {
                    LOG.debugf("%s: woken", name);
                }
            } catch (KafkaException failure) {
                LOG.warnf("%s: consumer failed, opening a new one: %s", name, failure.toString());
                backOff(began);
            } catch (RuntimeException bug) {
                // A dead lane would leave its partitions to the others, to fall one by one over the same record.
                LOG.errorf(bug, "%s: failed, opening a new consumer", name);
                backOff(began);
            } finally {
                consumer = null;
                applied.clear();
                lost.clear();
                // The next consumer begins with partitions that are not paused.
                retrying = false;
                waiting = false;
                uncommitted = false;
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> opened) {
        opened.subscribe(topics, new Rebalances(opened));
        committedAt = System.nanoTime();
        appliedAt = committedAt - STREAMING_FACTOR * config.linger().toNanos();
        while (running) {
            ConsumerRecords<byte[], byte[]> records = opened.poll(untilCommit());
            lost.clear();
            if (!records.isEmpty()) {
                List<ConsumerRecords<byte[], byte[]>> gathered = gather(opened, records);
                long began = System.nanoTime();
                List<BatchApplier.Item> items = decode(gathered);
                if (applyUntilDone(opened, items)) {
                    CrashPoints.reached("consumer.after-apply");
                    for (ConsumerRecords<byte[], byte[]> part : gathered) {
                        applied.putAll(part.nextOffsets());
                        noteNewest(part);
                    }
                    applied.keySet().removeAll(lost);
                    uncommitted = true;
                    commitIfDue(opened);
                    appliedAt = System.nanoTime();
                    metrics.batch(Duration.ofNanos(appliedAt - began), items.size());
                }
            } else if (!records.nextOffsets().isEmpty() || uncommitted) {
                // Markers of transactions move the position too.
                applied.putAll(records.nextOffsets());
                commit(opened);
            }
            lag = currentLag(opened);
        }
    }

    /**
     * Lets a small batch grow while batches follow one another: a transaction costs much the same, however little is in
     * it. What comes alone is not kept waiting.
     */
    private List<ConsumerRecords<byte[], byte[]>> gather(
            Consumer<byte[], byte[]> opened, ConsumerRecords<byte[], byte[]> first) {
        List<ConsumerRecords<byte[], byte[]>> parts = new ArrayList<>(3);
        parts.add(first);
        int count = first.count();
        if (count >= SMALL_BATCH
                || config.linger().isZero()
                || System.nanoTime() - appliedAt
                        > STREAMING_FACTOR * config.linger().toNanos()) {
            return parts;
        }
        sleep(config.linger());
        // The first of these has what had come when the poll before asked for more, the second has the rest.
        for (int i = 0; i < 2 && count < config.maxBatch(); i++) {
            ConsumerRecords<byte[], byte[]> more = opened.poll(FETCHED_BY_NOW);
            if (!lost.isEmpty()) {
                // Read again from the committed offset, by whoever has them now.
                parts.replaceAll(this::withoutLost);
                lost.clear();
            }
            parts.add(more);
            count += more.count();
        }
        return parts;
    }

    private ConsumerRecords<byte[], byte[]> withoutLost(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
        next.keySet().removeAll(lost);
        for (TopicPartition partition : records.partitions()) {
            if (!lost.contains(partition)) {
                kept.put(partition, records.records(partition));
            }
        }
        return new ConsumerRecords<>(kept, next);
    }

    private List<BatchApplier.Item> decode(List<ConsumerRecords<byte[], byte[]>> parts) {
        if (parts.size() == 1) {
            return applier.decode(parts.getFirst());
        }
        List<BatchApplier.Item> items = new ArrayList<>();
        for (ConsumerRecords<byte[], byte[]> part : parts) {
            items.addAll(applier.decode(part));
        }
        return items;
    }

    /** How long a poll may wait: not beyond the next commit. */
    private Duration untilCommit() {
        if (!uncommitted) {
            return POLL;
        }
        long left = config.commitInterval().toNanos() - (System.nanoTime() - committedAt);
        return Duration.ofNanos(Math.clamp(left, 1_000_000, POLL.toNanos()));
    }

    private void commitIfDue(Consumer<byte[], byte[]> opened) {
        if (System.nanoTime() - committedAt >= config.commitInterval().toNanos()) {
            commit(opened);
            CrashPoints.reached("consumer.after-commit");
        }
    }

    /** Tries until the batch is applied, waiting ever longer while something it needs is down. */
    private boolean applyUntilDone(Consumer<byte[], byte[]> opened, List<BatchApplier.Item> items) {
        List<BatchApplier.Item> left = items;
        Duration backoff = config.firstBackoff();
        while (running) {
            try {
                applier.apply(left);
                resume(opened);
                return true;
            } catch (TransientFailure failure) {
                if (!waiting) {
                    waiting = true;
                    metrics.pause();
                    LOG.warnf("%s: waiting, will try again: %s", name, describe(failure.getCause()));
                }
                left = failure.left();
                pauseFor(opened, backoff);
                backoff = longer(backoff);
                if (!lost.isEmpty()) {
                    left = left.stream()
                            .filter(item -> !lost.contains(item.partition()))
                            .toList();
                }
            }
        }
        return false;
    }

    /** Keeps the place in the group while nothing can be applied: paused partitions return no records. */
    private void pauseFor(Consumer<byte[], byte[]> opened, Duration backoff) {
        retrying = true;
        opened.pause(opened.assignment());
        long until = System.nanoTime() + backoff.toNanos();
        do {
            long millis = Math.clamp((until - System.nanoTime()) / 1_000_000, 1, 1_000);
            ConsumerRecords<byte[], byte[]> none = opened.poll(Duration.ofMillis(millis));
            if (!none.isEmpty()) {
                throw new IllegalStateException("a paused partition returned records");
            }
        } while (running && System.nanoTime() < until);
    }

    private void resume(Consumer<byte[], byte[]> opened) {
        if (retrying) {
            opened.resume(opened.paused());
            retrying = false;
            waiting = false;
            LOG.infof("%s: goes on", name);
        }
    }

    private void commit(Consumer<byte[], byte[]> opened) {
        uncommitted = false;
        committedAt = System.nanoTime();
        if (applied.isEmpty()) {
            return;
        }
        opened.commitAsync(Map.copyOf(applied), (_, failure) -> {
            if (failure != null) {
                // The next commit, at the latest when nothing comes any more, covers these offsets too; until then a
                // crash would deliver them again.
                uncommitted = true;
                LOG.debugf("%s: offsets not committed: %s", name, failure.toString());
            }
        });
    }

    private void noteNewest(ConsumerRecords<byte[], byte[]> records) {
        long newest = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            newest = Math.max(newest, record.timestamp());
        }
        newestApplied = Instant.ofEpochMilli(newest);
    }

    private static long currentLag(Consumer<byte[], byte[]> opened) {
        long sum = 0;
        for (TopicPartition partition : opened.assignment()) {
            sum += opened.currentLag(partition).orElse(0);
        }
        return sum;
    }

    private Duration longer(Duration backoff) {
        Duration doubled = backoff.multipliedBy(2);
        return doubled.compareTo(config.longestBackoff()) > 0 ? config.longestBackoff() : doubled;
    }

    /** Waits after a failure, ever longer while they follow one another. */
    private void backOff(long began) {
        boolean again = System.nanoTime() - began < STEADY.toNanos();
        reopening = again && reopening != null ? longer(reopening) : config.firstBackoff();
        sleep(reopening);
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private static String describe(Throwable failure) {
        String state = Failures.sqlState(failure);
        return failure.getClass().getSimpleName() + (state == null ? "" : " " + state);
    }

    /** Thrown when a batch, or what is left of it, can't be applied now but may be later. */
    static final class TransientFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<BatchApplier.Item> left;

        TransientFailure(Exception cause, List<BatchApplier.Item> left) {
            super(cause);
            this.left = left;
        }

        List<BatchApplier.Item> left() {
            return left;
        }

        @Override
        public synchronized Throwable getCause() {
            Throwable cause = super.getCause();
            return cause == null ? this : cause;
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> opened;

        Rebalances(Consumer<byte[], byte[]> opened) {
            this.opened = opened;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                if (!applied.isEmpty()) {
                    opened.commitSync(Map.copyOf(applied), Duration.ofSeconds(5));
                }
            } catch (CommitFailedException
                    | RebalanceInProgressException
                    | org.apache.kafka.common.errors.TimeoutException late) {
                LOG.debugf("%s: offsets of revoked partitions not committed: %s", name, late.toString());
            }
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (retrying) {
                opened.pause(partitions);
            }
        }

        private void forget(Collection<TopicPartition> partitions) {
            lost.addAll(partitions);
            applied.keySet().removeAll(partitions);
        }
    }
}
