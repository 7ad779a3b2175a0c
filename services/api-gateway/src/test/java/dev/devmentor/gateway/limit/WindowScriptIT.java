package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.redis.OwnRedis;
import dev.devmentor.testkit.Conditions;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowScriptIT {
    private static final long SPAN = 60_000_000;
    private static final long DAY = 86_400_000_000L;
    private OwnRedis redis;
    private int keys;

    @BeforeAll
    void start() {
        redis = new OwnRedis();
        load();
    }

    private void load() {
        redis.send(Command.SCRIPT, "LOAD", WindowScript.SOURCE);
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    private record Expected(int admitted, int left, long more) {}

    @Test
    void agreesWithTheDefinitionInAHundredThousandRandomSteps() {
        SplittableRandom random = new SplittableRandom(5);
        int admitted = 0;
        int refused = 0;
        for (int trace = 0; trace < 100; trace++) {
            int callers = random.nextInt(1, 4);
            int limit = random.nextInt(1, 60);
            List<String> names = new ArrayList<>();
            List<ExactWindow> exact = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                names.add("rate:user:" + keys++);
                exact.add(new ExactWindow(SPAN));
            }
            long now = 1_700_000_000_000_000L + random.nextLong(DAY);
            List<Request> calls = new ArrayList<>();
            List<List<Expected>> expected = new ArrayList<>();
            int steps = 0;
            while (steps < 1000) {
                ExactWindow some = exact.get(random.nextInt(callers));
                now += wait(random, some, now, limit);
                Buffer spec = Buffer.buffer();
                List<String> asked = new ArrayList<>();
                List<Expected> answers = new ArrayList<>();
                for (int entries = random.nextInt(1, 4); entries > 0; entries--) {
                    int who = random.nextInt(callers);
                    int units = random.nextInt(10) == 0 ? random.nextInt(2, 9) : 1;
                    asked.add(names.get(who));
                    if (random.nextInt(100) == 0) {
                        spec.appendByte((byte) WindowScript.TELL)
                                .appendUnsignedShort(units)
                                .appendUnsignedInt(0);
                        for (int i = 0; i < units; i++) {
                            int age = random.nextInt(70_000);
                            spec.appendUnsignedInt(age);
                            if (age < 60_000) {
                                exact.get(who).tell(now - age * 1000L);
                            }
                        }
                    } else {
                        // A limit may change at any time.
                        int wanted = random.nextInt(50) == 0 ? random.nextInt(60) : limit;
                        spec.appendByte((byte) 0).appendUnsignedShort(units).appendUnsignedInt(wanted);
                        int allowed = exact.get(who).admit(now, units, wanted);
                        admitted += allowed;
                        refused += units - allowed;
                        answers.add(new Expected(
                                allowed,
                                exact.get(who).left(now, wanted),
                                (exact.get(who).more(now, wanted) + 999) / 1000));
                    }
                    exact.get(who).forget(now);
                    steps++;
                }
                calls.add(call(asked, spec, now));
                expected.add(answers);
            }
            List<Response> replies = redis.pipeline(calls);
            for (int i = 0; i < calls.size(); i++) {
                assertThat(read(replies.get(i), expected.get(i).size()))
                        .as("call %d of trace %d", i, trace)
                        .isEqualTo(expected.get(i));
            }
        }
        assertThat(admitted).isGreaterThan(20_000);
        assertThat(refused).isGreaterThan(20_000);
    }

    private static long wait(SplittableRandom random, ExactWindow window, long now, int limit) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(3);
            case 1, 2 -> random.nextLong(1 + 90_000_000L / limit);
            case 3 -> random.nextInt(100) == 0 ? random.nextLong(200_000_000) : random.nextInt(20_000);
            default -> {
                var counting = window.counting(now);
                // Microseconds before and after the moment when one leaves.
                yield counting.isEmpty() || random.nextInt(3) > 0
                        ? 0
                        : Math.max(0, counting.getFirst() + SPAN - now + random.nextInt(-1, 2));
            }
        };
    }

    private static Request call(List<String> asked, Buffer spec, long now) {
        Request call = Request.cmd(Command.EVALSHA).arg(WindowScript.SHA).arg(asked.size());
        asked.forEach(call::arg);
        return call.arg(spec).arg(now);
    }

    private static List<Expected> read(Response reply, int entries) {
        ByteBuffer bytes = ByteBuffer.wrap(reply.toBytes());
        List<Expected> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            all.add(new Expected(bytes.getShort() & 0xFFFF, bytes.getInt(), bytes.getInt()));
        }
        assertThat(bytes.remaining()).isZero();
        return all;
    }

    private List<Integer> quota(String key, int limit, int perDay, int units, long now) {
        Buffer spec = Buffer.buffer()
                .appendByte((byte) WindowScript.QUOTA)
                .appendUnsignedShort(units)
                .appendUnsignedInt(limit)
                .appendUnsignedInt(perDay);
        Response reply = redis.pipeline(List.of(call(List.of("rate:key:" + key, "rate:quota:" + key), spec, now)))
                .getFirst();
        ByteBuffer bytes = ByteBuffer.wrap(reply.toBytes());
        return List.of(bytes.getShort() & 0xFFFF, bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    @Test
    void countsAQuotaOnlyForWhatTheWindowAdmitsAndTheOtherWayRound() {
        long noon = 20_000 * DAY + DAY / 2;
        int untilMidnight = (int) (DAY / 2 / 1000);
        assertThat(quota("a", 3, 5, 2, noon)).containsExactly(2, 1, 60_000, 3, untilMidnight);
        // The window has one left, so one of the day's three goes.
        assertThat(quota("a", 3, 5, 2, noon)).containsExactly(1, 0, 60_000, 2, untilMidnight);
        long later = noon + 2 * SPAN;
        assertThat(quota("a", 3, 5, 3, later)).containsExactly(2, 1, 60_000, 0, untilMidnight - 120_000);
        assertThat(quota("a", 3, 5, 1, later)).containsExactly(0, 1, 60_000, 0, untilMidnight - 120_000);
        // The next day begins at 00:00 UTC, not 24 hours after the first request.
        long midnight = 20_001 * DAY;
        assertThat(quota("a", 3, 5, 1, midnight - 1)).containsExactly(0, 3, 0, 0, 1);
        assertThat(quota("a", 3, 5, 1, midnight)).containsExactly(1, 2, 60_000, 4, 86_400_000);
    }

    @Test
    void toldRequestsOfAQuotaCount() {
        long noon = 20_000 * DAY + DAY / 2;
        quota("told", 10, 10, 1, noon);
        Buffer spec = Buffer.buffer()
                .appendByte((byte) WindowScript.TELL_QUOTA)
                .appendUnsignedShort(7)
                .appendUnsignedInt(0);
        redis.pipeline(List.of(call(List.of("rate:quota:told"), spec, noon)));
        assertThat(quota("told", 10, 10, 1, noon).get(3)).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackAdmitsNothingTwiceAndLocksNobodyOut() {
        long now = 1_800_000_000_000_000L;
        Buffer one = Buffer.buffer().appendByte((byte) 0).appendUnsignedShort(2).appendUnsignedInt(2);
        List<String> key = List.of("rate:user:clock");
        List<Response> replies = redis.pipeline(List.of(
                call(key, one, now),
                call(key, one, now - 10_000_000),
                call(key, one, now + SPAN - 1),
                call(key, one, now + SPAN),
                // By more than a window: what was counted says nothing any more.
                call(key, one, now - 600_000_000)));
        assertThat(read(replies.get(0), 1)).containsExactly(new Expected(2, 0, 60_000));
        assertThat(read(replies.get(1), 1)).containsExactly(new Expected(0, 0, 70_000));
        assertThat(read(replies.get(2), 1)).containsExactly(new Expected(0, 0, 1));
        assertThat(read(replies.get(3), 1)).containsExactly(new Expected(2, 0, 60_000));
        assertThat(read(replies.get(4), 1)).containsExactly(new Expected(2, 0, 60_000));
    }

    @Test
    void keysLiveForAsLongAsTheyMatterAndWindowsAreNotWrittenToTheLog() {
        Buffer spec = Buffer.buffer()
                .appendByte((byte) WindowScript.QUOTA)
                .appendUnsignedShort(1)
                .appendUnsignedInt(3)
                .appendUnsignedInt(3);
        redis.pipeline(List.of(call(List.of("rate:key:ttl", "rate:quota:ttl"), spec, 0)));
        assertThat(redis.send(Command.PTTL, "rate:key:ttl").toLong()).isBetween(50_000L, 60_000L);
        assertThat(redis.send(Command.PTTL, "rate:quota:ttl").toLong()).isBetween(1L, 86_400_000L);
        redis.process().kill9();
        redis.process().start();
        Conditions.await("Redis is back", () -> redis.answers());
        assertThat(redis.send(Command.EXISTS, "rate:key:ttl").toInteger()).isZero();
        assertThat(redis.send(Command.GET, "rate:quota:ttl").toString(StandardCharsets.UTF_8))
                .endsWith(":1");
        load();
    }
}
