package dev.devmentor.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.Configured;
import dev.devmentor.gateway.redis.RedisAddress;
import dev.devmentor.gateway.settings.CurrentSettings.Outcome;
import dev.devmentor.gateway.settings.Settings.LimitSettings;
import dev.devmentor.gateway.settings.SettingsStore.Unavailable;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.testkit.Conditions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several gateways and one Redis, which is killed, frozen and emptied. */
class SharedSettingsIT {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    private Path home;

    private LocalRedis redis;
    private Vertx vertx;
    private final List<CurrentSettings> gateways = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = new LocalRedis(PartsDirectory.fromEnvironment(), PartPlace.in(home, "redis"), Ports.free());
        redis.start();
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        gateways.forEach(CurrentSettings::stop);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.resume();
        redis.kill9();
    }

    @Test
    void aChangeReachesEveryGatewayByMessage() throws Exception {
        CurrentSettings one = gateway(Duration.ofHours(1));
        LimitsInForce other = new LimitsInForce(10, 120, 1000, 30);
        CurrentSettings two = gateway(Duration.ofHours(1), other);
        assertThat(other.perMinute("free")).isEqualTo(120);
        for (int version = 0; version < 3; version++) {
            change(one, version, 60 + version);
            long written = version + 1;
            // It would ask in an hour.
            Conditions.await("the second gateway knows it", () -> two.inForce().number() == written);
        }
        assertThat(other.perMinute("free")).isEqualTo(62);
    }

    @Test
    void aChangeReachesAGatewayByAskingWhereTheMessageWasLost() throws Exception {
        CurrentSettings one = gateway(Duration.ofHours(1));
        change(one, 0, 60);
        LimitsInForce late = new LimitsInForce(10, 120, 1000, 30);
        gateway(Duration.ofHours(1), late);
        assertThat(late.perMinute("free")).as("at its start").isEqualTo(60);
    }

    @Test
    void ofTwoWhoChangeTheSameVersionOneIsTold() throws Exception {
        CurrentSettings one = gateway(Duration.ofHours(1));
        CurrentSettings two = gateway(Duration.ofHours(1));
        assertThat(change(one, 0, 60)).isInstanceOf(Outcome.Changed.class);
        assertThat(change(two, 0, 70)).isEqualTo(new Outcome.Conflict(1));
        assertThat(two.inForce().settings()).isEqualTo(free(60));
        assertThat(change(two, 1, 70)).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void undoGoesBackStepByStepAndEachIsANewVersion() throws Exception {
        CurrentSettings gateway = gateway(Duration.ofHours(1));
        change(gateway, 0, 60);
        change(gateway, 1, 70);
        change(gateway, 2, 80);
        assertThat(gateway.undo(3, Version.NOTHING, "other"))
                .isEqualTo(new Outcome.Changed(new Version(4, "other", NOW, 2, free(70))));
        assertThat(gateway.undo(4, Version.NOTHING, "other"))
                .isEqualTo(new Outcome.Changed(new Version(5, "other", NOW, 1, free(60))));
        assertThat(gateway.undo(5, Version.NOTHING, "other"))
                .isEqualTo(new Outcome.Changed(new Version(6, "other", NOW, 0, Settings.NONE)));
        assertThat(gateway.undo(6, Version.NOTHING, "other")).isEqualTo(new Outcome.Unknown());
        assertThat(gateway.undo(6, 3, "other"))
                .isEqualTo(new Outcome.Changed(new Version(7, "other", NOW, 3, free(80))));
        assertThat(gateway.undo(6, 1, "other")).isEqualTo(new Outcome.Conflict(7));
        assertThat(gateway.undo(7, 99, "other")).isEqualTo(new Outcome.Unknown());
        assertThat(gateway.versions()).extracting(Version::number).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void keepsNoMoreVersionsThanConfigured() throws Exception {
        CurrentSettings gateway = gateway(Duration.ofHours(1));
        for (int i = 0; i < 15; i++) {
            change(gateway, i, 60 + i);
        }
        assertThat(gateway.versions()).hasSize(10);
        assertThat(gateway.undo(15, 3, "someone")).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void whileRedisIsFrozenTheLastKnownStaysAndAChangeFailsSoon() throws Exception {
        LimitsInForce limits = new LimitsInForce(10, 120, 1000, 30);
        CurrentSettings gateway = gateway(Duration.ofMillis(50), limits);
        change(gateway, 0, 60);
        redis.pause();
        long began = System.nanoTime();
        assertThatThrownBy(() -> change(gateway, 1, 70)).isInstanceOf(Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(limits.perMinute("free")).isEqualTo(60);
        redis.resume();
        Conditions.await("a change is taken again", () -> {
            gateway.refresh();
            return change(gateway, gateway.inForce().number(), 80) instanceof Outcome.Changed;
        });
        assertThat(limits.perMinute("free")).isEqualTo(80);
    }

    @Test
    void whatRedisLostIsBroughtBack() throws Exception {
        CurrentSettings gateway = gateway(Duration.ofMillis(50));
        change(gateway, 0, 60);
        change(gateway, 1, 70);
        redis.kill9();
        deleteData();
        redis.start();
        LimitsInForce limits = new LimitsInForce(10, 120, 1000, 30);
        Conditions.await("a gateway that starts knows them", () -> {
            CurrentSettings fresh = gateway(Duration.ofHours(1), limits);
            return fresh.inForce().number() == 2;
        });
        assertThat(limits.perMinute("free")).isEqualTo(70);
        assertThat(change(gateway, 2, 90)).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void aGatewayStartsWithoutRedisAndTakesTheSettingsOnceItIsThere() throws Exception {
        change(gateway(Duration.ofHours(1)), 0, 60);
        redis.pause();
        LimitsInForce limits = new LimitsInForce(10, 120, 1000, 30);
        gateway(Duration.ofMillis(50), limits);
        assertThat(limits.perMinute("free")).isEqualTo(120);
        redis.resume();
        Conditions.await("the settings are taken", () -> limits.perMinute("free") == 60);
    }

    @Test
    void whatCannotBeReadDoesNotReplaceWhatIsInForce() throws Exception {
        LimitsInForce limits = new LimitsInForce(10, 120, 1000, 30);
        CurrentSettings gateway = gateway(Duration.ofHours(1), limits);
        change(gateway, 0, 60);
        SettingsStore store = new SettingsStore(vertx, RedisAddress.of(redis.url()), Duration.ofSeconds(2), 10);
        assertThat(store.put(1, "{\"version\":2,\"settings\":{\"newer\":1}}")).isEqualTo(-1);
        gateway.refresh();
        assertThat(limits.perMinute("free")).isEqualTo(60);
        store.close();
    }

    private void deleteData() throws Exception {
        try (var files = java.nio.file.Files.walk(home)) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".rdb") || path.toString().contains("appendonly"))
                    .filter(java.nio.file.Files::isRegularFile)
                    .toList()) {
                java.nio.file.Files.delete(file);
            }
        }
    }

    private CurrentSettings gateway(Duration poll, SettingsUser... users) {
        SettingsConfig config = Configured.as(
                SettingsConfig.class,
                "settings.poll",
                poll.toString(),
                "settings.timeout",
                "PT0.5S",
                "settings.versions",
                "10");
        CurrentSettings gateway = new CurrentSettings(
                vertx, RedisAddress.of(redis.url()), config, List.of(users), Clock.fixed(NOW, ZoneOffset.UTC));
        gateway.start();
        gateways.add(gateway);
        return gateway;
    }

    private static Outcome change(CurrentSettings gateway, long expected, int free) throws Unavailable {
        return gateway.change(expected, free(free), "someone", Version.NOTHING);
    }

    private static Settings free(int perMinute) {
        return new Settings(
                new LimitSettings(null, perMinute, null, null),
                Settings.NONE.breaker(),
                Settings.NONE.retry(),
                Settings.NONE.routes(),
                Settings.NONE.services());
    }
}
