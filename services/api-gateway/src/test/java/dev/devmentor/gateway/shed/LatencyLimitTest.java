package dev.devmentor.gateway.shed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.shed.LatencyLimit.Bounds;
import dev.devmentor.gateway.shed.SimulatedServer.Stretch;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyLimitTest {
    private static final Bounds BOUNDS = new Bounds(200, 4, 2000, 25_000_000);

    @ParameterizedTest(name = "{0} workers, {1}, {2} ms")
    @CsvSource({
        "4, exponential, 40",
        "4, constant, 100",
        "20, exponential, 20",
        "20, constant, 20",
        "20, lognormal, 50",
        "20, two-kinds, 30",
        "100, exponential, 50",
        "100, lognormal, 200",
        "300, exponential, 100"
    })
    void underThreeTimesTheCapacityWhatIsLetInKeepsItsLatency(int workers, String kind, double millis) {
        for (long seed = 1; seed <= 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedServer server = new SimulatedServer(workers, random, service(kind, millis * 1e6, random));
            double capacity = workers / (millis / 1e3);
            LatencyLimit limit = new LatencyLimit(server::now, BOUNDS);

            Stretch calm = server.run(limit, 0.4 * capacity, 60);
            assertThat(calm.shed()).as("at low load").isZero();

            server.run(limit, 3 * capacity, 15); // finds its limit
            Stretch overload = server.run(limit, 3 * capacity, 60);
            String what = "limit " + limit.limit() + ", p99 " + overload.p99() / 1e6 + " ms of " + calm.p99() / 1e6
                    + " ms, goodput " + overload.perSecond() / capacity + ", seed " + seed;
            assertThat(overload.p99()).as(what).isLessThanOrEqualTo(2 * calm.p99());
            assertThat(overload.perSecond()).as(what).isGreaterThanOrEqualTo(0.85 * capacity);

            server.run(limit, 0.5 * capacity, 10); // recovers
            Stretch after = server.run(limit, 0.5 * capacity, 30);
            // Four workers with room for six or so refuse a few at half of their capacity, too.
            assertThat(after.shed())
                    .as("after the overload; " + what)
                    .isLessThanOrEqualTo(workers < 10 ? after.offered() / 25 : 0);
            assertThat(after.p99()).isLessThanOrEqualTo(2 * calm.p99());
        }
    }

    @Test
    void withoutItThreeTimesTheCapacityIsACollapse() {
        SplittableRandom random = new SplittableRandom(1);
        SimulatedServer server = new SimulatedServer(20, random, service("exponential", 20e6, random));
        assertThat(server.run(null, 400, 30).p99()).isLessThan(150_000_000L);
        server.run(null, 3000, 10);
        assertThat(server.run(null, 3000, 10).p99()).isGreaterThan(10_000_000_000L);
    }

    @Test
    void findsItsLimitWhenItStartsInTheMiddleOfAnOverload() {
        SplittableRandom random = new SplittableRandom(4);
        SimulatedServer server = new SimulatedServer(20, random, service("exponential", 50e6, random));
        LatencyLimit limit = new LatencyLimit(server::now, BOUNDS);
        server.run(limit, 1200, 60);
        Stretch overload = server.run(limit, 1200, 60);
        assertThat(overload.p99()).as("limit %s", limit.limit()).isLessThan(2 * 230_000_000L);
        assertThat(overload.perSecond()).isGreaterThan(0.85 * 400);
    }

    @Test
    void givesMoreAgainWhenTheServerHasMoreToGive() {
        SplittableRandom random = new SplittableRandom(5);
        double[] mean = {100e6};
        SimulatedServer server = new SimulatedServer(40, random, () -> -Math.log(1 - random.nextDouble()) * mean[0]);
        LatencyLimit limit = new LatencyLimit(server::now, BOUNDS);
        server.run(limit, 100, 20);
        server.run(limit, 1200, 30);
        mean[0] = 30e6; // 1333 a second now
        server.run(limit, 1200, 30);
        assertThat(server.run(limit, 1200, 30).perSecond()).isGreaterThan(0.95 * 1200);
    }

    @Test
    void callersWhoReadSlowlyDoNotShrinkIt() {
        AtomicLong now = new AtomicLong();
        LatencyLimit limit = new LatencyLimit(now::get, BOUNDS);
        // 120 at once, 40 of whom take five seconds over an answer that is there after 30 ms.
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 120; i++) {
                assertThat(limit.tryEnter()).isTrue();
            }
            long began = now.get();
            now.addAndGet(30_000_000);
            for (int i = 0; i < 80; i++) {
                limit.leave(began);
            }
            now.addAndGet(4_970_000_000L);
            for (int i = 0; i < 40; i++) {
                limit.leave(began);
            }
        }
        assertThat(limit.limit()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void oneThatHangsGetsNoMoreThanTheLimit() {
        AtomicLong now = new AtomicLong();
        LatencyLimit limit = new LatencyLimit(now::get, BOUNDS);
        int in = 0;
        for (int i = 0; i < 1000; i++) {
            in += limit.tryEnter() ? 1 : 0;
        }
        assertThat(in).isEqualTo(200);
        now.addAndGet(30_000_000_000L);
        for (int i = 0; i < 200; i++) {
            limit.leave(0);
        }
        assertThat(limit.underWay()).isZero();
        assertThat(limit.tryEnter()).isTrue();
    }

    private static DoubleSupplier service(String kind, double mean, SplittableRandom random) {
        return switch (kind) {
            case "exponential" -> () -> -Math.log(1 - random.nextDouble()) * mean;
            case "constant" -> () -> mean;
            case "lognormal" -> {
                double sigma = 0.8;
                yield () -> mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            }
            case "two-kinds" -> () -> random.nextInt(10) == 0 ? 5 * mean : mean * 5 / 9;
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
