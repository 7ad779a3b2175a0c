package dev.devmentor.gateway.portal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the portal learns what services offer. */
@ConfigMapping(prefix = "devmentor.gateway.portal")
interface PortalConfig {
    /** How long the merged document is good; then the next reader has the services asked again. */
    @WithDefault("30S")
    Duration refresh();

    /** Time for one service to say what it offers. */
    @WithDefault("3S")
    Duration timeout();

    /** Largest OpenAPI document of one service, in bytes. */
    @WithDefault("4194304")
    int maxDocumentBytes();
}
