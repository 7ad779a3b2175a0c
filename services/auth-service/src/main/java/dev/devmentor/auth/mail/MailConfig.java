package dev.devmentor.auth.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of sending mail; how the mail server is reached stands at {@code quarkus.mailer}. */
@ConfigMapping(prefix = "devmentor.auth.mail")
interface MailConfig {
    /** Whether this instance sends. */
    @WithDefault("true")
    boolean enabled();

    /** How often it looks when nothing told it to. */
    @WithDefault("PT2S")
    Duration poll();

    /** How long the mail server may take for one. After twice that another instance tries. */
    @WithDefault("PT30S")
    Duration patience();

    /** Wait after the first failure; it doubles with every further one. */
    @WithDefault("PT5S")
    Duration firstBackoff();

    /** Longest wait between two attempts. */
    @WithDefault("PT1H")
    Duration longestBackoff();

    /** Most attempts. */
    @WithDefault("20")
    int mostAttempts();
}
