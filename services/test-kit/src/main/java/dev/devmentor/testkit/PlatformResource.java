package dev.devmentor.testkit;

import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.TopicDefinition;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} the real parts: {@code @WithTestResource(PlatformResource.class)} or
 * {@code @QuarkusTestResource(PlatformResource.class)}. The parts start once per JVM; every start of the application
 * gets an empty database and empty topics.
 *
 * <p>Arguments, all optional: {@code service} (its name; {@code learning-service} when absent), {@code consumes} and
 * {@code produces} (event types with commas between; those of the named service when absent), {@code redis} ({@code true} starts Redis and sets
 * {@code quarkus.redis.hosts}), {@code issuer} ({@code own} for the service that is itself the issuer), {@code template} (the database to copy).
 */
public class PlatformResource implements QuarkusTestResourceLifecycleManager {
    /** What {@code devmentor.erasure.key} is in tests. */
    public static final String ERASURE_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final Map<String, String> CONSUMED = Map.of(
            "learning-service", "quiz.answered,task.created,task.completed,memory.updated,user.erased,pattern.learned",
            "pbml-service",
                    "quiz.answered,task.created,task.completed,memory.updated,code.changed,error.observed,user.erased",
            "auth-service", "user.erasure-completed");
    private static final Map<String, String> PRODUCED = Map.of(
            "learning-service", "review.scheduled,achievement.unlocked,user.erasure-completed",
            "pbml-service", "pattern.learned,pattern.drifted,user.erasure-completed",
            "auth-service", "user.registered,user.erased");

    private Map<String, String> arguments = Map.of();
    private TestPlatform.@Nullable Database database;

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        TestPlatform platform = TestPlatform.shared();
        platform.resetTopics(topics());
        TestPlatform.Database fresh = platform.newDatabase(arguments.getOrDefault("template", "template1"));
        database = fresh;
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("kafka.bootstrap.servers", platform.kafka().bootstrapServers());
        configuration.put("quarkus.datasource.jdbc.url", fresh.jdbcUrl());
        configuration.put("quarkus.datasource.username", fresh.username());
        configuration.put("quarkus.datasource.password", fresh.password());
        if (!arguments.getOrDefault("issuer", "").equals("own")) {
            configuration.put("quarkus.oidc.auth-server-url", platform.issuer().url());
        }
        configuration.put("devmentor.erasure.key", ERASURE_KEY);
        if (Boolean.parseBoolean(arguments.getOrDefault("redis", "false"))) {
            configuration.put("quarkus.redis.hosts", platform.redis().url());
        }
        return configuration;
    }

    @Override
    public void stop() {
        TestPlatform.Database used = database;
        if (used != null) {
            TestPlatform.shared().postgres().dropDatabase(used.name());
            database = null;
        }
    }

    /** Fields of a test class of these types are set: TestPlatform, TestTokens, TestTopics, TestPlatform.Database. */
    @Override
    public void inject(TestInjector injector) {
        TestPlatform platform = TestPlatform.shared();
        injector.injectIntoFields(platform, new TestInjector.MatchesType(TestPlatform.class));
        injector.injectIntoFields(platform.tokens(), new TestInjector.MatchesType(TestTokens.class));
        injector.injectIntoFields(platform.topics(), new TestInjector.MatchesType(TestTopics.class));
        TestPlatform.Database current = database;
        if (current != null) {
            injector.injectIntoFields(current, new TestInjector.MatchesType(TestPlatform.Database.class));
        }
    }

    private List<TopicDefinition> topics() {
        String service = arguments.getOrDefault("service", "learning-service");
        List<String> consumed = list(arguments.getOrDefault("consumes", CONSUMED.getOrDefault(service, "")));
        List<String> produced = list(arguments.getOrDefault("produces", PRODUCED.getOrDefault(service, "")));
        return new ArrayList<>(EventTopics.of(service, consumed, produced));
    }

    private static List<String> list(String names) {
        return Stream.of(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
