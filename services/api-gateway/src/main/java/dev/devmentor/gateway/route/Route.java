package dev.devmentor.gateway.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for requests whose path begins with a prefix. Of several routes the one with the longest prefix counts; a prefix ends
 * at a segment: {@code /api/ai} is none of {@code /api/aix}.
 *
 * @param name for metrics, logs and settings
 * @param prefix of the path
 * @param service behind it, one of those in {@code devmentor.gateway.services}; null for what the gateway answers itself
 * @param access who may use it
 * @param role that a caller needs; null for any
 * @param limits which limits count for it
 * @param timeout from the request's end to the answer's head; streams are only bounded by their idle time
 * @param maxBodyBytes largest body of a request
 * @param cacheSeconds for how long an answer to a GET may be kept, to be shown while the breaker is open; 0 for not at all
 */
public record Route(
        String name,
        String prefix,
        @Nullable String service,
        Access access,
        @Nullable String role,
        Limits limits,
        Duration timeout,
        long maxBodyBytes,
        int cacheSeconds) {
    /** Who may use a route. */
    public enum Access {
        /** Anybody. A token or key is not looked at, but goes on. */
        OPEN,
        /** Who has shown who they are. */
        TOKEN
    }

    /** Which limits count. */
    public enum Limits {
        /** None: static files, health. */
        NONE,
        /** The caller's: anonymous, free, premium, or the key's own. */
        CALLER,
        /** By address, for what is open at the auth service. */
        AUTH
    }
}
