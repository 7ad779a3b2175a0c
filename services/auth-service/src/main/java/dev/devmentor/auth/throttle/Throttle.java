package dev.devmentor.auth.throttle;

import dev.devmentor.auth.secret.Secrets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Growing delays for those who guess passwords, codes or tokens, and none for those who are only guessed at.
 *
 * <ul>
 *   <li>From one place (an IPv4 address, an IPv6 /64) at one account: 0, 0, 0, 1, 2, 4, 8 … seconds, up to 15 minutes. A
 *       failure is forgotten after 15 minutes.
 *   <li>From one place at whomever: the same, after 30 failures.
 *   <li>A browser that has the cookie of an earlier login ({@link Devices}) is counted by itself, by the first of these rules
 *       alone: whatever others do, from its own address or from a thousand others, never delays it.
 *   <li>From wherever at one account, after 50 failures: whoever has no such cookie has to ask 1 to 5 seconds before each try. It
 *       stays at that: there is no refusal that others could cause and that lasts. A link by mail works all the same, and leaves
 *       the cookie.
 * </ul>
 *
 * <p>Six digits would be found by enough places together, so guesses at a second factor are counted for the account, wherever they come
 * from: 0, 0, 0, 1, 2, 4 … seconds, up to an hour. Only who has the password guesses there; a browser with the cookie is counted by
 * itself here as well, and a recovery code is not six digits.
 *
 * <p>Accounts that do not exist are counted like those that do. An attempt that was let in counts as a failure until it is said
 * how it ended, at most 10 seconds, so that many at once gain nothing.
 *
 * <p>Counted in Redis, for all instances, under keys that say nothing of anybody; without Redis each instance counts for
 * itself. Blocks; not for event loops.
 */
@ApplicationScoped
public class Throttle {
    private static final Logger LOG = Logger.getLogger(Throttle.class);
    private static final int KEY_BYTES = 16;

    /** What is guessed at. */
    public enum Kind {
        /** A person's password, whichever way it is proven. */
        PASSWORD,
        /** Six digits of somebody's app, by who has their password already: counted for the account, wherever from. */
        SECOND_FACTOR,
        /** A code that a device shows. */
        DEVICE_CODE,
        /** A token that was sent by mail, a refresh token, a client's secret, an API key, a recovery code. */
        SECRET,
        /** Mails that a request sends to somebody. Each that is let in counts; nobody needs to say how it ended. */
        MAIL
    }

    private final Secrets secrets;
    private final Devices devices;
    private final Clock clock;
    private final Counts shared;
    private final Counts local;
    private final long retryNanos;
    private final MeterRegistry meters;
    private final Counter alone;
    /** Value of System.nanoTime() from which on Redis is asked again, while it does not answer; 0 while it does. */
    private final AtomicLong askAgainAt = new AtomicLong();

    Throttle(
            ThrottleConfig config,
            Secrets secrets,
            Devices devices,
            Clock clock,
            RedisAPI redis,
            MeterRegistry meters) {
        this.secrets = secrets;
        this.devices = devices;
        this.clock = clock;
        this.shared = new RedisCounts(redis, config.patience());
        this.local = new LocalCounts(config.mostLocal());
        this.retryNanos = config.retry().toNanos();
        this.meters = meters;
        this.alone = Counter.builder("devmentor.throttle.alone")
                .description("Attempts that this instance counted alone because Redis did not answer")
                .register(meters);
    }

    /**
     * Whether an attempt may be made now. Who is let in says afterwards how it ended.
     *
     * @param account whom it is aimed at, known or not, in the form that was typed; null if at nobody in particular
     * @param address from where
     * @param device the value of the cookie that a successful login from this browser has left; null without
     * @return null if it may, otherwise after which time it may
     */
    public @Nullable Duration waitFor(Kind kind, @Nullable String account, String address, @Nullable String device) {
        Attempt attempt = attempt(kind, account, address, device);
        long now = clock.millis();
        long wait = count(counts -> counts.enter(attempt, now));
        if (wait == 0) {
            return null;
        }
        meters.counter("devmentor.throttle.refused", "kind", kind.name().toLowerCase(Locale.ROOT))
                .increment();
        return Duration.ofMillis(wait);
    }

