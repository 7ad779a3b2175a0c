package dev.devmentor.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    /** The plainest way: keep the second of each first try and each retry, and count. */
    private static final class Model {
        final List<Long> firsts = new ArrayList<>();
        final List<Long> retries = new ArrayList<>();

        boolean take(long second, int percent, int floor) {
            long first = firsts.stream().filter(s -> s > second - 10).count();
            long made = retries.stream().filter(s -> s > second - 10).count();
            if (made + 1 > first * percent / 100 + floor * 10L) {
                return false;
            }
            retries.add(second);
            return true;
        }
    }

    @Test
    void agreesWithTheModelAtEveryStepOf100000RandomTraces() {
        SplittableRandom random = new SplittableRandom(31);
        int taken = 0;
        int denied = 0;
        for (int trace = 0; trace < 100_000; trace++) {
            long base = random.nextLong();
            long[] nanos = {0};
            RetryBudget budget = new RetryBudget(() -> base + nanos[0]);
            Model model = new Model();
            int percent = random.nextInt(0, 101);
            int floor = random.nextInt(5) == 0 ? 1 : 0;
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> nanos[0] += random.nextLong(random.nextInt(6) == 0 ? 25 * SECOND : 2 * SECOND);
                    case 1, 2, 3 -> {
                        budget.firstTry();
                        model.firsts.add(nanos[0] / SECOND);
                    }
                    default -> {
                        boolean expected = model.take(nanos[0] / SECOND, percent, floor);
                        if (budget.take(percent, floor) != expected) {
                            throw new AssertionError("trace " + trace + ", step " + step + ": expected " + expected);
                        }
                        if (expected) {
                            taken++;
                        } else {
                            denied++;
                        }
                    }
                }
            }
        }
        assertThat(taken).isGreaterThan(100_000);
        assertThat(denied).isGreaterThan(100_000);
    }

    /** All tries fail, and each failure asks for its three retries. */
    @Test
    void underATotalOutageTriesStayWithinElevenTenthsOfTheRequestsAndTheFloor() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trace = 0; trace < 200; trace++) {
            long[] nanos = {0};
            RetryBudget budget = new RetryBudget(() -> nanos[0]);
            int perSecond = random.nextInt(1, 400);
            int seconds = 60;
            long requests = 0;
            long tries = 0;
            long[] dueRetries = new long[seconds + 8];
            for (int second = 0; second < seconds; second++) {
                nanos[0] = second * SECOND;
                for (int i = random.nextInt(perSecond + 1); i > 0; i--) {
                    budget.firstTry();
                    requests++;
                    tries++;
                    if (budget.take(10, 1)) {
                        dueRetries[second + 1]++;
                    }
                }
                for (long i = dueRetries[second]; i > 0; i--) {
                    tries++;
                    if (budget.take(10, 1)) {
                        dueRetries[second + 2]++;
                    }
                }
            }
            assertThat(tries).as("%s requests", requests).isLessThanOrEqualTo(requests + requests / 10 + seconds);
            assertThat(tries).isGreaterThan(requests + requests / 20);
        }
    }

    @Test
    void givesNoMoreThanThereIsToManyThreads() throws Exception {
        AtomicLong nanos = new AtomicLong();
        RetryBudget budget = new RetryBudget(nanos::get);
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 5000; n++) {
                        budget.firstTry();
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            all.clear();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 1000; n++) {
                        if (budget.take(10, 1)) {
                            taken.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(taken).hasValue(2010);
    }
}
