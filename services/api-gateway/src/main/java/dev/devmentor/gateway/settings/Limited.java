package dev.devmentor.gateway.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits as they are delivered; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.limits")
interface Limited {
    /** Requests a minute of an address without a token. */
    @WithDefault("10")
    int anonymous();

    /** Requests a minute of a person of the tier free. */
    @WithDefault("120")
    int free();

    /** Requests a minute of a person of the tier premium. */
    @WithDefault("1000")
    int premium();

    /** Requests a minute of an address to what is open at the auth service. */
    @WithDefault("60")
    int auth();
}
