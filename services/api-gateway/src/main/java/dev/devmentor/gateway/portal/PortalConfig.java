package dev.devmentor.gateway.portal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the portal learns what services offer. */
@ConfigMapping(prefix = "devmentor.gateway.portal")
public interface PortalConfig {
    /** How long the merged document is good; then the next reader has the services asked again. */
    @WithDefault("30S")
    @DurationMin(millis = 1)
    Duration refresh();

    /** Time for one service to say what it offers. */
    @WithDefault("3S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Largest OpenAPI document of one service, in bytes. */
    @WithDefault("4194304")
    @Min(1) int maxDocumentBytes();
}
