package dev.devmentor.gateway.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is configured of the services behind the gateway. */
@ConfigMapping(prefix = "devmentor.gateway.services")
interface BackendsConfig {
    /** Services by name. */
    @WithParentName
    Map<String, Service> services();

    /** One service. */
    interface Service {
        /** Scheme, host and port of each instance, such as {@code http://127.0.0.1:3005}. */
        Optional<List<URI>> urls();

        /** Prefixes of the paths that are routed to it, such as {@code /api/learning}. */
        Optional<List<String>> paths();
    }
}
