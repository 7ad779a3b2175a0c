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

    /** The person whose history comes with the platform. */
    public static final String DEMO = "demo";

    /** What the demo person logs in with, beside a password that each data directory has of its own. */
    public static final String DEMO_EMAIL = "demo@devmentor.local";

    /** The service that knows who somebody is. */
    public static final String AUTH = "auth-service";

    /** The one door for whoever comes from outside. */
    public static final String GATEWAY = "api-gateway";

    /** The service that commands of a learner talk to. */
    public static final String LEARNING = "learning-service";

    /** The service that learns patterns. */
    public static final String PBML = "pbml-service";

    /** What older builds started, so that it is stopped where it still runs. */
    static final List<String> FORMER = List.of("issuer");

    /** In the order in which they are shown; they start side by side. */
    public static final List<ServiceDefinition> SERVICES = List.of(
            new ServiceDefinition(
                    AUTH,
                    3002,
                    "auth",
                    Set.of(Need.POSTGRES, Need.KAFKA, Need.REDIS),
                    List.of("user.erasure-completed"),
                    List.of("user.registered", "user.erased"),
                    List.of(
                            "/.well-known/openid-configuration",
                            "/api/auth/jwks",
                            "/api/auth/me",
                            "/api/auth/sessions",
                            "/auth/login")),
            new ServiceDefinition(
                    LEARNING,
                    3005,
                    "learning",
                    Set.of(Need.POSTGRES, Need.KAFKA, Need.AUTH),
                    List.of(
                            "quiz.answered",
                            "task.created",
                            "task.completed",
                            "memory.updated",
                            "user.erased",
                            "pattern.learned"),
                    List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed"),
                    List.of("/api/learning/reviews/due?limit=5", "/api/learning/progress/" + DEMO)),
            new ServiceDefinition(
                    PBML,
                    3008,
                    "pbml",
                    Set.of(Need.POSTGRES, Need.KAFKA, Need.AUTH),
                    List.of(
                            "quiz.answered",
                            "task.created",
                            "task.completed",
                            "memory.updated",
                            "code.changed",
                            "error.observed",
                            "user.erased"),
                    List.of("pattern.learned", "pattern.drifted", "user.erasure-completed"),
                    List.of()),
            new ServiceDefinition(
                    GATEWAY,
                    8080,
                    null,
                    Set.of(Need.REDIS, Need.AUTH),
                    List.of(),
                    List.of(),
                    List.of("/api/learning/reviews/due?limit=5", "/api/auth/me", "/api/health", "/flags", "/portal")));

    private Platform() {}

    /** Every port by the name of who listens there, before any offset, in the order of starting. */
    public static Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("kafka", KAFKA_PORT);
        ports.put("postgres", POSTGRES_PORT);
        ports.put("redis", REDIS_PORT);
        SERVICES.forEach(service -> ports.put(service.name(), service.port()));
        return ports;
    }
}
