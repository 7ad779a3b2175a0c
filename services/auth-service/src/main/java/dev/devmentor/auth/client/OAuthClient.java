package dev.devmentor.auth.client;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that may ask for tokens.
 *
 * @param id its {@code client_id}
 * @param secret null for one that cannot keep any (RFC 6749 2.1)
 * @param grants names of grants as the token endpoint knows them
 * @param scope of its own tokens (client credentials), names with blanks between
 */
public record OAuthClient(String id, @Nullable String secret, Set<String> grants, String scope) {
    public OAuthClient {
        grants = Set.copyOf(grants);
    }

    /** Whether it has no secret. */
    public boolean isPublic() {
        return secret == null;
    }

    public boolean may(String grant) {
        return grants.contains(grant);
    }
}
