package dev.devmentor.kit.consume;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.Reason;
import dev.devmentor.kit.consume.Lane.TransientFailure;
import dev.devmentor.kit.deadletter.DeadLetters;
import dev.devmentor.kit.telemetry.EventMetrics;
import dev.devmentor.kit.telemetry.EventTracing;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import io.opentelemetry.api.trace.Span;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records and applies them as one transaction. A failure that may pass is handed back; one that lasts is found
 * by halving, so that one bad event costs itself alone. Used by one thread.
 */
final class BatchApplier {
    private static final Logger LOG = Logger.getLogger(BatchApplier.class);

    private final Map<String, EventHandler<?>> handlersByTopic;
    private final List<EventHandler<?>> handlers;
    private final EventDecoder decoder;
    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final EventTracing tracing;
    private final EventMetrics metrics;
    private final Duration maxAhead;
    private final Clock clock;

    BatchApplier(
            Map<String, EventHandler<?>> handlersByTopic,
            List<EventHandler<?>> handlers,
            EventDecoder decoder,
            Transactions transactions,
            DeadLetters deadLetters,
            EventTracing tracing,
            EventMetrics metrics,
            Duration maxAhead,
            Clock clock) {
        this.handlersByTopic = handlersByTopic;
        this.handlers = handlers;
        this.decoder = decoder;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.tracing = tracing;
        this.metrics = metrics;
        this.maxAhead = maxAhead;
        this.clock = clock;
    }

    /**
     * A record and what it was decoded to: an event, or the reason against it.
     *
     * @param span the span of its processing where the record is sampled
     */
    record Item(
            ConsumerRecord<byte[], byte[]> raw,
            EventHandler<?> handler,
            @Nullable Received<?> received,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable Span span) {
        TopicPartition partition() {
            return new TopicPartition(raw.topic(), raw.partition());
        }

        Item rejectedBecause(Reason why, String what) {
            return new Item(raw, handler, null, why, what, span);
        }
    }

