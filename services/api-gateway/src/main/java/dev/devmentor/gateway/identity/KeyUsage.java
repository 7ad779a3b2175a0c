package dev.devmentor.gateway.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests and errors (answers of 400 and above) by API key and minute, and reports them to the auth service: the numbers of a minute so
 * far, so that a report that is sent twice counts once. What could not be reported is kept and reported later, within bounds.
 */
@Singleton
class KeyUsage {
    private static final Logger LOG = Logger.getLogger(KeyUsage.class);
    private static final int MOST_KEPT = 20_000;
    private static final int MOST_SENT = 500;
    private static final long TOKEN_RESERVE_MILLIS = 60_000;

    private final Vertx vertx;
    private final IssuerClient issuer;
    private final IdentityConfig config;
    private final Clock clock;
    private final Context context;
    private final Counter lost;
    private final Map<Of, Counts> counts = new ConcurrentHashMap<>();
    private final String instance = UUID.randomUUID().toString();
    private long timer = -1;

    // The rest belongs to the context.
    private boolean isSending;
    private @Nullable String token;
    private long tokenUntilMillis;

    private record Of(String keyId, long minute) {}

    private static final class Counts {
        private final LongAdder requests = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private long reported;
    }

    private record Line(Of of, Counts counts, long requests, long errors) {
        JsonObject json() {
            return new JsonObject()
                    .put("key_id", of.keyId())
                    .put("minute", Instant.ofEpochSecond(of.minute() * 60).toString())
                    .put("requests", requests)
                    .put("errors", errors);
        }
    }

    KeyUsage(Vertx vertx, IssuerClient issuer, IdentityConfig config, Clock clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.issuer = issuer;
        this.config = config;
        this.clock = clock;
        this.context = vertx.getOrCreateContext();
        this.lost = Counter.builder("devmentor.gateway.key.usage.lost")
                .description("Requests with a key that were not reported, because too many reports waited")
                .register(registry);
        Gauge.builder("devmentor.gateway.key.usage.waiting", counts, Map::size)
                .description("Minutes of keys that are not reported yet")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    void start() {
        if (config.clientSecret().isPresent()) {
            timer = vertx.setPeriodic(
                    config.usageInterval().toMillis(), ignored -> context.runOnContext(here -> send()));
        }
    }

    /** The last report; the service does not wait for it. */
    void stop() {
        vertx.cancelTimer(timer);
        if (config.clientSecret().isPresent()) {
            context.runOnContext(ignored -> send());
        }
    }

    /** Counts one answered request. */
    void count(String keyId, boolean isError) {
        Of of = new Of(keyId, minute());
        Counts known = counts.get(of);
        if (known == null) {
            if (counts.size() >= MOST_KEPT) {
                lost.increment();
                return;
            }
            known = counts.computeIfAbsent(of, ignored -> new Counts());
        }
        // In this order: a report may have a request without its error, but never an error without its request.
        known.requests.increment();
        if (isError) {
            known.errors.increment();
        }
    }

    private long minute() {
        return Math.floorDiv(clock.millis(), 60_000);
    }

    private void send() {
        if (isSending) {
            return;
        }
        List<Line> lines = lines();
        if (lines.isEmpty()) {
            return;
        }
        isSending = true;
        JsonArray report = new JsonArray();
        lines.forEach(line -> report.add(line.json()));
        token().compose(bearer -> issuer.usage(bearer, instance, report.toBuffer()))
                .onComplete(result -> context.runOnContext(ignored -> {
                    isSending = false;
                    int status = result.succeeded() ? result.result().status() : 0;
                    if (status / 100 == 2) {
                        lines.forEach(this::reported);
                        if (lines.size() == MOST_SENT) {
                            send();
                        }
                        return;
                    }
                    if (status == 401) {
                        token = null;
                    }
                    LOG.warnf(
                            "the use of API keys could not be reported and waits: %s",
                            result.succeeded()
                                    ? "status " + status
                                    : result.cause().getMessage());
                }));
    }

    /** What has grown since it was reported; forgets what is reported and will not grow any more. */
    private List<Line> lines() {
        long oldest = minute() - 1;
        List<Line> lines = new ArrayList<>();
        for (Iterator<Map.Entry<Of, Counts>> all = counts.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Of, Counts> entry = all.next();
            Counts of = entry.getValue();
            long errors = of.errors.sum();
            long requests = of.requests.sum();
            if (requests + errors > of.reported) {
                if (lines.size() < MOST_SENT) {
                    lines.add(new Line(entry.getKey(), of, requests, errors));
                }
            } else if (entry.getKey().minute() < oldest) {
                all.remove();
            }
        }
        return lines;
    }

    private void reported(Line line) {
        line.counts().reported = line.requests() + line.errors();
    }

    private Future<String> token() {
        String known = token;
        if (known != null && clock.millis() < tokenUntilMillis) {
            return Future.succeededFuture(known);
        }
        return issuer.token(Map.of("grant_type", "client_credentials")).map(answer -> {
            if (answer.status() != 200) {
                throw new IllegalStateException("no token for this gateway: status " + answer.status());
            }
            JsonObject granted = answer.json();
            String fresh = granted.getString("access_token");
            if (fresh == null) {
                throw new IllegalStateException("no token for this gateway: the answer has none");
            }
            token = fresh;
            tokenUntilMillis = clock.millis() + granted.getLong("expires_in", 0L) * 1000 - TOKEN_RESERVE_MILLIS;
            return fresh;
        });
    }
}
