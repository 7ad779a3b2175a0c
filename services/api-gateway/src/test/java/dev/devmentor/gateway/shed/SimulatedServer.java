package dev.devmentor.gateway.shed;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server of so many workers with one queue, and callers who come independently of each other (Poisson) and don't wait for one
 * another, in simulated time. The limit under test stands before it.
 */
final class SimulatedServer {
    /** What happened in a stretch of time. */
    record Stretch(long offered, long shed, long done, double seconds, long[] nanos) {
        double perSecond() {
            return done / seconds;
        }

        /** Latency of those that were let in, in nanoseconds. */
        long p99() {
            return nanos[(int) (nanos.length * 0.99)];
        }
    }

    private record Call(long began, long service) {}

    private record Ending(long at, Call call) {}

    private final int workers;
    private final SplittableRandom random;
    private final DoubleSupplier serviceNanos;
    private final PriorityQueue<Ending> working = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final Deque<Call> queue = new ArrayDeque<>();
    private long now;

    SimulatedServer(int workers, SplittableRandom random, DoubleSupplier serviceNanos) {
        this.workers = workers;
        this.random = random;
        this.serviceNanos = serviceNanos;
    }

    long now() {
        return now;
    }

    Stretch run(@Nullable LatencyLimit limit, double perSecond, double seconds) {
        long end = now + (long) (seconds * 1e9);
        long offered = 0;
        long shed = 0;
        int done = 0;
        long[] nanos = new long[1024];
        long next = now + gap(perSecond);
        while (true) {
            Ending first = working.peek();
            if (first != null && first.at <= Math.min(next, end)) {
                working.poll();
                now = first.at;
                if (limit != null) {
                    limit.leave(first.call.began);
                }
                if (done == nanos.length) {
                    nanos = Arrays.copyOf(nanos, done * 2);
                }
                nanos[done++] = now - first.call.began;
                Call waiting = queue.poll();
                if (waiting != null) {
                    working.add(new Ending(now + waiting.service, waiting));
                }
            } else if (next < end) {
                now = next;
                next = now + gap(perSecond);
                offered++;
                if (limit != null && !limit.tryEnter()) {
                    shed++;
                    continue;
                }
                Call call = new Call(now, Math.max(1, (long) serviceNanos.getAsDouble()));
                if (working.size() < workers) {
                    working.add(new Ending(now + call.service, call));
                } else {
                    queue.add(call);
                }
            } else {
                now = end;
                break;
            }
        }
        long[] all = Arrays.copyOf(nanos, done);
        Arrays.sort(all);
        return new Stretch(offered, shed, done, seconds, all);
    }

    private long gap(double perSecond) {
        return Math.max(1, (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9));
    }
}
