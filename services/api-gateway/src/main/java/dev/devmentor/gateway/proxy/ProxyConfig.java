package dev.devmentor.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How requests are taken to instances. */
@ConfigMapping(prefix = "devmentor.gateway.proxy")
public interface ProxyConfig {
    /** How long a connection may take to be made. */
    @WithDefault("1s")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** Most connections to one instance, over all event loops. */
    @WithDefault("256")
    @Min(1) int maxConnectionsPerInstance();

    /** Most requests that wait for a connection to one instance, over all event loops; further ones are 503. */
    @WithDefault("1024")
    @Min(1) int maxPendingPerInstance();

    /** How long a connection is kept that is not used. Below what services keep: theirs must not end first. */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    Duration idleTimeout();

    /** How long an instance may be silent within an answer. */
    @WithDefault("10m")
    @DurationMin(millis = 1)
    Duration streamIdleTimeout();

    /** Largest head of an answer in bytes. */
    @WithDefault("65536")
    @Min(1024) @Max(1 << 20) int maxAnswerHeadBytes();

    /** In so much time 4 KiB of a request's body have to come, or the rest of it; less is 408. */
    @WithDefault("60s")
    @DurationMin(millis = 1)
    Duration bodyTimeout();

    /** Bodies up to this size are read as a whole before they are sent, and kept for another try. */
    @WithDefault("65536")
    @Min(0) @Max(1 << 30) int keptBodyBytes();

    /** Bytes that all kept answers may have together. */
    @WithDefault("33554432")
    @Min(0) long answerCacheBytes();

    /** Largest answer that is kept. */
    @WithDefault("262144")
    @Min(0) int answerCacheEntryBytes();
}
