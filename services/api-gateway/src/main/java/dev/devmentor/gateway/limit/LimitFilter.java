package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.settings.Limits;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests of routes that have limits. Every counted answer says what is left: {@code RateLimit-Limit}, {@code
 * RateLimit-Remaining} and {@code RateLimit-Reset} (draft-ietf-httpapi-ratelimit-headers-03), and {@code RateLimit} and {@code
 * RateLimit-Policy} as structured fields (the same draft, -10) with the policies {@code minute} and, where a key has a quota, {@code
 * day}. The three older ones tell of whichever has less left. A reset is in seconds, rounded up, until one more request than now is left; that of a quota, until the
 * UTC day ends. What is refused is 429 with {@code Retry-After}.
 */
@Singleton
class LimitFilter implements Filter {
    private static final int CACHED_NUMBERS = 1024;
    private static final String[] NUMBERS = new String[CACHED_NUMBERS];

    static {
        for (int i = 0; i < CACHED_NUMBERS; i++) {
            NUMBERS[i] = Integer.toString(i);
        }
    }

    private final RateLimiter limiter;
    private final Limits limits;
    /** Texts of policies without a quota; there are as many as limits of tiers and keys. */
    private final Map<Integer, String> policies = new ConcurrentHashMap<>();

    LimitFilter(RateLimiter limiter, Limits limits) {
        this.limiter = limiter;
        this.limits = limits;
    }

    @Override
    public Stage stage() {
        return Stage.LIMIT;
    }

    @Override
    public void apply(Exchange exchange) {
        Callers callers = limiter.callers();
        Route.Limits counted = exchange.route().limits();
        if (counted == Route.Limits.NONE) {
            exchange.proceed();
        } else if (counted == Route.Limits.AUTH) {
            Slot slot = callers.authAddress(Addresses.counted(exchange.clientAddress()));
            limiter.check(slot, Math.max(0, limits.authPerMinute()), null, 0, new Counting(exchange));
        } else {
            Caller caller = exchange.caller();
            String keyId = caller.keyId();
            Slot slot;
            int limit;
            if (!caller.isKnown()) {
                slot = callers.address(Addresses.counted(exchange.clientAddress()));
                limit = limits.perMinute("anonymous");
            } else if (keyId != null && caller.perMinute() > 0) {
                slot = callers.key(keyId);
                limit = caller.perMinute();
            } else {
                slot = callers.user(caller.id());
                limit = limits.perMinute(caller.tier());
            }
            DayQuota quota = keyId != null && caller.perDay() > 0 ? callers.quota(keyId) : null;
            limiter.check(slot, Math.max(0, limit), quota, quota == null ? 0 : caller.perDay(), new Counting(exchange));
        }
    }

    /** A request while it is counted. */
    private final class Counting extends Check implements Runnable {
        private final Exchange exchange;
        private final @Nullable ContextInternal context;
        private @Nullable Decision decision;

        Counting(Exchange exchange) {
            this.exchange = exchange;
            this.context = ContextInternal.current();
        }

        @Override
        void decided(Decision made) {
            decision = made;
            ContextInternal of = context;
            if (of == null || of == ContextInternal.current()) {
                run();
            } else {
                of.dispatch(this);
            }
        }

        @Override
        public void run() {
            Decision made = decision;
            if (made != null && !exchange.isEnded()) {
                answer(exchange, made);
            }
        }
    }

    private void answer(Exchange exchange, Decision decision) {
        long minuteReset = seconds(decision.moreMillis());
        if (decision.perDay() == 0) {
            headers(exchange, decision.limit(), decision.left(), minuteReset);
            exchange.answerHeader("RateLimit-Policy", policy(decision.limit()));
            exchange.answerHeader("RateLimit", "\"minute\";r=" + decision.left() + ";t=" + minuteReset);
        } else {
            long dayReset = seconds(decision.dayMillis());
            if (decision.dayLeft() < decision.left()) {
                headers(exchange, decision.perDay(), decision.dayLeft(), dayReset);
            } else {
                headers(exchange, decision.limit(), decision.left(), minuteReset);
            }
            exchange.answerHeader(
                    "RateLimit-Policy", policy(decision.limit()) + ", \"day\";q=" + decision.perDay() + ";w=86400");
            exchange.answerHeader(
                    "RateLimit",
                    "\"minute\";r=" + decision.left() + ";t=" + minuteReset + ", \"day\";r=" + decision.dayLeft()
                            + ";t=" + dayReset);
        }
        if (decision.allowed()) {
            exchange.proceed();
        } else {
            boolean byDay = decision.dayIsUsedUp();
            limiter.metrics().refused(byDay);
            String detail = byDay
                    ? "the key's quota of " + decision.perDay() + " requests a day is used up"
                    : "the limit of " + decision.limit() + " requests a minute is used up";
            exchange.refuse(GatewayProblem.tooMany(Math.max(1, seconds(decision.waitMillis())), detail));
        }
    }

    private static void headers(Exchange exchange, int limit, int left, long reset) {
        exchange.answerHeader("RateLimit-Limit", number(limit));
        exchange.answerHeader("RateLimit-Remaining", number(left));
        exchange.answerHeader("RateLimit-Reset", number((int) reset));
    }

    private String policy(int limit) {
        String known = policies.get(limit);
        if (known == null) {
            known = "\"minute\";q=" + limit + ";w=60";
            if (policies.size() < CACHED_NUMBERS) {
                policies.put(limit, known);
            }
        }
        return known;
    }

    private static String number(int value) {
        return value < CACHED_NUMBERS ? NUMBERS[value] : Integer.toString(value);
    }

    private static long seconds(long millis) {
        return (millis + 999) / 1000;
    }
}
