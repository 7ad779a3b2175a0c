package dev.devmentor.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Which pages of other origins may call the platform from a browser. */
@ConfigMapping(prefix = "devmentor.gateway.cors")
public interface CorsConfig {
    /** Origins such as {@code https://app.example.org}; each must match exactly. None: only pages of the gateway's own origin. */
    Optional<List<String>> origins();

    /** Methods that may be used. */
    @WithDefault("GET,HEAD,POST,PUT,PATCH,DELETE")
    List<String> methods();

    /** Fields that a request may have. */
    @WithDefault(
            "authorization,content-type,accept,x-api-key,x-request-id,idempotency-key,if-match,if-none-match,traceparent,tracestate,last-event-id")
    List<String> headers();

    /** Fields of an answer that a page may read. */
    @WithDefault("x-request-id,retry-after,ratelimit,ratelimit-policy,etag,location,age,warning")
    List<String> exposedHeaders();

    /** Whether cookies and the like may go along. */
    @WithDefault("true")
    boolean credentials();

    /** For how long a browser may remember the answer to a preflight. */
    @WithDefault("10m")
    @DurationMin(nanos = 0)
    Duration maxAge();
}
