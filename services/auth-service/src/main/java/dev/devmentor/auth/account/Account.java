package dev.devmentor.auth.account;

import java.time.Instant;
import java.util.List;

/**
 * A person's account.
 *
 * @param id opaque, at most 64 characters; {@code sub} of the person's tokens, and their learner id in every service
 * @param email as it was typed at registration
 * @param emailVerified whether the person has shown that the address is theirs
 * @param roles of the person's tokens
 * @param tier {@code free} or {@code premium}
 */
public record Account(
        String id,
        String email,
        boolean emailVerified,
        String name,
        List<String> roles,
        String tier,
        State state,
        Instant createdAt) {
    /** Whether an account can be used. */
    public enum State {
        ACTIVE,
        /** An operator has taken it out of use. */
        SUSPENDED,
        /** Everything of the person is being deleted. */
        ERASING
    }

    public Account {
        roles = List.copyOf(roles);
    }

    /** Whether its person may be let in. */
    public boolean isUsable() {
        return state == State.ACTIVE;
    }
}
