package dev.devmentor.auth.registration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of links by mail. */
@ConfigMapping(prefix = "devmentor.auth.registration")
interface RegistrationConfig {
    /** How long a link that confirms an address is good. */
    @WithDefault("PT24H")
    Duration verifyLifetime();

    /** How long a link that sets a new password is good. */
    @WithDefault("PT1H")
    Duration resetLifetime();

    /**
     * What may depend on whether an address has an account is not answered before so much time is over: longer than the work takes,
     * in both cases.
     */
    @WithDefault("PT0.4S")
    Duration answerAfter();

    /** Most letters of a kind to one account within an hour; further requests are answered the same and send none. */
    @WithDefault("5")
    int lettersPerHour();
}