    List<Item> decode(ConsumerRecords<byte[], byte[]> records) {
        Instant now = clock.instant();
        List<Item> items = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            EventHandler<?> handler = Objects.requireNonNull(handlersByTopic.get(record.topic()), record.topic());
            items.add(decode(record, handler, now));
        }
        return items;
    }

    private <T> Item decode(ConsumerRecord<byte[], byte[]> record, EventHandler<T> handler, Instant now) {
        Span span = tracing.enabled() ? tracing.processing(record) : null;
        Decoded<T> decoded = decoder.decode(
                handler.type(),
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                },
                record.value());
        return switch (decoded) {
            case Decoded.Rejected<T>(Reason reason, String detail) ->
                new Item(record, handler, null, reason, detail, span);
            case Decoded.Accepted<T>(Event<T> event) -> {
                if (handler.occurredAt(event.data()).isAfter(now.plus(maxAhead))) {
                    yield new Item(
                            record,
                            handler,
                            null,
                            Reason.TIME_IN_FUTURE,
                            "event time is more than " + maxAhead + " ahead of receipt",
                            span);
                }
                String traceparent = span == null ? EventTracing.traceparent(record) : EventTracing.traceparent(span);
                yield new Item(record, handler, new Received<>(event, record, now, traceparent), null, null, span);
            }
        };
    }

    /**
     * Applies all items: those of one type of event in one transaction, if none of them fails for good. Types are apart so
     * that every transaction takes its locks once, in one order.
     */
    void apply(List<Item> items) throws TransientFailure {
        Map<EventHandler<?>, List<Item>> byHandler = new HashMap<>();
        for (Item item : items) {
            byHandler.computeIfAbsent(item.handler(), _ -> new ArrayList<>()).add(item);
        }
        List<Item> left = new ArrayList<>();
        TransientFailure failure = null;
        for (EventHandler<?> handler : handlers) {
            List<Item> ofHandler = byHandler.get(handler);
            if (ofHandler == null) {
                continue;
            }
            if (failure != null) {
                left.addAll(ofHandler);
                continue;
            }
            try {
                applyTogether(ofHandler);
            } catch (TransientFailure later) {
                failure = later;
                left.addAll(later.left());
            }
        }
        if (failure != null) {
            throw new TransientFailure((Exception) failure.getCause(), left);
        }
    }

    private void applyTogether(List<Item> items) throws TransientFailure {
        List<Span> spans = spans(items);
        List<Span> databaseSpans = spans.isEmpty() ? List.of() : tracing.transaction(spans, items.size());
        try (EventTracing.Logged _ = EventTracing.logged(spans)) {
            applyTraced(items, spans, databaseSpans);
        }
    }

    private void applyTraced(List<Item> items, List<Span> spans, List<Span> databaseSpans) throws TransientFailure {
        try {
            transactions.run(work -> {
                applyIn(work, items);
                return items.size();
            });
            EventTracing.end(databaseSpans, null);
            EventTracing.end(spans, null);
        } catch (SQLException | RuntimeException failure) {
            EventTracing.end(databaseSpans, failure);
            if (Failures.isTransient(failure)) {
                throw new TransientFailure(failure, items);
            }
            narrowDown(items, failure);
        }
    }

    private void narrowDown(List<Item> items, Exception failure) throws TransientFailure {
        if (items.size() == 1) {
            Item poison = items.getFirst();
            if (poison.reason() != null) {
                // Not even its dead letter could be written: nothing of the record is to blame.
                throw new TransientFailure(failure, items);
            }
            LOG.warnf(
                    failure,
                    "%s-%d@%d cannot be applied and goes to the dead letters",
                    poison.raw().topic(),
                    poison.raw().partition(),
                    poison.raw().offset());
            String state = Failures.sqlState(failure);
            try {
                applyTogether(List.of(poison.rejectedBecause(
                        Reason.PROCESSING_FAILED,
                        failure.getClass().getSimpleName() + (state == null ? "" : " SQLSTATE " + state))));
            } catch (TransientFailure later) {
                // Perhaps the record was never to blame: it gets its chance again, not only its dead letter.
                throw new TransientFailure((Exception) later.getCause(), items);
            }
            return;
        }
        List<Item> left = items.subList(0, items.size() / 2);
        List<Item> right = items.subList(items.size() / 2, items.size());
        try {
            applyTogether(left);
        } catch (TransientFailure later) {
            List<Item> both = new ArrayList<>(later.left());
            both.addAll(right);
            throw new TransientFailure((Exception) later.getCause(), both);
        }
        applyTogether(right);
    }

    private void applyIn(UnitOfWork work, List<Item> items) throws SQLException {
        EventHandler<?> handler = items.getFirst().handler();
        List<Received<?>> events = new ArrayList<>(items.size());
        Item firstBad = null;
        for (Item item : items) {
            if (item.received() != null) {
                events.add(item.received());
            } else {
                firstBad = firstBad == null ? item : firstBad;
                sendDeadLetter(
                        work,
                        item.raw(),
                        handler.type().name(),
                        Objects.requireNonNull(item.reason()),
                        Objects.requireNonNullElse(item.detail(), ""));
            }
        }
        if (firstBad != null) {
            LOG.warnf(
                    "%d of %d records go to the dead letters, the first of them %s-%d@%d: %s",
                    items.size() - events.size(),
                    items.size(),
                    firstBad.raw().topic(),
                    firstBad.raw().partition(),
                    firstBad.raw().offset(),
                    Objects.requireNonNull(firstBad.reason()).code());
        }
        if (!events.isEmpty()) {
            applyTo(handler, work, events);
        }
    }

    @SuppressWarnings("unchecked") // the list was filled from this handler's own decoder
    private <T> void applyTo(EventHandler<T> handler, UnitOfWork work, List<Received<?>> events) throws SQLException {
        handler.apply(new Work(work, handler.type().name()), (List<Received<T>>) (List<?>) events);
    }

    private void sendDeadLetter(
            UnitOfWork work, ConsumerRecord<byte[], byte[]> raw, String topic, Reason reason, String detail) {
        work.send(deadLetters.of(raw, topic, reason, detail, clock.instant()));
        work.count(topic, Outcome.DEAD_LETTER, 1);
        work.onCommit(() -> metrics.deadLetter(topic, reason.code()));
    }

    private static List<Span> spans(List<Item> items) {
        List<Span> spans = List.of();
        for (Item item : items) {
            if (item.span() != null) {
                if (spans.isEmpty()) {
                    spans = new ArrayList<>();
                }
                spans.add(item.span());
            }
        }
        return spans;
    }

    private final class Work implements EventHandler.BatchWork {
        private final UnitOfWork unit;
        private final String topic;

        Work(UnitOfWork unit, String topic) {
            this.unit = unit;
            this.topic = topic;
        }

        @Override
        public UnitOfWork unit() {
            return unit;
        }

        @Override
        public void deadLetter(Received<?> event, Reason reason, String detail) {
            sendDeadLetter(unit, event.raw(), topic, reason, detail);
        }
    }
}
