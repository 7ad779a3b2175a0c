package dev.devmentor.learning;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the newest spans that ended, instead of sending them to a collector. */
@Singleton
public class SpanMemory implements SpanProcessor {
    private static final int MOST = 5_000;
    private final Deque<SpanData> ended = new ArrayDeque<>();

    /** The spans of a trace, in the order in which they ended. */
    public synchronized List<SpanData> of(String traceId) {
        return ended.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
    }

    /** Spans kept with this name. */
    public synchronized List<SpanData> named(String name) {
        return ended.stream().filter(span -> span.getName().equals(name)).toList();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only spans that ended count.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public synchronized void onEnd(ReadableSpan span) {
        ended.addLast(span.toSpanData());
        if (ended.size() > MOST) {
            ended.removeFirst();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
