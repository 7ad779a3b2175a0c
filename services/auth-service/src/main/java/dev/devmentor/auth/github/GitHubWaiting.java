package dev.devmentor.auth.github;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who came from GitHub and has to show a second factor, kept sealed in a cookie of their browser.
 *
 * @param id that is good for one login
 * @param until second since 1970 at which it ends
 */
@RegisterForReflection
record GitHubWaiting(
        String id,
        long github,
        String login,
        String name,
        @Nullable String email,
        long until) {
    /** Who they are at GitHub. */
    GitHubApi.Profile profile() {
        return new GitHubApi.Profile(github, login, name, Optional.ofNullable(email));
    }

    /** Nothing of it: whoever has it is past the first factor. */
    @Override
    public String toString() {
        return "GitHubWaiting";
    }
}
