package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.identity.Verification.Reason;
import dev.devmentor.gateway.identity.Verification.Refused;
import dev.devmentor.gateway.identity.Verification.UnknownKey;
import dev.devmentor.gateway.identity.Verification.Verified;
import dev.devmentor.gateway.metric.RequestCounter;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: by {@code Authorization: Bearer} with an access token, or an API key there or in {@code X-API-Key}. A key goes no further: the
 * service gets an access token in its place. On open routes nothing is refused and nobody waits: the caller is known if the token is good and
 * nobody if not, and {@code Authorization} goes on as it came unless it holds a key.
 */
@Singleton
class AuthenticateFilter implements Filter {
    private static final CharSequence AUTHORIZATION = HttpHeaders.AUTHORIZATION;
    private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-API-Key");
    private static final String BEARER = "Bearer ";

    private static final GatewayProblem TWICE =
            GatewayProblem.malformed("a request shows at most one token or API key");
    private static final GatewayProblem OTHER_SCHEME =
            GatewayProblem.unauthorized("an access token (Authorization: Bearer) is needed here");
    private static final GatewayProblem NO_KEYS = invalid("API keys are not accepted here");
    private static final GatewayProblem BAD_KEY = invalid("the API key is not valid");
    private static final GatewayProblem CANNOT_CHECK =
            GatewayProblem.unavailable(2, "who calls cannot be checked at the moment");
    private static final Map<Reason, GatewayProblem> BAD_TOKEN = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) {
            BAD_TOKEN.put(reason, invalid(reason.detail()));
        }
    }

    private final TokenVerifier verifier;
    private final SigningKeys signingKeys;
    private final EndedSessions ended;
    private final ApiKeys apiKeys;
    private final KeyUsage usage;
    private final Clock clock;
    private final Remembered<Verified> verified;
    private final RequestCounter cachedCount;
    private final RequestCounter verifiedCount;
    private final RequestCounter refusedCount;

    AuthenticateFilter(
            TokenVerifier verifier,
            SigningKeys signingKeys,
            EndedSessions ended,
            ApiKeys apiKeys,
            KeyUsage usage,
            IdentityConfig config,
            Clock clock,
            MeterRegistry registry) {
        this.verifier = verifier;
        this.signingKeys = signingKeys;
        this.ended = ended;
        this.apiKeys = apiKeys;
        this.usage = usage;
        this.clock = clock;
        this.verified = new Remembered<>(config.tokens());
        this.cachedCount = counter(registry, "cached");
        this.verifiedCount = counter(registry, "verified");
        this.refusedCount = counter(registry, "refused");
    }

    private static RequestCounter counter(MeterRegistry registry, String outcome) {
        return RequestCounter.of(
                registry,
                "devmentor.gateway.tokens",
                "Requests with an access token, by what became of it",
                "outcome",
                outcome);
    }

    /** RFC 6750, 3. */
    private static GatewayProblem invalid(String detail) {
        return new GatewayProblem(
                "unauthorized",
                "Not authenticated",
                401,
                detail,
                Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"" + detail + '"'));
    }

    @Override
    public Stage stage() {
        return Stage.AUTHENTICATE;
    }

    @Override
    public void apply(Exchange exchange) {
        MultiMap headers = exchange.request().headers();
        List<String> authorizations = headers.getAll(AUTHORIZATION);
        String keyHeader = headers.get(API_KEY);
        boolean isOpen = exchange.route().access() == Route.Access.OPEN;
        if (authorizations.size() > 1) {
            exchange.refuse(TWICE);
        } else if (keyHeader != null) {
            boolean isAlone =
                    authorizations.isEmpty() && headers.getAll(API_KEY).size() == 1;
            headers.remove(API_KEY);
            if (isOpen) {
                openWithKey(exchange, isAlone ? keyHeader : null, authorizations);
            } else if (isAlone) {
                key(exchange, keyHeader);
            } else {
                exchange.refuse(TWICE);
            }
        } else if (authorizations.isEmpty()) {
            exchange.proceed();
        } else {
            authorization(exchange, authorizations.getFirst(), isOpen, headers);
        }
    }

    private void openWithKey(Exchange exchange, @Nullable String key, List<String> authorizations) {
        if (key != null) {
            known(exchange, apiKeys.cached(key));
        } else if (!authorizations.isEmpty()) {
            known(exchange, authorizations.getFirst());
        }
        exchange.proceed();
    }

    private void authorization(Exchange exchange, String value, boolean isOpen, MultiMap headers) {
        Verified there = verified.get(value);
        if (there != null && isGood(there)) {
            cachedCount.increment();
            exchange.caller(there.caller());
            exchange.proceed();
            return;
        }
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            if (isOpen) {
                exchange.proceed();
            } else {
                exchange.refuse(OTHER_SCHEME);
            }
        } else if (value.startsWith(ApiKeys.PREFIX, BEARER.length())) {
            String key = value.substring(BEARER.length());
            if (isOpen) {
                headers.remove(AUTHORIZATION);
                known(exchange, apiKeys.cached(key));
                exchange.proceed();
            } else {
                key(exchange, key);
            }
        } else if (isOpen) {
            known(exchange, value);
            exchange.proceed();
        } else {
            token(exchange, value, true);
        }
    }

    private boolean isGood(Verified token) {
        String session = token.caller().session();
        return clock.millis() < token.untilMillis()
                && !token.key().isWithdrawn()
                && (session == null || !ended.contains(session));
    }

    private void token(Exchange exchange, String value, boolean mayFetch) {
        Verification verification = verify(value);
        switch (verification) {
            case Verified good -> {
                exchange.caller(good.caller());
                exchange.proceed();
            }
            case Refused bad -> refuse(exchange, bad.reason());
            case UnknownKey unknown -> {
                boolean waits = mayFetch
                        && signingKeys.fetchFor(() -> exchange.onEventLoop(() -> token(exchange, value, false)));
                if (!waits && signingKeys.isEmpty()) {
                    // The token may be good: nobody is told to log in again because the issuer is away.
                    exchange.refuse(CANNOT_CHECK);
                } else if (!waits) {
                    refuse(exchange, Reason.KEY);
                }
            }
        }
    }

    private void refuse(Exchange exchange, Reason reason) {
        refusedCount.increment();
        GatewayProblem problem = BAD_TOKEN.get(reason);
        exchange.refuse(problem == null ? OTHER_SCHEME : problem);
    }

    /** Of an open route: known if that can be told at once. */
    private void known(Exchange exchange, String value) {
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length()) && verify(value) instanceof Verified good) {
            exchange.caller(good.caller());
        }
    }

    private void known(Exchange exchange, ApiKeys.Outcome.@Nullable Granted granted) {
        if (granted != null) {
            grant(exchange, granted);
        }
    }

    private Verification verify(String value) {
        Verification verification = verifier.verify(value.substring(BEARER.length()));
        if (verification instanceof Verified good) {
            String session = good.caller().session();
            if (session != null && ended.contains(session)) {
                return new Refused(Reason.SESSION_ENDED);
            }
            verifiedCount.increment();
            verified.put(value, good);
        }
        return verification;
    }

    private void key(Exchange exchange, String key) {
        if (!apiKeys.areOn()) {
            exchange.refuse(NO_KEYS);
            return;
        }
        if (!ApiKeys.isWellFormed(key)) {
            exchange.refuse(BAD_KEY);
            return;
        }
        apiKeys.find(
                key,
                outcome -> exchange.onEventLoop(() -> {
                    switch (outcome) {
                        case ApiKeys.Outcome.Granted granted -> {
                            grant(exchange, granted);
                            exchange.proceed();
                        }
                        case ApiKeys.Outcome.Refused refused -> exchange.refuse(BAD_KEY);
                        case ApiKeys.Outcome.Unavailable unavailable -> exchange.refuse(CANNOT_CHECK);
                    }
                }));
    }

    private void grant(Exchange exchange, ApiKeys.Outcome.Granted granted) {
        Caller caller = granted.caller();
        exchange.caller(caller);
        exchange.authorization(granted.authorization());
        String keyId = caller.keyId();
        if (keyId != null) {
            exchange.whenEnded(
                    () -> usage.count(keyId, exchange.request().response().getStatusCode() >= 400));
        }
    }

    /** Tokens that are remembered. */
    int remembered() {
        return verified.size();
    }
}
