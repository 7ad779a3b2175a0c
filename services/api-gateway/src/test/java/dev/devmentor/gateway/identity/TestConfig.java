package dev.devmentor.gateway.identity;

import java.time.Duration;
import java.util.Optional;

/** Configuration of tests: as it ships, but for what a test says. */
record TestConfig(
        String issuer,
        Duration refresh,
        Duration fetchInterval,
        Optional<String> clientSecret,
        Duration keyCache,
        Duration refusedKeyCache,
        Duration usageInterval)
        implements IdentityConfig {
    static TestConfig of(String issuer) {
        return new TestConfig(
                issuer,
                Duration.ofMinutes(10),
                Duration.ofMillis(1),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMillis(50));
    }

    TestConfig withFetches(Duration every, Duration atMostEvery) {
        return new TestConfig(issuer, every, atMostEvery, clientSecret, keyCache, refusedKeyCache, usageInterval);
    }

    TestConfig withKeys(Duration cache, Duration refusedCache) {
        return new TestConfig(
                issuer, refresh, fetchInterval, Optional.of("gateway-secret"), cache, refusedCache, usageInterval);
    }

    @Override
    public String audience() {
        return "devmentor";
    }

    @Override
    public Duration leeway() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int tokens() {
        return 1000;
    }

    @Override
    public int endedSessions() {
        return 1000;
    }

    @Override
    public String clientId() {
        return "api-gateway";
    }

    @Override
    public int keys() {
        return 100;
    }
}
