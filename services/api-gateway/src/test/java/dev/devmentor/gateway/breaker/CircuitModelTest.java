package dev.devmentor.gateway.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.breaker.Breaker.State;
import dev.devmentor.gateway.breaker.EventsModel.Verdict;
import dev.devmentor.gateway.breaker.EventsModel.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The breaker beside a model that shares no line with it. */
class CircuitModelTest {
    private static final int TRACES = 100_000;
    private static final int STEPS = 48;
    private static final long SECOND = 1_000_000_000L;

    private record Attempt(int id, long ticket) {}

    @Test
    void agreesWithTheModelAtEveryStepOf100000RandomTraces() {
        SplittableRandom seeds = new SplittableRandom(20_261_129);
        Map<State, Integer> seen = new EnumMap<>(State.class);
        int longOpen = 0;
        for (int trace = 0; trace < TRACES; trace++) {
            longOpen += trace(seeds.split(), trace, seen);
        }
        // The traces would prove little if they did not come to all states often.
        assertThat(seen.get(State.CLOSED)).isGreaterThan(TRACES);
        assertThat(seen.get(State.OPEN)).isGreaterThan(TRACES);
        assertThat(seen.get(State.HALF_OPEN)).isGreaterThan(TRACES);
        assertThat(longOpen).isGreaterThan(TRACES / 10);
    }

    private static int trace(SplittableRandom random, int number, Map<State, Integer> seen) {
        int failures = random.nextInt(1, 6);
        long open = random.nextInt(1, 31);
        long longest = open * random.nextInt(1, 11);
        long calm = random.nextInt(0, 200);
        // Begins near the end of what a nano clock counts, so that it runs over in some traces.
        long base = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(100) * SECOND : random.nextLong();
        long[] now = {0};
        BreakerTimes times = new BreakerTimes(
                failures, Duration.ofSeconds(open), Duration.ofSeconds(longest), Duration.ofSeconds(calm));
        Circuit circuit = new Circuit(() -> base + now[0] * SECOND, () -> times);
        EventsModel model = new EventsModel(failures, open, longest, calm);
        List<Attempt> underWay = new ArrayList<>();
        double failing = random.nextDouble();
        int attempts = 0;
        int longOpen = 0;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) == 0) {
                now[0] += random.nextInt(random.nextInt(10) == 0 ? 300 : (int) open + 2);
            }
            if (random.nextInt(30) == 0) {
                failing = random.nextDouble();
            }
            boolean begin = underWay.isEmpty() || (underWay.size() < 8 && random.nextInt(5) < 2);
            String where = "trace " + number + ", step " + step + ", second " + now[0];
            if (begin) {
                boolean expected = model.at(now[0]).mayTry();
                assertThat(circuit.mayTry()).as(where).isEqualTo(expected);
                long ticket = circuit.tryAcquire();
                assertThat(ticket != Circuit.REFUSED).as(where).isEqualTo(expected);
                if (expected) {
                    model.note(What.BEGAN, attempts, now[0]);
                    underWay.add(new Attempt(attempts++, ticket));
                }
            } else {
                Attempt ending = underWay.remove(random.nextInt(underWay.size()));
                if (random.nextInt(10) == 0) {
                    circuit.abandoned(ending.ticket);
                    model.note(What.ABANDONED, ending.id, now[0]);
                } else if (random.nextDouble() < failing) {
                    circuit.failed(ending.ticket);
                    model.note(What.FAILED, ending.id, now[0]);
                } else {
                    circuit.succeeded(ending.ticket);
                    model.note(What.SUCCEEDED, ending.id, now[0]);
                }
            }
            Verdict verdict = model.at(now[0]);
            if (circuit.state() != verdict.state() || circuit.retryAfterSeconds() != verdict.retryAfter()) {
                assertThat(circuit.state()).as(where).isEqualTo(verdict.state());
                assertThat(circuit.retryAfterSeconds()).as(where).isEqualTo(verdict.retryAfter());
            }
            seen.merge(verdict.state(), 1, Integer::sum);
            if (verdict.state() == State.OPEN && verdict.retryAfter() > open) {
                longOpen++;
            }
        }
        return longOpen;
    }
}
