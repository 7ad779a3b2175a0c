package dev.devmentor.cli.platform;

import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.TopicDefinition;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service of the platform, as the launcher sees it.
 *
 * @param name the folder below services/, and the name in status and logs
 * @param port before any offset
 * @param database its own database, and the role that owns it; null for a service that keeps nothing
 * @param needs parts that it cannot do without; whoever consumes or produces events needs Kafka
 * @param consumes event types; each gets a dead-letter and a replay topic
 * @param produces event types
 * @param rehearsed paths with their query that the demo person asks for while a JVM is trained for the service
 */
public record ServiceDefinition(
        String name,
        int port,
        @Nullable String database,
        Set<Need> needs,
        List<String> consumes,
        List<String> produces,
        List<String> rehearsed) {

    /** A part that a service cannot do without. */
    public enum Need {
        POSTGRES,
        KAFKA,
        REDIS,
        /** Its tokens are checked with the keys of the auth service. It starts beside that one, and asks until it answers. */
        AUTH
    }

    public ServiceDefinition {
        needs = needs.isEmpty() ? Set.of() : EnumSet.copyOf(needs);
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
        rehearsed = List.copyOf(rehearsed);
        if ((database == null) == needs.contains(Need.POSTGRES)) {
            throw new IllegalArgumentException(name + " needs a database and PostgreSQL, or neither");
        }
        if (!needs.contains(Need.KAFKA) && !(consumes.isEmpty() && produces.isEmpty())) {
            throw new IllegalArgumentException(name + " has events and does not need Kafka");
        }
    }

    /** Whether it holds something of people, which they may ask for and have erased; the auth service itself asks the others. */
    public boolean keepsPeople() {
        return database != null && !name.equals(Platform.AUTH);
    }

    public boolean needs(Need need) {
        return needs.contains(need);
    }

    /** What the build makes; both package types (fast-jar, aot-jar) put it there. */
    public Path jar(Path root) {
        return root.resolve("services").resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }

    public List<TopicDefinition> topics() {
        return EventTopics.of(name, consumes, produces);
    }
}
