package dev.devmentor.kit.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Carries traces over Kafka: producer → topic → consumer → database → outbox → topic. A record without a sampled
 * {@code traceparent} starts no span of its own, so that tracing costs nothing where nobody asked for it.
 */
@ApplicationScoped
public class EventTracing {
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private final boolean enabled;
    private final Tracer tracer;

    EventTracing(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean disabled) {
        this.enabled = !disabled;
        this.tracer = telemetry.getTracer("dev.devmentor.kit");
    }

    /** Whether anything is traced in this process. */
    public boolean enabled() {
        return enabled;
    }

    /** Trace context of a record as it arrived, or null. */
    public static @Nullable String traceparent(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader("traceparent");
        if (header == null) {
            header = record.headers().lastHeader("ce_traceparent");
        }
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** Begins the span of a record's processing; null where the record is not sampled. */
    public @Nullable Span processing(ConsumerRecord<?, ?> record) {
        String traceparent = traceparent(record);
        if (!enabled || traceparent == null) {
            return null;
        }
        Context parent = extract(traceparent);
        if (!Span.fromContext(parent).getSpanContext().isSampled()) {
            return null;
        }
        return tracer.spanBuilder("process " + record.topic())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .startSpan();
    }

    /** Begins the span of the database transaction under each processing span of a batch. */
    public List<Span> transaction(List<Span> processing, int events) {
        return processing.stream()
                .map(span -> tracer.spanBuilder("apply batch")
                        .setParent(Context.root().with(span))
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute("db.system.name", "postgresql")
                        .setAttribute("db.operation.batch.size", events)
                        .startSpan())
                .toList();
    }

    /**
     * Puts a trace into the log lines of this thread, until it is closed; where several records of a batch are traced, that of
     * the first.
     */
    public static Logged logged(List<Span> spans) {
        if (!spans.isEmpty()) {
            SpanContext context = spans.getFirst().getSpanContext();
            MDC.put("traceId", context.getTraceId());
            MDC.put("spanId", context.getSpanId());
        }
        return () -> {
            if (!spans.isEmpty()) {
                MDC.remove("traceId");
                MDC.remove("spanId");
            }
        };
    }

    /** A trace that is in the log lines. */
    @FunctionalInterface
    public interface Logged extends AutoCloseable {
        @Override
        void close();
    }

    /** Ends spans; with an error where there was one. */
    public static void end(List<Span> spans, @Nullable Throwable failure) {
        for (Span span : spans) {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
            }
            span.end();
        }
    }

    /** W3C form of a span's context. */
    public static String traceparent(Span span) {
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }

    /** Trace context of the calling thread's current span, or null. */
    public @Nullable String current() {
        if (!enabled) {
            return null;
        }
        Span span = Span.current();
        return span.getSpanContext().isValid() ? traceparent(span) : null;
    }

    /** Gives a record that carries a sampled context a span for its sending, and the record that span's context. */
    public ProducerRecord<byte[], byte[]> publishing(ProducerRecord<byte[], byte[]> record) {
        if (!enabled) {
            return record;
        }
        Header header = record.headers().lastHeader("traceparent");
        if (header == null) {
            return record;
        }
        Context parent = extract(new String(header.value(), StandardCharsets.US_ASCII));
        if (!Span.fromContext(parent).getSpanContext().isSampled()) {
            return record;
        }
        Span span = tracer.spanBuilder("publish " + record.topic())
                .setParent(parent)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", record.topic())
                .startSpan();
        record.headers().remove("traceparent");
        record.headers().add("traceparent", traceparent(span).getBytes(StandardCharsets.US_ASCII));
        span.end();
        return record;
    }

    private static Context extract(String traceparent) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of("traceparent", traceparent), GETTER);
    }
}
