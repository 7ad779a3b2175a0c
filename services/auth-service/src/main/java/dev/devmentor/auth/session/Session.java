package dev.devmentor.auth.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is logged in, with one program.
 *
 * @param method how they showed who they are: {@code password}, {@code zero-knowledge}, {@code github}, {@code device}
 * @param amr the same in words of RFC 8176, for tokens
 * @param address from where the session was begun
 * @param authTime when they showed it
 * @param expiresAt however often it is refreshed
 */
record Session(
        String id,
        String accountId,
        String clientId,
        String method,
        List<String> amr,
        String scope,
        String address,
        String userAgent,
        Instant createdAt,
        Instant authTime,
        Instant expiresAt,
        @Nullable Instant endedAt) {
    Session {
        amr = List.copyOf(amr);
    }
}
