package dev.devmentor.gateway.route;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Changes to the delivered routes, and further ones, by their name: {@code devmentor.gateway.routes.NAME.timeout=60S}. */
@ConfigMapping(prefix = "devmentor.gateway.routes")
public interface RouteConfig {
    /** By name. */
    @WithParentName
    Map<String, Change> routes();

    /** One route; what is absent is as delivered. A new one needs at least a prefix. */
    interface Change {
        /** The prefix of the path, such as {@code /api/ai}; {@code =/path} for the path itself and nothing below. */
        Optional<String> prefix();

        /** The service behind it; absent at a new route: the gateway itself. */
        Optional<String> service();

        /** Who may use it; a new route needs a token. */
        Optional<Route.Access> access();

        /** Role that is needed. */
        Optional<String> role();

        /** Which limits count. */
        Optional<Route.Limits> limits();

        /** Until the head of the answer. */
        Optional<@DurationMin(millis = 1) Duration> timeout();

        /** Largest body of a request. */
        Optional<MemorySize> maxBody();

        /** For how long an answer may be shown while the breaker is open. */
        Optional<@Min(0) Integer> cacheSeconds();

        /** Whether the route is there; false takes a delivered one away. */
        Optional<Boolean> enabled();
    }
}
