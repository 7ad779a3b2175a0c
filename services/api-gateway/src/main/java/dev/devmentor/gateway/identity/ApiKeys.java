package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.identity.Verification.UnknownKey;
import dev.devmentor.gateway.identity.Verification.Verified;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges API keys for access tokens at the token endpoint. An answer holds for a while, a refusal for a shorter one; of many requests
 * with the same key one asks. While the auth service is away, keys that are known stay good until their token expires.
 */
@Singleton
class ApiKeys {
    /** Begins every key. */
    static final String PREFIX = "dm_";

    private static final Logger LOG = Logger.getLogger(ApiKeys.class);
    private static final String GRANT = "urn:devmentor:oauth:grant-type:api-key";
    private static final int LONGEST = 256;
    private static final int MOST_FLIGHTS = 256;
    private static final int MOST_WAITING = 1000;
    /** How long a known key is not asked for after the auth service did not answer. */
    private static final long OUTAGE_NANOS = Duration.ofSeconds(5).toNanos();

    private final IssuerClient issuer;
    private final TokenVerifier verifier;
    private final SigningKeys signingKeys;
    private final EndedSessions ended;
    private final IdentityConfig config;
    private final Clock clock;
    private final Remembered<Known> known;
    private final Remembered<Long> refused;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();
    private final Counter cachedCount;
    private final Counter exchangedCount;
    private final Counter refusedCount;
    private final Counter unavailableCount;

    /** What a key is good for. */
    sealed interface Outcome {
        /** @param authorization that goes on to the service */
        record Granted(Caller caller, String authorization) implements Outcome {}

        /** There is no such key, or no longer. */
        record Refused() implements Outcome {}

        /** Nobody can tell at the moment. */
        record Unavailable() implements Outcome {}
    }

    private static final class Known {
        private final Outcome.Granted granted;
        private final Verified token;
        /** What the auth service calls the key where it says that it is good no more. */
        private final String ending;

        private volatile long freshUntilNanos;

        Known(Outcome.Granted granted, Verified token, long freshUntilNanos) {
            this.granted = granted;
            this.token = token;
            this.ending = "key:" + granted.caller().keyId();
            this.freshUntilNanos = freshUntilNanos;
        }
    }

    private static final class Flight {
        private final List<Consumer<Outcome>> waiting = new ArrayList<>();
        private boolean hasLanded;

        synchronized boolean takes(Consumer<Outcome> then) {
            return !hasLanded && waiting.size() < MOST_WAITING && waiting.add(then);
        }

        synchronized List<Consumer<Outcome>> land() {
            hasLanded = true;
            return List.copyOf(waiting);
        }
    }

