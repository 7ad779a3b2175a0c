package dev.devmentor.gateway.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param kind how they showed who they are
 * @param id of the person, service or service account ({@code sub}); the empty text for nobody
 * @param tier {@code free} or {@code premium}
 * @param roles of the token
 * @param scope names with blanks between
 * @param session the token's {@code sid}; null if it has none
 * @param keyId of the API key that was sent; null without
 * @param perMinute most requests a minute, where the key has a limit of its own; 0 for that of the tier
 * @param perDay most requests a day, where the key has a quota; 0 for none
 */
public record Caller(
        Kind kind,
        String id,
        String tier,
        List<String> roles,
        String scope,
        @Nullable String session,
        @Nullable String keyId,
        int perMinute,
        int perDay) {
    /** How somebody showed who they are. */
    public enum Kind {
        ANONYMOUS,
        TOKEN,
        KEY
    }

    /** Nobody in particular. */
    public static final Caller NOBODY = new Caller(Kind.ANONYMOUS, "", "anonymous", List.of(), "", null, null, 0, 0);

    public Caller {
        roles = List.copyOf(roles);
    }

    /** Whether the caller has shown who they are. */
    public boolean isKnown() {
        return kind != Kind.ANONYMOUS;
    }
}
