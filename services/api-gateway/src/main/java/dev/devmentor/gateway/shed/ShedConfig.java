package dev.devmentor.gateway.shed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** When the gateway refuses because there is too much. */
@ConfigMapping(prefix = "devmentor.gateway.shed")
public interface ShedConfig {
    /** Calls of one service at once before its pace is known. */
    @WithDefault("200")
    @Min(1) int serviceStart();

    /** Calls of one service at once that are always let through. */
    @WithDefault("8")
    @Min(1) int serviceLeast();

    /** Calls of one service at once at most. */
    @WithDefault("2000")
    @Min(1) int serviceMost();

    /** Median time of a call up to which a service counts as well, whatever it was before. */
    @WithDefault("25MS")
    @DurationMin(nanos = 0)
    Duration tolerated();

    /** Requests in the gateway at once that are always let in. */
    @WithDefault("100")
    @Min(1) int least();

    /** Requests in the gateway at once at most. */
    @WithDefault("10000")
    @Min(1) int most();

    /** How late the event loops may be before requests are refused. */
    @WithDefault("50MS")
    @DurationMin(millis = 1)
    Duration delay();
}
