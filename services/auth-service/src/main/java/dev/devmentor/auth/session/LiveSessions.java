package dev.devmentor.auth.session;

import dev.devmentor.auth.redis.PatientRedis;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.keys.KeyCommands;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.redis.datasource.value.ValueCommands;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes with every use of a session, and which have just ended, in Redis: {@code session:<id>} holds when and from where it was
 * used last, for as long as its refresh token is good; {@code session:ended:<id>} stands as long as an access token of it may be,
 * and channel {@code session.ended} tells the gateways at once. Whether a session is good is never decided by what stands here: who
 * loses Redis loses times of use.
 */
@ApplicationScoped
class LiveSessions {
    private static final String PREFIX = "session:";
    static final String ENDED = "session:ended:";
    static final String CHANNEL = "session.ended";

    private final PatientRedis patient;
    private final ValueCommands<String, String> values;
    private final KeyCommands<String> keys;
    private final PubSubCommands<String> channel;

    LiveSessions(PatientRedis patient, RedisDataSource redis) {
        this.patient = patient;
        this.values = redis.value(String.class);
        this.keys = redis.key();
        this.channel = redis.pubsub(String.class);
    }

    /** When and from where a session was used last. */
    record Use(Instant at, String address) {}

    /** Notes a use. That it cannot be noted keeps nobody from working, nor waiting. */
    void used(String sessionId, Instant at, String address, Duration keep) {
        patient.ask(
                redis -> redis.value(String.class)
                        .set(PREFIX + sessionId, at.toEpochMilli() + " " + address, new SetArgs().ex(keep))
                        .replaceWith(true),
                () -> false);
    }

    /** Last uses, as far as they are known. */
    Map<String, Use> uses(List<String> sessionIds) {
        Map<String, Use> uses = new HashMap<>();
        if (sessionIds.isEmpty()) {
            return uses;
        }
        String[] keys = sessionIds.stream().map(id -> PREFIX + id).toArray(String[]::new);
        patient.ask(redis -> redis.value(String.class).mget(keys), Map::<String, String>of)
                .forEach((key, value) -> {
                    if (value != null) {
                        String[] parts = value.split(" ", 2);
                        uses.put(
                                key.substring(PREFIX.length()),
                                new Use(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]));
                    }
                });
        return uses;
    }

    /**
     * Tells the gateways that sessions have ended.
     *
     * @throws RuntimeException if Redis does not answer; they have to be told later
     */
    void ended(List<String> sessionIds, Duration keep) {
        for (String id : sessionIds) {
            values.set(ENDED + id, "1", new SetArgs().ex(keep));
            channel.publish(CHANNEL, id);
            keys.del(PREFIX + id);
        }
    }
}
