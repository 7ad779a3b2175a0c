package dev.devmentor.auth.session;

import dev.devmentor.auth.redis.PatientRedis;
import dev.devmentor.auth.token.TokenConfig;
import io.quarkus.redis.datasource.value.SetArgs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Tells the gateways of API keys that are good no more, as of sessions that ended: {@code key:<id>} in the place of a session's id. A
 * gateway that does not hear it, because Redis is away, asks again for the key within the 30 seconds that it remembers one.
 */
@ApplicationScoped
public class EndedKeys {
    private static final String KEY = "key:";

    private final PatientRedis redis;
    private final Duration keep;

    EndedKeys(PatientRedis redis, TokenConfig tokens) {
        this.redis = redis;
        this.keep = tokens.accessLifetime().plusMinutes(1);
    }

    /** Tells it; keeps nobody waiting for long. */
    public void announce(List<String> keyIds) {
        for (String id : keyIds) {
            redis.ask(
                    asked -> asked.value(String.class)
                            .set(LiveSessions.ENDED + KEY + id, "1", new SetArgs().ex(keep))
                            .chain(() -> asked.pubsub(String.class).publish(LiveSessions.CHANNEL, KEY + id))
                            .replaceWith(true),
                    () -> false);
        }
    }
}