    ApiKeys(
            IssuerClient issuer,
            TokenVerifier verifier,
            SigningKeys signingKeys,
            EndedSessions ended,
            IdentityConfig config,
            Clock clock,
            MeterRegistry registry) {
        this.issuer = issuer;
        this.verifier = verifier;
        this.signingKeys = signingKeys;
        this.ended = ended;
        this.config = config;
        this.clock = clock;
        this.known = new Remembered<>(config.keys());
        this.refused = new Remembered<>(config.keys());
        this.cachedCount = counter(registry, "cached");
        this.exchangedCount = counter(registry, "exchanged");
        this.refusedCount = counter(registry, "refused");
        this.unavailableCount = counter(registry, "unavailable");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("devmentor.gateway.keys")
                .description("Requests with an API key, by what became of it")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Whether keys are accepted at all. */
    boolean areOn() {
        return config.clientSecret().filter(secret -> !secret.isEmpty()).isPresent();
    }

    /** Whether a text looks like a key; what does not is not asked for. */
    static boolean isWellFormed(String key) {
        if (!key.startsWith(PREFIX) || key.length() > LONGEST || key.indexOf('_', PREFIX.length()) < 0) {
            return false;
        }
        for (int i = PREFIX.length(); i < key.length(); i++) {
            if (!isKeyCharacter(key.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKeyCharacter(char c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** What is known of a key without asking; null if that is nothing or too old. */
    Outcome.@Nullable Granted cached(String key) {
        Known there = valid(key);
        return there != null && System.nanoTime() - there.freshUntilNanos < 0 ? there.granted : null;
    }

    /** @param then called once, at once or later, on any thread */
    void find(String key, Consumer<Outcome> then) {
        Known there = valid(key);
        long now = System.nanoTime();
        if (there != null && now - there.freshUntilNanos < 0) {
            cachedCount.increment();
            if (there.freshUntilNanos - now < config.keyCache().toNanos() / 3) {
                // Asked for again before it is too old, so that nobody waits for that.
                join(key, outcome -> {});
            }
            then.accept(there.granted);
            return;
        }
        Long refusedUntil = refused.get(key);
        if (refusedUntil != null && now - refusedUntil < 0) {
            refusedCount.increment();
            then.accept(new Outcome.Refused());
            return;
        }
        join(key, then);
    }

    private @Nullable Known valid(String key) {
        Known there = known.get(key);
        if (there == null) {
            return null;
        }
        String session = there.token.caller().session();
        boolean isGood = clock.millis() < there.token.untilMillis()
                && !there.token.key().isWithdrawn()
                && (session == null || !ended.contains(session))
                && !ended.contains(there.ending);
        return isGood ? there : null;
    }

    private void join(String key, Consumer<Outcome> then) {
        if (flights.size() >= MOST_FLIGHTS && !flights.containsKey(key)) {
            unavailableCount.increment();
            Known there = valid(key);
            then.accept(there != null ? there.granted : new Outcome.Unavailable());
            return;
        }
        Flight mine = new Flight();
        Flight flight = flights.computeIfAbsent(key, ignored -> mine);
        if (!flight.takes(then)) {
            // Too many wait, or it has landed this moment: then what it brought is known.
            Known there = valid(key);
            then.accept(there != null ? there.granted : new Outcome.Unavailable());
        } else if (flight == mine) {
            exchange(key, true, outcome -> landed(key, mine, outcome));
        }
    }

    private void landed(String key, Flight flight, Outcome outcome) {
        Outcome told = outcome;
        switch (outcome) {
            case Outcome.Granted granted -> exchangedCount.increment();
            case Outcome.Refused refusal -> {
                refusedCount.increment();
                Known there = known.get(key);
                if (there != null) {
                    known.remove(key, there);
                }
                refused.put(key, System.nanoTime() + config.refusedKeyCache().toNanos());
            }
            case Outcome.Unavailable unavailable -> {
                unavailableCount.increment();
                Known there = valid(key);
                if (there != null) {
                    there.freshUntilNanos = System.nanoTime() + OUTAGE_NANOS;
                    told = there.granted;
                }
            }
        }
        flights.remove(key, flight);
        for (Consumer<Outcome> each : flight.land()) {
            each.accept(told);
        }
    }

    private void exchange(String key, boolean mayFetch, Consumer<Outcome> then) {
        issuer.token(Map.of("grant_type", GRANT, "api_key", key)).onComplete(result -> {
            if (result.failed()) {
                LOG.warnf(
                        "an API key could not be exchanged: %s", result.cause().getMessage());
                then.accept(new Outcome.Unavailable());
                return;
            }
            JsonObject answer = json(result.result());
            int status = result.result().status();
            if (status == 400 && answer != null && "invalid_grant".equals(answer.getValue("error"))) {
                then.accept(new Outcome.Refused());
            } else if (status == 200 && answer != null) {
                granted(key, answer, mayFetch, then);
            } else {
                LOG.warnf("an API key could not be exchanged: status %d", (Object) status);
                then.accept(new Outcome.Unavailable());
            }
        });
    }

    private void granted(String key, JsonObject answer, boolean mayFetch, Consumer<Outcome> then) {
        if (!(answer.getValue("access_token") instanceof String token)
                || !(answer.getValue("key_id") instanceof String keyId)) {
            LOG.warn("an API key could not be exchanged: the answer has no token");
            then.accept(new Outcome.Unavailable());
            return;
        }
        Verification verification = verifier.verify(token);
        if (verification instanceof Verified verified) {
            Caller of = verified.caller();
            Caller caller = new Caller(
                    Caller.Kind.KEY,
                    of.id(),
                    of.tier(),
                    of.roles(),
                    of.scope(),
                    of.session(),
                    keyId,
                    limit(answer, "per_minute"),
                    limit(answer, "per_day"));
            Outcome.Granted granted = new Outcome.Granted(caller, "Bearer " + token);
            known.put(
                    key,
                    new Known(
                            granted,
                            verified,
                            System.nanoTime() + config.keyCache().toNanos()));
            then.accept(granted);
        } else if (verification instanceof UnknownKey
                && mayFetch
                && signingKeys.fetchFor(() -> granted(key, answer, false, then))) {
            // Goes on once the keys are there.
            return;
        } else {
            LOG.warn("an API key could not be exchanged: the token that came for it is not good");
            then.accept(new Outcome.Unavailable());
        }
    }

    private static int limit(JsonObject answer, String name) {
        return answer.getValue(name) instanceof Number number ? Math.max(0, number.intValue()) : 0;
    }

    private static @Nullable JsonObject json(IssuerClient.Answer answer) {
        try {
            return answer.json();
        } catch (DecodeException e) {
            return null;
        }
    }
}