    /** Notes that an attempt failed. */
    public void failed(Kind kind, @Nullable String account, String address, @Nullable String device) {
        note(kind, account, address, device, Counts::failed);
    }

    /** Notes that an attempt succeeded, and that who made it had not guessed before. */
    public void succeeded(Kind kind, String account, String address, @Nullable String device) {
        note(kind, account, address, device, Counts::succeeded);
    }

    /** Notes that an attempt ended well, which says nothing of those before: a code of one's own is no sign that one guesses no others'. */
    public void ended(Kind kind, String account, String address, @Nullable String device) {
        note(kind, account, address, device, Counts::ended);
    }

    /** How an attempt is noted. */
    @FunctionalInterface
    private interface Outcome {
        void note(Counts counts, Attempt attempt, long now);
    }

    private void note(Kind kind, @Nullable String account, String address, @Nullable String device, Outcome outcome) {
        if (kind != Kind.MAIL) {
            Attempt attempt = attempt(kind, account, address, device);
            long now = clock.millis();
            count(counts -> {
                outcome.note(counts, attempt, now);
                return 0;
            });
        }
    }

    /** What was typed, without the differences that make no other account. */
    static String sameAccount(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private Attempt attempt(Kind kind, @Nullable String account, String address, @Nullable String device) {
        boolean holds = kind == Kind.PASSWORD || kind == Kind.SECOND_FACTOR || kind == Kind.DEVICE_CODE;
        Optional<String> known = account == null || device == null ? Optional.empty() : devices.known(account, device);
        if (account != null && known.isPresent()) {
            return new Attempt(
                    counted(kind, "device:" + known.get(), ThrottlePolicy.own(kind)),
                    null,
                    null,
                    holds,
                    kind == Kind.MAIL);
        }
        String whom = account == null ? null : sameAccount(account);
        if (kind == Kind.SECOND_FACTOR) {
            return new Attempt(counted(kind, "own:" + whom, ThrottlePolicy.own(kind)), null, null, holds, false);
        }
        String net = Net.of(address);
        return new Attempt(
                whom == null ? null : counted(kind, "own:" + net + ":" + whom, ThrottlePolicy.own(kind)),
                counted(kind, "net:" + net, ThrottlePolicy.net(kind)),
                whom == null || kind == Kind.MAIL ? null : counted(kind, "account:" + whom, ThrottlePolicy.account()),
                holds,
                kind == Kind.MAIL);
    }

    private Attempt.Counted counted(Kind kind, String what, Rule rule) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        byte[] mac = secrets.mac("throttle", name + ":" + what);
        return new Attempt.Counted(
                "throttle:" + name + ":"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, KEY_BYTES)),
                rule);
    }

    private long count(ToLongFunction<Counts> operation) {
        long again = askAgainAt.get();
        long now = System.nanoTime();
        // While Redis is away one attempt after each pause asks it; the others don't wait for that.
        boolean ask = again == 0 || (now - again >= 0 && askAgainAt.compareAndSet(again, later(now)));
        if (ask) {
            try {
                long result = operation.applyAsLong(shared);
                askAgainAt.set(0);
                return result;
            } catch (RuntimeException away) {
                if (again == 0) {
                    LOG.warnf(
                            "Redis does not answer (%s): this instance counts attempts alone",
                            away.getClass().getSimpleName());
                }
                askAgainAt.set(later(System.nanoTime()));
            }
        }
        alone.increment();
        return operation.applyAsLong(local);
    }

    private long later(long now) {
        long then = now + retryNanos;
        return then == 0 ? 1 : then;
    }
}
