package dev.devmentor.cli.platform;

import dev.devmentor.cli.platform.ServiceDefinition.Need;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole system, wired in one place. A new service registers here: with that it has a port, a database with a role of
 * its own, its topics, a log, and a line in status.
 */
public final class Platform {
    public static final int KAFKA_PORT = 9092;
    public static final int POSTGRES_PORT = 5433;
    public static final int REDIS_PORT = 6380;

    /** The local issuer stands where the auth service will be. */
    public static final int ISSUER_PORT = 3002;

    /** The person whose history comes with the platform. */
    public static final String DEMO = "demo";

    /** The service that commands of a learner talk to. */
    public static final String LEARNING = "learning-service";

    /** The service that knows the patterns of errors; commands do without it where it is not registered. */
    public static final String PBML = "pbml-service";

    public static final List<ServiceDefinition> SERVICES = List.of(new ServiceDefinition(
            LEARNING,
            3005,
            "learning",
            Set.of(Need.POSTGRES, Need.KAFKA, Need.ISSUER),
            List.of("quiz.answered", "task.created", "task.completed", "memory.updated", "user.erased"),
            List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed")));

    private Platform() {}

    /** Every port by the name of who listens there, before any offset, in the order of starting. */
    public static Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("kafka", KAFKA_PORT);
        ports.put("postgres", POSTGRES_PORT);
        ports.put("redis", REDIS_PORT);
        ports.put("issuer", ISSUER_PORT);
        SERVICES.forEach(service -> ports.put(service.name(), service.port()));
        return ports;
    }
}
