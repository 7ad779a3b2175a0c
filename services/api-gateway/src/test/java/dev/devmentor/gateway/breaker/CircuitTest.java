package dev.devmentor.gateway.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.breaker.Breaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final AtomicLong nanos = new AtomicLong(17);
    private final Circuit circuit = new Circuit(
            nanos::get,
            () -> new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5)));

    @Test
    void opensAfterFiveFailuresInARowFor30Seconds() {
        fail(4);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.retryAfterSeconds()).isEqualTo(30);
        pass(Duration.ofMillis(29_001));
        assertThat(circuit.retryAfterSeconds()).isEqualTo(1);
        assertThat(circuit.tryAcquire()).isEqualTo(Circuit.REFUSED);
        pass(Duration.ofMillis(999));
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void aSuccessBetweenStartsTheCountAgain() {
        fail(4);
        circuit.succeeded(circuit.tryAcquire());
        fail(4);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void staysOutTwiceAsLongEachTimeUpToFiveMinutes() {
        fail(5);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(circuit.retryAfterSeconds());
            pass(Duration.ofSeconds(circuit.retryAfterSeconds()));
            fail(1);
        }
        assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 300L, 300L);
    }

    @Test
    void beginsWithTheShortTimeAgainAfterACalmTime() {
        fail(5);
        pass(Duration.ofSeconds(30));
        circuit.succeeded(circuit.tryAcquire());
        pass(Duration.ofMinutes(4));
        fail(5);
        assertThat(circuit.retryAfterSeconds()).isEqualTo(60);
        pass(Duration.ofSeconds(60));
        circuit.succeeded(circuit.tryAcquire());
        pass(Duration.ofMinutes(5));
        fail(5);
        assertThat(circuit.retryAfterSeconds()).isEqualTo(30);
    }

    @Test
    void whatBeganBeforeItOpenedNeitherClosesNorOpensIt() {
        long early = circuit.tryAcquire();
        long earlyToo = circuit.tryAcquire();
        fail(5);
        pass(Duration.ofSeconds(30));
        long probe = circuit.tryAcquire();
        circuit.succeeded(early);
        circuit.failed(earlyToo);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        circuit.succeeded(probe);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void anAbandonedTryLetsAnotherOneThrough() {
        fail(5);
        pass(Duration.ofSeconds(30));
        long probe = circuit.tryAcquire();
        assertThat(circuit.tryAcquire()).isEqualTo(Circuit.REFUSED);
        circuit.abandoned(probe);
        assertThat(circuit.tryAcquire()).isNotEqualTo(Circuit.REFUSED);
    }

    @Test
    void aTryThatNeverEndsDoesNotKeepItHalfOpen() {
        fail(5);
        pass(Duration.ofSeconds(30));
        long lost = circuit.tryAcquire();
        pass(Duration.ofSeconds(30));
        long another = circuit.tryAcquire();
        assertThat(another).isNotEqualTo(Circuit.REFUSED);
        circuit.failed(lost);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        circuit.succeeded(another);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void letsExactlyOneOfManyThreadsTryWhenHalfOpen() throws Exception {
        fail(5);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 500; round++) {
                pass(Duration.ofSeconds(300));
                AtomicInteger admitted = new AtomicInteger();
                AtomicLong ticket = new AtomicLong();
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> tries = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    tries.add(threads.submit(() -> {
                        start.await();
                        long mine = circuit.tryAcquire();
                        if (mine != Circuit.REFUSED) {
                            admitted.incrementAndGet();
                            ticket.set(mine);
                        }
                        return null;
                    }));
                }
                start.countDown();
                for (Future<?> each : tries) {
                    each.get();
                }
                assertThat(admitted).hasValue(1);
                circuit.failed(ticket.get());
            }
        }
    }

    @Test
    void countsEveryOneOfFailuresThatComeAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            for (int round = 0; round < 500; round++) {
                Circuit fresh = new Circuit(
                        nanos::get,
                        () -> new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO));
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> tries = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    long ticket = fresh.tryAcquire();
                    tries.add(threads.submit(() -> {
                        start.await();
                        fresh.failed(ticket);
                        return null;
                    }));
                }
                start.countDown();
                for (Future<?> each : tries) {
                    each.get();
                }
                assertThat(fresh.state()).isEqualTo(State.OPEN);
            }
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(circuit.tryAcquire());
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
