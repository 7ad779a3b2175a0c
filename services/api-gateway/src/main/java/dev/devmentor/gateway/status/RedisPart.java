package dev.devmentor.gateway.status;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Redis: without it limits are each gateway's own, and ended sessions are found out later. */
@ApplicationScoped
class RedisPart implements OwnPart {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ReactiveRedisDataSource redis;

    RedisPart(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Uni<State> state() {
        return redis.execute("PING")
                .map(_ -> State.UP)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(State.DOWN)
                .onFailure()
                .recoverWithItem(State.DOWN);
    }
}
