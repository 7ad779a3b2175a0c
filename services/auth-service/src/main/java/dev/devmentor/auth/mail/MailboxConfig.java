package dev.devmentor.auth.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the mailbox on a laptop. */
@ConfigMapping(prefix = "devmentor.auth.mailbox")
interface MailboxConfig {
    /** Whether there is one. Everybody who reaches this machine by its loopback address reads every mail in it. */
    @WithDefault("false")
    boolean enabled();

    /** Port of its mail server, on the loopback address alone. The same as {@code quarkus.mailer.port}. */
    @WithDefault("1025")
    int port();

    /** Most mails that it keeps; the oldest go first. */
    @WithDefault("200")
    int most();
}
