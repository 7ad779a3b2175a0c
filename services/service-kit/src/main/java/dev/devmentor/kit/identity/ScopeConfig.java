package dev.devmentor.kit.identity;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the scope of a token has to name (RFC 6749 3.3). */
@ConfigMapping(prefix = "devmentor.scope")
public interface ScopeConfig {
    /** Roles that count below {@code /api} only with a scope; others always do. */
    Map<String, Access> roles();

    /** Paths that may be read whatever the scope is. */
    Optional<Set<String>> always();

    /** One of the names is enough. */
    interface Access {
        /** For GET and HEAD. */
        Set<String> read();

        /** For all else. */
        Set<String> write();
    }
}
