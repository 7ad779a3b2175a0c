package dev.devmentor.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.breaker.BreakerTimes;
import dev.devmentor.gateway.breaker.Circuit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolTest {
    private final SplittableRandom random = new SplittableRandom(12);
    private final long[] nanos = {0};

    @Test
    void roundRobinGivesEachTheSame() {
        Pool pool = pool(Strategy.ROUND_ROBIN, 3);
        assertThat(shares(pool, 300)).containsValues(100, 100, 100);
    }

    @Test
    void roundRobinSpreadsTheShareOfOneThatIsOutOverAll() {
        Pool pool = pool(Strategy.ROUND_ROBIN, 4);
        open(pool.nodes()[1]);
        assertThat(shares(pool, 300)).hasSize(3).containsValues(100, 100, 100);
    }

    @Test
    void leastConnectionsTakesTheOneWithTheFewestAndIsFairAmongEquals() {
        Pool pool = pool(Strategy.LEAST_CONNECTIONS, 3);
        pool.nodes()[0].underWay.set(2);
        pool.nodes()[1].underWay.set(1);
        pool.nodes()[2].underWay.set(2);
        assertThat(choose(pool, Set.of()).node()).isSameAs(pool.nodes()[1]);
        pool.nodes()[1].underWay.set(2);
        shares(pool, 3000).values().forEach(share -> assertThat(share).isBetween(900, 1100));
    }

    @Test
    void theSameAddressComesToTheSameInstanceAndOnlyThoseOfOneThatLeavesMove() {
        Pool pool = pool(Strategy.IP_HASH, 5);
        Map<String, Node> before = byAddress(pool);
        Map<Node, Integer> shares = new HashMap<>();
        before.values().forEach(node -> shares.merge(node, 1, Integer::sum));
        assertThat(shares).hasSize(5);
        shares.values().forEach(share -> assertThat(share).isBetween(1700, 2300));
        assertThat(byAddress(pool)).isEqualTo(before);

        Node leaving = pool.nodes()[2];
        pool.instances(IntStream.of(0, 1, 3, 4).mapToObj(PoolTest::instance).toList());
        Map<String, Node> after = byAddress(pool);
        before.forEach((address, node) -> {
            if (node == leaving) {
                assertThat(after.get(address)).isNotSameAs(node);
            } else {
                assertThat(after.get(address)).isSameAs(node);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void prefersOneThatTheRequestHasNotBeenTo(Strategy strategy) {
        Pool pool = pool(strategy, 3);
        for (int i = 0; i < 100; i++) {
            Set<Instance> tried = new HashSet<>();
            for (int n = 0; n < 3; n++) {
                tried.add(choose(pool, tried).node().instance);
            }
            assertThat(tried).hasSize(3);
            assertThat(choose(pool, tried)).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void neverTakesOneWhoseBreakerIsOpenNorOneThatIsSickWhileAnotherIsWell(Strategy strategy) {
        Pool pool = pool(strategy, 4);
        open(pool.nodes()[0]);
        pool.nodes()[1].checked(false, 1, 1);
        Set<Instance> all =
                Set.copyOf(IntStream.range(0, 4).mapToObj(PoolTest::instance).toList());
        for (int i = 0; i < 200; i++) {
            assertThat(choose(pool, i % 2 == 0 ? all : Set.of()).node()).isIn(pool.nodes()[2], pool.nodes()[3]);
        }
    }

    @Test
    void takesSickOnesWhenNobodyIsWellButNotThroughAnOpenBreaker() {
        Pool pool = pool(Strategy.ROUND_ROBIN, 2);
        pool.nodes()[0].checked(false, 1, 1);
        pool.nodes()[1].checked(false, 1, 1);
        assertThat(shares(pool, 100)).containsValues(50, 50);
        open(pool.nodes()[0]);
        assertThat(shares(pool, 100)).containsOnlyKeys(pool.nodes()[1]);
        open(pool.nodes()[1]);
        assertThat(pool.choose("10.0.0.1", Set.of())).isNull();
        assertThat(pool.retryAfterSeconds()).isEqualTo(30);
    }

    @Test
    void aHalfOpenBreakerGetsOneTry() {
        Pool pool = pool(Strategy.ROUND_ROBIN, 1);
        open(pool.nodes()[0]);
        nanos[0] += Duration.ofSeconds(30).toNanos();
        Pool.Chosen probe = choose(pool, Set.of());
        assertThat(pool.choose("10.0.0.1", Set.of())).isNull();
        probe.node().circuit.succeeded(probe.ticket());
        assertThat(pool.choose("10.0.0.1", Set.of())).isNotNull();
    }

    @Test
    void instancesThatStayKeepWhatIsKnownOfThem() {
        Pool pool = pool(Strategy.ROUND_ROBIN, 3);
        Node kept = pool.nodes()[1];
        open(kept);
        pool.instances(List.of(instance(7), instance(1)));
        assertThat(pool.nodes()).hasSize(2).contains(kept);
        assertThat(pool.usable()).isEqualTo(1);
    }

    @Test
    void leavesAfterFailedChecksInARowAndComesBackAfterPassedOnes() {
        Node node = pool(Strategy.ROUND_ROBIN, 1).nodes()[0];
        assertThat(node.checked(false, 3, 2)).isFalse();
        assertThat(node.checked(false, 3, 2)).isFalse();
        assertThat(node.checked(true, 3, 2)).isFalse();
        assertThat(node.checked(false, 3, 2)).isFalse();
        assertThat(node.checked(false, 3, 2)).isFalse();
        assertThat(node.checked(false, 3, 2)).isTrue();
        assertThat(node.isWell()).isFalse();
        assertThat(node.checked(true, 3, 2)).isFalse();
        assertThat(node.checked(false, 3, 2)).isFalse();
        assertThat(node.checked(true, 3, 2)).isFalse();
        assertThat(node.checked(true, 3, 2)).isTrue();
        assertThat(node.isWell()).isTrue();
    }

    @Test
    void thereIsNoneWithoutInstances() {
        assertThat(pool(Strategy.IP_HASH, 0).choose("::1", Set.of())).isNull();
    }

    private Pool pool(Strategy strategy, int size) {
        BreakerTimes times = new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5));
        Pool pool = new Pool(strategy, () -> new Circuit(() -> nanos[0], () -> times), random::nextInt);
        pool.instances(IntStream.range(0, size).mapToObj(PoolTest::instance).toList());
        return pool;
    }

    private static Instance instance(int number) {
        return new Instance("10.1.0." + number, 3005, false, false);
    }

    private static void open(Node node) {
        for (int i = 0; i < 5; i++) {
            node.circuit.failed(node.circuit.tryAcquire());
        }
    }

    private static Pool.Chosen choose(Pool pool, Set<Instance> tried) {
        return Objects.requireNonNull(pool.choose("10.9.8.7", tried));
    }

    private static Map<Node, Integer> shares(Pool pool, int requests) {
        Map<Node, Integer> shares = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            shares.merge(choose(pool, Set.of()).node(), 1, Integer::sum);
        }
        return shares;
    }

    private static Map<String, Node> byAddress(Pool pool) {
        Map<String, Node> nodes = new HashMap<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            addresses.add("10." + i / 250 + ".3." + i % 250);
        }
        addresses.forEach(address -> nodes.put(
                address, Objects.requireNonNull(pool.choose(address, Set.of())).node()));
        return nodes;
    }
}
