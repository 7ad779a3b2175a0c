package dev.devmentor.gateway.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Whose tokens are believed, and how API keys become tokens. */
@ConfigMapping(prefix = "devmentor.gateway.identity")
public interface IdentityConfig {
    /** The issuer: value of {@code iss}, and where {@code /.well-known/openid-configuration} is. */
    @WithDefault("http://127.0.0.1:3002")
    String issuer();

    /** What {@code aud} has to contain. */
    @WithDefault("devmentor")
    String audience();

    /** Difference of clocks that is allowed. */
    @WithDefault("PT5S")
    @DurationMin(nanos = 0)
    Duration leeway();

    /** How often keys are fetched anew. A key that the issuer took back is believed for no longer than this and the time of a fetch. */
    @WithDefault("PT45S")
    @DurationMin(millis = 1)
    Duration refresh();

    /** Shortest time between two fetches, however many unknown keys are named. */
    @WithDefault("PT1S")
    @DurationMin(millis = 1)
    Duration fetchInterval();

    /** How long the issuer may take for an answer. */
    @WithDefault("PT2S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Verified tokens that are remembered; some 2 KiB each. */
    @WithDefault("10000")
    @Min(1) int tokens();

    /** Ended sessions that are remembered, each for as long as a token lives. */
    @WithDefault("200000")
    @Min(1) int endedSessions();

    /** What this gateway is called at the token endpoint. */
    @WithDefault("api-gateway")
    String clientId();

    /** Its secret there; without one there are no API keys. */
    Optional<String> clientSecret();

    /** For how long a key that was exchanged is not asked for again. */
    @WithDefault("PT30S")
    @DurationMin(nanos = 0)
    Duration keyCache();

    /** For how long a key that was refused is not asked for again. */
    @WithDefault("PT5S")
    @DurationMin(nanos = 0)
    Duration refusedKeyCache();

    /** Keys that are remembered, and refused ones as many again. */
    @WithDefault("10000")
    @Min(1) int keys();

    /** How often the use of keys is reported. */
    @WithDefault("PT10S")
    @DurationMin(millis = 1)
    Duration usageInterval();
}
