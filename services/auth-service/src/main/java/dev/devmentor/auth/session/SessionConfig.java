package dev.devmentor.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long somebody stays logged in. */
@ConfigMapping(prefix = "devmentor.auth.sessions")
public interface SessionConfig {
    /** A refresh token that is not used for so long ends. */
    @WithDefault("P7D")
    Duration refreshLifetime();

    /** A session ends after so long, however often it is refreshed. */
    @WithDefault("P30D")
    Duration longest();

    /** What cannot be undone needs a person who has shown who they are within that time. */
    @WithDefault("PT10M")
    Duration recent();

    /** Most sessions of one person at once; the one that began first ends when another would begin. */
    @WithDefault("50")
    int most();
}
