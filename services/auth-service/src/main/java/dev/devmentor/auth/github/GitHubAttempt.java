package dev.devmentor.auth.github;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A way to GitHub and back, kept sealed in a cookie of the browser that goes it.
 *
 * @param state that has to come back (RFC 6749 10.12)
 * @param verifier of PKCE (RFC 7636)
 * @param next path of ours to go to at the end
 * @param linkTo account to link with; null for a login
 * @param until second since 1970 at which it ends
 */
@RegisterForReflection
record GitHubAttempt(String state, String verifier, String next, @Nullable String linkTo, boolean repositories, long until) {
    /** Nothing of it: whoever has it goes the way. */
    @Override
    public String toString() {
        return "GitHubAttempt";
    }
}
