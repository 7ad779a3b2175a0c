package dev.devmentor.gateway.limit;

import io.quarkus.arc.DefaultBean;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;

/** Limits of the configuration, where nobody changes them at runtime. */
@DefaultBean
@Singleton
class ConfiguredLimits implements TierLimits {
    /** Requests in 60 seconds. */
    @ConfigMapping(prefix = "devmentor.gateway.limits")
    interface Config {
        @WithDefault("10")
        int anonymous();

        @WithDefault("120")
        int free();

        @WithDefault("1000")
        int premium();

        @WithDefault("60")
        int auth();
    }

    private final int anonymous;
    private final int free;
    private final int premium;
    private final int auth;

    ConfiguredLimits(Config config) {
        this.anonymous = config.anonymous();
        this.free = config.free();
        this.premium = config.premium();
        this.auth = config.auth();
    }

    @Override
    public int perMinute(String tier) {
        return switch (tier) {
            case "anonymous" -> anonymous;
            case "premium" -> premium;
            default -> free;
        };
    }

    @Override
    public int authPerMinute() {
        return auth;
    }
}
