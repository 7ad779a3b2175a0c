package dev.devmentor.gateway.balance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes to the delivered services, and further ones: {@code devmentor.gateway.services.NAME.instances=http://10.0.0.7:3005,…}. */
@ConfigMapping(prefix = "devmentor.gateway.services")
public interface ServicesConfig {
    /** By name. */
    @WithParentName
    Map<String, Service> services();

    /** One service. */
    interface Service {
        /** Where its instances are; {@code dns://name:port} for all addresses of a name. */
        Optional<List<String>> instances();

        /** By what the next instance is chosen; round robin where it is not said. */
        Optional<Strategy> strategy();

        /** The path that answers 200 when an instance is ready; {@code none} for no active checks. */
        Optional<String> healthPath();

        /** Whether it is spoken to by HTTP/2 with prior knowledge. */
        Optional<Boolean> http2();
    }
}
