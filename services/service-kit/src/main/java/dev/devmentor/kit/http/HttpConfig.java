package dev.devmentor.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** Sizes of requests. The server's own limit, {@code quarkus.http.limits.max-body-size}, holds over all of them. */
@ConfigMapping(prefix = "devmentor.http")
public interface HttpConfig {
    /** Largest body where nothing else is said. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** Largest body of a POST to a path. */
    Map<String, MemorySize> largeBodies();
}
