package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.limit.Decision.Source;
import dev.devmentor.gateway.limit.LimiterProcess.Timed;
import dev.devmentor.gateway.redis.OwnRedis;
import dev.devmentor.testkit.Conditions;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimiterIT {
    private OwnRedis redis;
    private final List<LimiterProcess> processes = new ArrayList<>();

    @BeforeAll
    void start() {
        redis = new OwnRedis();
    }

    @AfterEach
    void end() {
        redis.process().resume();
        processes.forEach(LimiterProcess::close);
        processes.clear();
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    private LimiterProcess process(LimiterConfig config) {
        LimiterProcess process = new LimiterProcess(redis.address(), config);
        processes.add(process);
        return process;
    }

    private static long allowed(List<CompletableFuture<Timed>> answers) {
        return answers.stream()
                .map(LimiterProcess::get)
                .filter(answer -> answer.decision().allowed())
                .count();
    }

    private void awaitRedis(LimiterProcess process, Slot probe) {
        Conditions.await("limits are checked in Redis", () -> {
            return sources(process, probe).equals(Set.of(Source.REDIS))
                    && process.gauge("devmentor.gateway.limiter.redis.up") == 1
                    && process.limiter.gateways().live() == processes.size();
        });
    }

    /** Who decides on each of the two event loops. */
    private static Set<Source> sources(LimiterProcess process, Slot slot) {
        Set<Source> sources = EnumSet.noneOf(Source.class);
        for (int loop = 0; loop < 2; loop++) {
            sources.add(process.askNow(slot, 1_000_000).decision().source());
        }
        return sources;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threeGatewaysThatAreHammeredAdmitExactlyTheLimitTogether(boolean ahead) {
        List<CompletableFuture<Timed>> answers = new ArrayList<>();
        LimiterConfig config = ahead ? LimiterProcess.AHEAD : LimiterProcess.PATIENT;
        List<LimiterProcess> three = List.of(process(config), process(config), process(config));
        List<Slot> slots = three.stream()
                .map(one -> one.limiter.callers().user("hammered-" + ahead))
                .toList();
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < three.size(); i++) {
                answers.addAll(three.get(i).ask(Collections.nCopies(20, slots.get(i)), 1000));
            }
        }
        // Ahead: what each has not told when the limit is reached, three at most.
        assertThat(allowed(answers)).isBetween(1000L, ahead ? 1009L : 1000L);
        assertThat(answers).hasSize(6000);
        assertThat(three)
                .allSatisfy(one -> assertThat(one.count("devmentor.gateway.limiter.fallback"))
                        .isZero());
    }

    /** One that has just started is not known to the others: until it is, each request is counted before it is answered. */
    @Test
    void nobodyIsAdmittedAheadByAGatewayThatTheOthersMayNotKnow() {
        LimiterProcess known = process(LimiterProcess.AHEAD);
        Conditions.await("it is known", known.limiter.gateways()::isSettled);
        LimiterProcess fresh = process(LimiterProcess.AHEAD);
        Slot slot = fresh.limiter.callers().user("fresh");
        while (!fresh.limiter.gateways().isSettled()) {
            Source source = fresh.askNow(slot, 1_000_000).decision().source();
            assertThat(source == Source.REDIS || fresh.limiter.gateways().isSettled())
                    .isTrue();
        }
        Conditions.await(
                "each knows both",
                () -> known.limiter.gateways().live() == 2
                        && fresh.limiter.gateways().live() == 2);
    }

    /** At once, not only when it has missed its beats. */
    @Test
    void whoLeavesIsNoLongerCounted() {
        LimiterProcess stays = process(LimiterProcess.PATIENT);
        LimiterProcess leaves = process(LimiterProcess.PATIENT);
        Conditions.await("both are there", () -> stays.limiter.gateways().live() == 2);
        leaves.close();
        processes.remove(leaves);
        assertThat(redis.send(Command.ZCARD, "gateway:instances").toInteger()).isEqualTo(1);
    }

    @Test
    void whoIsFarFromTheLimitIsAdmittedAheadAndEveryRequestCounts() {
        LimiterProcess process = process(LimiterProcess.AHEAD);
        Conditions.await("no other gateway can be unknown", process.limiter.gateways()::isSettled);
        Slot slot = process.limiter.callers().user("ahead");
        Map<Source, Integer> sources = new EnumMap<>(Source.class);
        int left = 1000;
        for (int i = 0; i < 200; i++) {
            Decision decision = process.askNow(slot, 1000).decision();
            sources.merge(decision.source(), 1, Integer::sum);
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.left()).isEqualTo(--left);
            assertThat(decision.moreMillis()).isBetween(1L, 60_000L);
        }
        assertThat(sources.get(Source.AHEAD)).isGreaterThan(150);
        assertThat(process.count("devmentor.gateway.limiter.ahead"))
                .isEqualTo(sources.get(Source.AHEAD).doubleValue());
        Conditions.await(
                "Redis has been told of those, too, although nobody asks",
                () -> redis.send(Command.STRLEN, "rate:user:ahead").toInteger() == 200 * 4);
        LimiterProcess other = process(LimiterProcess.AHEAD);
        assertThat(other.askNow(other.limiter.callers().user("ahead"), 1000)
                        .decision()
                        .left())
                .isEqualTo(799);

        List<Source> last = new ArrayList<>();
        int allowed = 201;
        for (int i = 0; i < 900; i++) {
            Decision decision = process.askNow(slot, 1000).decision();
            allowed += decision.allowed() ? 1 : 0;
            if (decision.allowed() && decision.left() < 450) {
                last.add(decision.source());
            }
        }
        assertThat(allowed).isEqualTo(1000);
        assertThat(last).hasSizeGreaterThan(400).containsOnly(Source.REDIS);
    }

    @Test
    void whatComesInOneTurnOfTheEventLoopGoesOutTogether() {
        LimiterProcess process = process(LimiterProcess.PATIENT);
        awaitRedis(process, process.limiter.callers().user("warm"));
        double before = process.count("devmentor.gateway.limiter.calls");
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            slots.add(process.limiter.callers().user("together-" + i % 80));
        }
        // Twenty-five each, of which twenty are allowed, the first ones.
        List<CompletableFuture<Timed>> answers = process.ask(slots, 20);
        assertThat(allowed(answers)).isEqualTo(80 * 20);
        for (int i = 0; i < 2000; i++) {
            Decision decision = LimiterProcess.get(answers.get(i)).decision();
            assertThat(decision.allowed()).isEqualTo(i < 80 * 20);
            assertThat(decision.left()).isEqualTo(Math.max(0, 19 - i / 80));
        }
        assertThat(process.count("devmentor.gateway.limiter.calls") - before).isEqualTo(1);
    }

    @Test
    void aRefusalIsRememberedAndAHigherLimitAsksAgain() {
        LimiterProcess process = process(LimiterProcess.PATIENT);
        Slot slot = process.limiter.callers().user("refused");
        assertThat(process.askNow(slot, 1).decision().source()).isEqualTo(Source.REDIS);
        Decision refused = process.askNow(slot, 1).decision();
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.source()).isEqualTo(Source.REMEMBERED);
        assertThat(refused.waitMillis()).isBetween(55_000L, 60_000L);
        Decision raised = process.askNow(slot, 2).decision();
        assertThat(raised.allowed()).isTrue();
        assertThat(raised.source()).isEqualTo(Source.REDIS);
    }

    @Test
    void aForgottenScriptIsLoadedAgainWithoutAnybodyNoticing() {
        LimiterProcess process = process(LimiterProcess.PATIENT);
        Slot slot = process.limiter.callers().user("flushed");
        process.askNow(slot, 5);
        redis.send(Command.SCRIPT, "FLUSH");
        Decision next = process.askNow(slot, 5).decision();
        assertThat(next.source()).isEqualTo(Source.REDIS);
        assertThat(next.left()).isEqualTo(3);
    }

    @Test
    void withRedisFrozenItDecidesInTimeByWhatItAdmittedAndTellsRedisLater() {
        LimiterProcess process = process(LimiterProcess.SHIPPED);
        Slot warm = process.limiter.callers().user("warm-frozen");
        awaitRedis(process, warm);
        Slot slot = process.limiter.callers().user("frozen");
        List<CompletableFuture<Timed>> before = process.ask(Collections.nCopies(10, slot), 15);
        assertThat(allowed(before)).isEqualTo(10);

        redis.process().pause();
        Timed first = process.askNow(slot, 15);
        assertThat(first.decision().source()).isEqualTo(Source.TIMED_OUT);
        assertThat(first.decision().allowed()).isTrue();
        assertThat(first.decision().left()).isEqualTo(4);
        assertThat(Duration.ofNanos(first.tookNanos())).isBetween(Duration.ofMillis(3), Duration.ofMillis(100));
        Conditions.await(
                "nobody waits for Redis any more", () -> sources(process, warm).equals(Set.of(Source.UNREACHABLE)));
        assertThat(process.gauge("devmentor.gateway.limiter.redis.up")).isZero();
        List<Timed> frozen = process.ask(Collections.nCopies(10, slot), 15).stream()
                .map(LimiterProcess::get)
                .toList();
        assertThat(frozen.stream().filter(answer -> answer.decision().allowed()))
                .hasSize(4);
        assertThat(frozen).allSatisfy(answer -> {
            assertThat(answer.decision().source()).isEqualTo(Source.UNREACHABLE);
            assertThat(Duration.ofNanos(answer.tookNanos())).isLessThan(Duration.ofMillis(100));
        });
        assertThat(frozen.getLast().decision().waitMillis()).isBetween(50_000L, 60_001L);
        assertThat(process.count("devmentor.gateway.limiter.fallback")).isGreaterThanOrEqualTo(11);

        redis.process().resume();
        awaitRedis(process, warm);
        Conditions.await(
                "Redis has been told",
                () -> redis.send(Command.STRLEN, "rate:user:frozen").toInteger() == 15 * 4);
    }

    @Test
    void oneSlowAnswerIsDecidedAloneButOpensNothingAndIsCountedOnce() {
        LimiterProcess process = process(LimiterProcess.config(Duration.ofMillis(3), Duration.ofMinutes(1)));
        Slot warm = process.limiter.callers().user("warm-slow");
        awaitRedis(process, warm);
        Slot slot = process.limiter.callers().user("slow");
        assertThat(allowed(process.ask(Collections.nCopies(3, slot), 10))).isEqualTo(3);
        redis.process().pause();
        // The first goes out and the others wait behind it, on each event loop.
        for (int i = 0; i < 4; i++) {
            Decision decision = process.askNow(slot, 10).decision();
            assertThat(decision.source()).isEqualTo(Source.TIMED_OUT);
            assertThat(decision.allowed()).isTrue();
        }
        assertThat(process.gauge("devmentor.gateway.limiter.redis.up")).isOne();
        redis.process().resume();
        awaitRedis(process, warm);
        Conditions.await(
                "Redis has been told",
                () -> redis.send(Command.STRLEN, "rate:user:slow").toInteger() == 7 * 4);
        awaitRedis(process, warm);
        assertThat(redis.send(Command.STRLEN, "rate:user:slow").toInteger()).isEqualTo(7 * 4);
    }

    /** Their share of 50 is used up, the limit is not: half of what is left is theirs, and half the other gateway's. */
    @Test
    void whoCameToOneGatewayAloneIsNotRefusedBecauseRedisIsLate() {
        LimiterProcess process = process(LimiterProcess.config(Duration.ofMillis(3), Duration.ofMinutes(1)));
        LimiterProcess other = process(LimiterProcess.SHIPPED);
        awaitRedis(process, process.limiter.callers().user("warm-late"));
        awaitRedis(other, other.limiter.callers().user("warm-late"));
        Slot slot = process.limiter.callers().user("late");
        assertThat(allowed(process.ask(Collections.nCopies(80, slot), 100))).isEqualTo(80);
        redis.process().pause();
        List<Decision> late = IntStream.range(0, 15)
                .mapToObj(i -> process.askNow(slot, 100).decision())
                .toList();
        assertThat(late).extracting(Decision::source).containsOnly(Source.TIMED_OUT);
        assertThat(late.subList(0, 10)).allMatch(Decision::allowed);
        assertThat(late.subList(10, 15)).noneMatch(Decision::allowed);
    }

    @Test
    void withRedisKilledItDecidesAloneAndComesBackWithIt() {
        LimiterProcess process = process(LimiterProcess.SHIPPED);
        Slot warm = process.limiter.callers().user("warm-killed");
        awaitRedis(process, warm);
        Slot slot = process.limiter.callers().user("killed");
        assertThat(process.askNow(slot, 4).decision().left()).isEqualTo(3);
        redis.process().kill9();
        Conditions.await(
                "the gateway knows",
                () -> process.askNow(warm, 1_000_000).decision().source() == Source.UNREACHABLE);
        assertThat(allowed(process.ask(Collections.nCopies(5, slot), 4))).isEqualTo(3);
        assertThat(process.gauge("devmentor.gateway.limiter.redis.up")).isZero();
        redis.process().start();
        awaitRedis(process, warm);
        // Also what the Redis that was killed had counted.
        Conditions.await(
                "Redis has been told",
                () -> redis.answers()
                        && redis.send(Command.STRLEN, "rate:user:killed").toInteger() == 4 * 4);
        assertThat(process.askNow(slot, 5).decision().left()).isZero();
        assertThat(process.askNow(slot, 5).decision().allowed()).isFalse();
    }

    @Test
    void withoutRedisEachOfThreeGatewaysAdmitsItsShare() {
        List<LimiterProcess> three = IntStream.range(0, 3)
                .mapToObj(i -> process(LimiterProcess.SHIPPED))
                .toList();
        Conditions.await(
                "all know of all",
                () -> three.stream().allMatch(one -> one.limiter.gateways().live() == 3));
        redis.process().pause();
        long allowed = 0;
        for (LimiterProcess one : three) {
            Slot slot = one.limiter.callers().user("shared");
            allowed += allowed(one.ask(Collections.nCopies(200, slot), 100));
        }
        assertThat(allowed).isEqualTo(99);
        redis.process().resume();
        three.getFirst().close();
        processes.remove(three.getFirst());
        Conditions.await(
                "one has gone", () -> three.getLast().limiter.gateways().live() == 2);
    }
}
