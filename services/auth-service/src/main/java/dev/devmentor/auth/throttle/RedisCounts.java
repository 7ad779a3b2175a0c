package dev.devmentor.auth.throttle;

import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts that all instances share, changed by one script that nothing comes between. */
final class RedisCounts implements Counts {
    private static final int KEYS = 3;

    private final RedisAPI redis;
    private final Duration patience;
    private final String script;

    RedisCounts(RedisAPI redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
        try (InputStream source = RedisCounts.class.getResourceAsStream("/throttle/throttle.lua")) {
            if (source == null) {
                throw new IllegalStateException("throttle.lua is not in the program");
            }
            this.script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    @Override
    public long enter(Attempt attempt, long now) {
        return run("enter", attempt, now);
    }

    @Override
    public void failed(Attempt attempt, long now) {
        run("failed", attempt, now);
    }

    @Override
    public void succeeded(Attempt attempt, long now) {
        run("succeeded", attempt, now);
    }

    @Override
    public void ended(Attempt attempt, long now) {
        run("ended", attempt, now);
    }

    /** Fails with a RuntimeException if Redis does not answer in time. */
    private long run(String operation, Attempt attempt, long now) {
        List<String> arguments = new ArrayList<>();
        arguments.add(script);
        arguments.add(Integer.toString(KEYS));
        for (Attempt.Counted counted : attempt.all()) {
            arguments.add(counted == null ? "-" : counted.key());
        }
        arguments.add(operation);
        arguments.add(Long.toString(now));
        arguments.add(attempt.holds() ? "1" : "0");
        arguments.add(attempt.countsAtOnce() ? "1" : "0");
        for (Attempt.Counted counted : attempt.all()) {
            Rule rule = counted == null ? new Rule(0, 0, 0, 1) : counted.rule();
            arguments.add(Integer.toString(rule.free()));
            arguments.add(Long.toString(rule.first()));
            arguments.add(Long.toString(rule.longest()));
            arguments.add(Long.toString(rule.leak()));
            arguments.add(Integer.toString(counted == null ? 0 : rule.most()));
        }
        Response answer = redis.eval(arguments).await().atMost(patience);
        return answer.toLong();
    }
}
