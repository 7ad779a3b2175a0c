package dev.devmentor.gateway.breaker;

import dev.devmentor.gateway.breaker.Breaker.State;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is known of the last tries at one thing, and whether it may be tried now. So many failures in a row open it. When its time is
 * over, one try is let through: if that succeeds it closes, if it fails it opens for twice as long as before. Once it has been closed
 * for the calm time it begins with the short time again.
 *
 * <p>Each try has a ticket that says in which period it began. What a try of an earlier period tells comes too late and is ignored:
 * neither does a slow failure from before the opening open the breaker again, nor does a slow success close it. The one try of a
 * half-open breaker has a period of its own. A try that tells nothing for as long as the breaker opens at first is given up, so
 * that a long stream can't keep it half-open.
 *
 * <p>Lock-free: one immutable value is replaced. Without failures nothing is written at all.
 */
public final class Circuit {
    /** No ticket: the try may not be made. */
    public static final long REFUSED = -1;

    /** One period. */
    private sealed interface Period {
        long number();

        /** Closed. */
        record Closed(long number, int failures, long sinceNanos, long lastOpenNanos) implements Period {}

        /** Open until a time, and then half-open. */
        record Open(long number, long untilNanos, long openNanos) implements Period {}

        /** Half-open, and its one try is under way. */
        record Trying(long number, long giveUpNanos, long openNanos) implements Period {}
    }

    private final LongSupplier nanoClock;
    private final Supplier<BreakerTimes> times;
    private final AtomicReference<Period> period;

    /** A closed one. */
    public Circuit(LongSupplier nanoClock, Supplier<BreakerTimes> times) {
        this.nanoClock = nanoClock;
        this.times = times;
        period = new AtomicReference<>(new Period.Closed(0, 0, nanoClock.getAsLong(), 0));
    }

    /** A ticket for a try, or {@link #REFUSED}. Each ticket is given back once. */
    public long tryAcquire() {
        while (true) {
            Period now = now();
            if (now instanceof Period.Closed) {
                return now.number();
            }
            long time = nanoClock.getAsLong();
            if (!mayTry(now, time)) {
                return REFUSED;
            }
            Period next = new Period.Trying(
                    now.number() + 1, time + times.get().open().toNanos(), openNanos(now));
            if (period.compareAndSet(now, next)) {
                return next.number();
            }
        }
    }

    /** The try of this ticket succeeded. */
    public void succeeded(long ticket) {
        while (true) {
            Period now = now();
            if (now.number() != ticket) {
                return;
            }
            Period next;
            switch (now) {
                case Period.Closed closed
                when closed.failures == 0 -> {
                    return;
                }
                case Period.Closed closed ->
                    next = new Period.Closed(closed.number, 0, closed.sinceNanos, closed.lastOpenNanos);
                case Period.Trying trying ->
                    next = new Period.Closed(trying.number + 1, 0, nanoClock.getAsLong(), trying.openNanos);
                case Period.Open open -> {
                    return;
                }
            }
            if (period.compareAndSet(now, next)) {
                return;
            }
        }
    }

    /** The try of this ticket failed. */
    public void failed(long ticket) {
        while (true) {
            Period now = now();
            if (now.number() != ticket) {
                return;
            }
            BreakerTimes set = times.get();
            Period next;
            switch (now) {
                case Period.Closed closed -> {
                    if (closed.failures + 1 < set.failures()) {
                        next = new Period.Closed(
                                closed.number, closed.failures + 1, closed.sinceNanos, closed.lastOpenNanos);
                    } else {
                        long time = nanoClock.getAsLong();
                        boolean calm = closed.lastOpenNanos == 0
                                || time - closed.sinceNanos >= set.calm().toNanos();
                        next = open(closed.number, time, calm ? 0 : closed.lastOpenNanos, set);
                    }
                }
                case Period.Trying trying -> next = open(trying.number, nanoClock.getAsLong(), trying.openNanos, set);
                case Period.Open open -> {
                    return;
                }
            }
            if (period.compareAndSet(now, next)) {
                return;
            }
        }
    }

    /** The try of this ticket told nothing. If it was the one of a half-open breaker, another one may be made. */
    public void abandoned(long ticket) {
        Period now = now();
        if (now.number() == ticket && now instanceof Period.Trying trying) {
            // Open, with its time over.
            Period next = new Period.Open(trying.number + 1, nanoClock.getAsLong(), trying.openNanos);
            period.compareAndSet(now, next);
        }
    }

    /** Whether a try could be made now. Another thread may be faster. */
    public boolean mayTry() {
        Period now = now();
        return now instanceof Period.Closed || mayTry(now, nanoClock.getAsLong());
    }

    /** What it does now. */
    public State state() {
        Period now = now();
        return switch (now) {
            case Period.Closed closed -> State.CLOSED;
            case Period.Trying trying -> State.HALF_OPEN;
            case Period.Open open -> nanoClock.getAsLong() - open.untilNanos >= 0 ? State.HALF_OPEN : State.OPEN;
        };
    }

    /** Seconds until the next try, at least 1. */
    public long retryAfterSeconds() {
        Period now = now();
        long until = switch (now) {
            case Period.Closed closed -> 0;
            case Period.Trying trying -> trying.giveUpNanos - nanoClock.getAsLong();
            case Period.Open open -> open.untilNanos - nanoClock.getAsLong();
        };
        long second = TimeUnit.SECONDS.toNanos(1);
        return Math.max(1, Math.ceilDiv(until, second));
    }

    private Period now() {
        return Objects.requireNonNull(period.get());
    }

    private static Period.Open open(long number, long time, long before, BreakerTimes set) {
        long nanos = before == 0
                ? set.open().toNanos()
                : Math.min(
                        Math.max(2 * before, set.open().toNanos()),
                        set.longest().toNanos());
        return new Period.Open(number + 1, time + nanos, nanos);
    }

    private static boolean mayTry(Period now, long time) {
        return switch (now) {
            case Period.Closed closed -> true;
            case Period.Trying trying -> time - trying.giveUpNanos >= 0;
            case Period.Open open -> time - open.untilNanos >= 0;
        };
    }

    private static long openNanos(Period now) {
        return switch (now) {
            case Period.Closed closed -> 0;
            case Period.Trying trying -> trying.openNanos;
            case Period.Open open -> open.openNanos;
        };
    }
}
