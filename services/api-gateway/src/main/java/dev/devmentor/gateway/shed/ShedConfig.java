package dev.devmentor.gateway.shed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the gateway refuses because there is too much. */
@ConfigMapping(prefix = "devmentor.gateway.shed")
interface ShedConfig {
    /** Calls of one service at once before its pace is known. */
    @WithDefault("200")
    int serviceStart();

    /** Calls of one service at once that are always let through. */
    @WithDefault("8")
    int serviceLeast();

    /** Calls of one service at once at most. */
    @WithDefault("2000")
    int serviceMost();

    /** Median time of a call up to which a service counts as well, whatever it was before. */
    @WithDefault("25MS")
    Duration tolerated();

    /** Requests in the gateway at once that are always let in. */
    @WithDefault("100")
    int least();

    /** Requests in the gateway at once at most. */
    @WithDefault("10000")
    int most();

    /** How late the event loops may be before requests are refused. */
    @WithDefault("50MS")
    Duration delay();
}
