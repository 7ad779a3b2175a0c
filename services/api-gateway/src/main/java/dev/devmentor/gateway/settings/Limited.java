package dev.devmentor.gateway.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Limits as they are delivered; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.limits")
public interface Limited {
    /** Requests a minute of an address without a token. */
    @WithDefault("10")
    @Min(1) @Max(1_000_000) int anonymous();

    /** Requests a minute of a person of the tier free. */
    @WithDefault("120")
    @Min(1) @Max(1_000_000) int free();

    /** Requests a minute of a person of the tier premium. */
    @WithDefault("1000")
    @Min(1) @Max(1_000_000) int premium();

    /** Requests a minute of an address to what is open at the auth service. */
    @WithDefault("60")
    @Min(1) @Max(1_000_000) int auth();
}
