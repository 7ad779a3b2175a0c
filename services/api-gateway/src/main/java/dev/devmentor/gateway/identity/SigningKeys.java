package dev.devmentor.gateway.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys. Fetched in the background from the start, again and again, and at once when a token names one that is not known; never more
 * than one fetch at a time, nor more often than the configured interval. While the issuer is down those that are known stay.
 */
@Singleton
class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final int MOST_WAITING = 2000;
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long LONGEST_RETRY_MILLIS = 10_000;

    private final Vertx vertx;
    private final IssuerClient issuer;
    private final IdentityConfig config;
    private final Counter fetched;
    private final Counter failed;
    private final Context context;
    private volatile Map<String, SigningKey> keys = Map.of();

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean isFetching;
    private boolean isStopped;
    private long lastFetchNanos;
    private boolean hasFetched;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private long timer = -1;

    SigningKeys(Vertx vertx, IssuerClient issuer, IdentityConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.issuer = issuer;
        this.config = config;
        this.context = vertx.getOrCreateContext();
        this.fetched = counter(registry, "ok");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("devmentor.gateway.jwks.fetches")
                .description("Fetches of the issuer's keys")
                .tag("outcome", outcome)
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    void start() {
        fetchFor(() -> {});
    }

    synchronized void stop() {
        isStopped = true;
        vertx.cancelTimer(timer);
    }

    /** The key of that id, if it is known. */
    @Nullable SigningKey find(String id) {
        return keys.get(id);
    }

    /** Whether no key is known at all: the issuer has not been reached yet. */
    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Fetches the keys, if that is allowed now.
     *
     * @param done called on any thread once they are there, or could not be fetched
     * @return false if nothing will be fetched, and {@code done} not be called: the last fetch is too recent, or too many wait
     */
    synchronized boolean fetchFor(Runnable done) {
        if (isStopped || waiting.size() >= MOST_WAITING) {
            return false;
        }
        if (!isFetching) {
            if (hasFetched
                    && System.nanoTime() - lastFetchNanos
                            < config.fetchInterval().toNanos()) {
                return false;
            }
            isFetching = true;
            hasFetched = true;
            lastFetchNanos = System.nanoTime();
            vertx.cancelTimer(timer);
            context.runOnContext(ignored -> fetch());
        }
        waiting.add(done);
        return true;
    }

    private void fetch() {
        issuer.endpoints()
                .compose(found -> issuer.get(found.jwks()))
                .map(answer -> {
                    if (answer.status() != 200) {
                        throw new IllegalStateException("the keys were answered with " + answer.status());
                    }
                    Map<String, RSAPublicKey> read = KeySet.read(answer.json());
                    if (read.isEmpty()) {
                        throw new IllegalStateException("the issuer publishes no RSA key for signatures");
                    }
                    return read;
                })
                .onComplete(result -> ended(result.result(), result.cause()));
    }

    private void ended(@Nullable Map<String, RSAPublicKey> read, @Nullable Throwable failure) {
        List<Runnable> done;
        synchronized (this) {
            isFetching = false;
            long next;
            if (read != null) {
                fetched.increment();
                replace(read);
                retryMillis = FIRST_RETRY_MILLIS;
                next = config.refresh().toMillis();
            } else {
                failed.increment();
                issuer.forgetEndpoints();
                LOG.warnf(
                        "the issuer's keys could not be fetched (%d are known): %s",
                        (Object) keys.size(), failure == null ? "no answer" : failure.getMessage());
                next = retryMillis;
                retryMillis = Math.min(LONGEST_RETRY_MILLIS, retryMillis * 2);
            }
            if (!isStopped) {
                timer = vertx.setTimer(
                        Math.max(next, config.fetchInterval().toMillis()), ignored -> fetchFor(() -> {}));
            }
            done = List.copyOf(waiting);
            waiting.clear();
        }
        done.forEach(Runnable::run);
    }

    private void replace(Map<String, RSAPublicKey> read) {
        Map<String, SigningKey> known = keys;
        Map<String, SigningKey> fresh = new HashMap<>();
        read.forEach((id, key) -> {
            SigningKey same = known.get(id);
            fresh.put(id, same != null && same.key().equals(key) ? same : new SigningKey(id, key));
        });
        keys = Map.copyOf(fresh);
        known.forEach((id, key) -> {
            if (fresh.get(id) != key) {
                key.withdraw();
                LOG.infof("the issuer no longer publishes the key %s", id);
            }
        });
    }
}
