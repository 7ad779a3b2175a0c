package dev.devmentor.gateway.balance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Active checks of instances, and how often names are looked up. */
@ConfigMapping(prefix = "devmentor.gateway.checks")
interface ChecksConfig {
    /** Whether instances are asked at all. */
    @WithDefault("true")
    boolean enabled();

    /** How often each is asked; a fifth sooner or later. */
    @WithDefault("5S")
    Duration interval();

    /** For how long an answer is waited for. */
    @WithDefault("2S")
    Duration timeout();

    /** Failures in a row after which it leaves. */
    @WithDefault("2")
    int failures();

    /** Successes in a row after which it comes back. */
    @WithDefault("2")
    int successes();

    /** How often names are looked up. */
    @WithDefault("5S")
    Duration dnsInterval();
}
