package dev.devmentor.gateway.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens with every request. The registry's own counters go through each registry behind them and look for a trace to
 * keep as an exemplar, at each step; this one is read when somebody looks.
 */
public final class RequestCounter {
    private final LongAdder count = new LongAdder();

    private RequestCounter() {}

    /** @param tags names and values in turn */
    public static RequestCounter of(MeterRegistry registry, String name, String description, String... tags) {
        RequestCounter counter = new RequestCounter();
        FunctionCounter.builder(name, counter.count, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry);
        return counter;
    }

    public void increment() {
        count.increment();
    }
}
