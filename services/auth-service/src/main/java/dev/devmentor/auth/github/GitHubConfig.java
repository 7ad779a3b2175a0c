package dev.devmentor.auth.github;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the way in by GitHub. It is there if there is a client id. */
@ConfigMapping(prefix = "devmentor.auth.github")
interface GitHubConfig {
    /** Client id of the OAuth app. */
    Optional<String> clientId();

    /** Its secret. */
    Optional<String> clientSecret();

    /** Where people agree. */
    @WithDefault("https://github.com/login/oauth/authorize")
    URI authorizeUrl();

    /** Where a code becomes a token. */
    @WithDefault("https://github.com/login/oauth/access_token")
    URI tokenUrl();

    /** Where the API begins. */
    @WithDefault("https://api.github.com")
    URI apiUrl();

    /** Longest wait for one answer of GitHub. */
    @WithDefault("PT10S")
    Duration patience();

    /** How long somebody may take to agree. */
    @WithDefault("PT10M")
    Duration attemptLifetime();
}
