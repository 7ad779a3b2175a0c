package dev.devmentor.gateway.shed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DelayLimitTest {
    private static final long MILLI = 1_000_000;

    @Test
    void underThreeTimesTheCapacityOfTheEventLoopWhatIsLetInIsStillAnsweredSoon() {
        Loop loop = new Loop(new DelayLimit(20, 10_000, 50 * MILLI));
        loop.run(500, 10_000);
        assertThat(loop.shed).isZero();
        assertThat(loop.p99()).isLessThan(12 * MILLI);

        loop.run(5000, 20_000);
        loop.run(5000, 20_000);
        assertThat(loop.p99())
                .as("limit %s, answered %s", loop.limit.limit(), loop.latencies.size())
                .isLessThan(250 * MILLI);
        // A refusal costs a tenth of an answer; what is left of the time is enough for three quarters of the capacity
        // of 1667.
        assertThat(loop.latencies.size()).isGreaterThan((int) (0.65 * 1667 * 20));

        loop.run(500, 10_000);
        loop.run(500, 10_000);
        assertThat(loop.shed).isZero();
    }

    @Test
    void withoutItTheSameIsACollapse() {
        Loop loop = new Loop(new DelayLimit(1_000_000, 1_000_000, 50 * MILLI));
        loop.run(5000, 20_000);
        assertThat(loop.p99()).isGreaterThan(5000 * MILLI);
    }

    @Test
    void onePauseIsNoOverload() {
        DelayLimit limit = new DelayLimit(10, 1000, 50 * MILLI);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.tryEnter()).isTrue();
        }
        limit.window(500 * MILLI);
        limit.window(500 * MILLI);
        limit.window(MILLI);
        assertThat(limit.limit()).isEqualTo(1000);
        limit.window(500 * MILLI);
        limit.window(500 * MILLI);
        limit.window(100 * MILLI);
        assertThat(limit.limit()).isEqualTo(50);
        assertThat(limit.tryEnter()).isFalse();
        for (int i = 0; i < 51; i++) {
            limit.leave();
        }
        assertThat(limit.tryEnter()).isTrue();
    }

    @Test
    void neverGoesBelowTheLeast() {
        DelayLimit limit = new DelayLimit(10, 1000, 50 * MILLI);
        for (int i = 0; i < 50; i++) {
            limit.window(500 * MILLI);
        }
        assertThat(limit.limit()).isEqualTo(10);
        assertThat(limit.tryEnter()).isTrue();
        for (int i = 0; i < 200; i++) {
            for (int n = limit.inside(); n < limit.limit(); n++) {
                limit.tryEnter();
            }
            limit.window(MILLI);
        }
        assertThat(limit.limit()).isEqualTo(1000);
    }

    /** One event loop in simulated time: 0.3 ms to take a request in, 5 ms at the service, 0.3 ms for the answer; 0.06 ms to refuse. */
    private static final class Loop {
        private enum Kind {
            REQUEST,
            ANSWER,
            TICK,
            WINDOW
        }

        private record Task(long due, Kind kind, long began) {}

        private final DelayLimit limit;
        private final SplittableRandom random = new SplittableRandom(3);
        private final PriorityQueue<Task> tasks = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
        private final List<Long> latencies = new ArrayList<>();
        private int shed;
        private long now;
        private long shortest = Long.MAX_VALUE;

        Loop(DelayLimit limit) {
            this.limit = limit;
            tasks.add(new Task(20 * MILLI, Kind.TICK, 0));
            tasks.add(new Task(100 * MILLI, Kind.WINDOW, 0));
        }

        void run(double perSecond, int millis) {
            latencies.clear();
            shed = 0;
            long end = now + millis * MILLI;
            for (long at = now; at < end; at += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9)) {
                tasks.add(new Task(at, Kind.REQUEST, at));
            }
            while (now < end) {
                Task task = tasks.remove();
                now = Math.max(now, task.due);
                switch (task.kind) {
                    case REQUEST -> {
                        if (limit.tryEnter()) {
                            now += 300_000;
                            tasks.add(new Task(now + 5 * MILLI, Kind.ANSWER, task.began));
                        } else {
                            now += 60_000;
                            shed++;
                        }
                    }
                    case ANSWER -> {
                        now += 300_000;
                        limit.leave();
                        latencies.add(now - task.began);
                    }
                    case TICK -> {
                        shortest = Math.min(shortest, now - task.due);
                        tasks.add(new Task(now + 20 * MILLI, Kind.TICK, 0));
                    }
                    case WINDOW -> {
                        limit.window(shortest == Long.MAX_VALUE ? 100 * MILLI : shortest);
                        shortest = Long.MAX_VALUE;
                        tasks.add(new Task(now + 100 * MILLI, Kind.WINDOW, 0));
                    }
                }
            }
        }

        long p99() {
            List<Long> sorted = new ArrayList<>(latencies);
            Collections.sort(sorted);
            return sorted.get((int) (sorted.size() * 0.99));
        }
    }
}
