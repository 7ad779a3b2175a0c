package dev.devmentor.gateway.tools;

import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts an issuer, Redis and three services; a field of type {@link Behind} of a test is set. */
public class BehindResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable LocalIssuer issuer;
    private @Nullable Behind behind;
    private @Nullable Path home;

    @Override
    public Map<String, String> start() {
        try {
            Path fresh = Files.createTempDirectory("gateway-tests");
            LocalIssuer started = LocalIssuer.start(0, IssuerKey.generate());
            LocalRedis redis = new LocalRedis(
                    PartsDirectory.fromEnvironment(),
                    PartPlace.in(fresh, "redis"),
                    Ports.free(1).getFirst());
            redis.start();
            home = fresh;
            issuer = started;
            Behind all = new Behind(
                    new FakeService(),
                    new FakeService(),
                    new FakeService(),
                    redis,
                    started.minter(),
                    fresh.resolve("flags.json"));
            behind = all;
            Map<String, String> configuration = new LinkedHashMap<>();
            configuration.put("devmentor.gateway.identity.issuer", started.url());
            configuration.put("devmentor.gateway.checks.enabled", "false");
            configuration.put(
                    "devmentor.gateway.installed",
                    "auth-service,learning-service,pbml-service,ai-gateway,memory-service");
            configuration.put("quarkus.redis.hosts", redis.url());
            for (String absent : List.of(
                    "ai-gateway",
                    "memory-service",
                    "project-service",
                    "monitoring-service",
                    "repo-analyzer",
                    "feature-center",
                    "scraper-service",
                    "websocket-gateway",
                    "frontend")) {
                configuration.put(instances(absent), "http://127.0.0.1:1");
            }
            configuration.put(instances("auth-service"), all.auth().url());
            configuration.put(instances("learning-service"), all.learning().url());
            configuration.put(instances("pbml-service"), all.pbml().url());
            configuration.put("devmentor.gateway.graphql.timeout", "2S");
            configuration.put("devmentor.gateway.flags.file", all.flags().toString());
            configuration.put("devmentor.gateway.flags.poll", "0.1S");
            configuration.put("devmentor.gateway.portal.refresh", "0.2S");
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String instances(String service) {
        return "devmentor.gateway.services.\"" + service + "\".instances";
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(behind, new TestInjector.MatchesType(Behind.class));
    }

    @Override
    public void stop() {
        if (behind != null) {
            behind.auth().stop();
            behind.learning().stop();
            behind.pbml().stop();
            behind.redis().kill9();
        }
        if (issuer != null) {
            issuer.close();
        }
        if (home != null) {
            PrivateFiles.deleteTree(home);
        }
    }
}
