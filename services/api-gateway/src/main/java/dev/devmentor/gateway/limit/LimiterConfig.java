package dev.devmentor.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How limits are checked. */
@ConfigMapping(prefix = "devmentor.gateway.limiter")
public interface LimiterConfig {
    /** How long a request waits for Redis before it is decided here. */
    @WithDefault("PT0.003S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Silence of Redis after which requests no longer wait for it at all, until it answers again. */
    @WithDefault("PT0.05S")
    @DurationMin(millis = 1)
    Duration openAfter();

    /** Silence of Redis after which its connection is given up for a new one. */
    @WithDefault("PT2S")
    @DurationMin(millis = 1)
    Duration giveUpAfter();

    /**
     * For how long a caller who is far from the limit is admitted by what Redis said last; what was admitted is told with the next
     * question, or after that time. 0 asks for every request.
     */
    @WithDefault("PT1S")
    @DurationMin(nanos = 0)
    Duration ahead();

    /** How often this gateway says in Redis that it is there. */
    @WithDefault("PT2S")
    @DurationMin(millis = 1)
    Duration heartbeat();

    /** Callers whose own admissions are kept in this process; about 300 bytes each and 4 more per request of the last minute. */
    @WithDefault("50000")
    @Min(1) int callers();
}
