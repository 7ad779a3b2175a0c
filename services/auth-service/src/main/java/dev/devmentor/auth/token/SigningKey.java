package dev.devmentor.auth.token;

import java.security.PrivateKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key that signs tokens.
 *
 * @param kid RFC 7638 thumbprint
 * @param publicJwk the public half as a JSON Web Key (RFC 7517)
 * @param signsFrom it signs from then on
 * @param signsUntil null while no other takes over
 * @param publishedUntil null while no other takes over
 */
record SigningKey(
        String kid,
        PrivateKey privateKey,
        String publicJwk,
        Instant signsFrom,
        @Nullable Instant signsUntil,
        @Nullable Instant publishedUntil) {
    boolean signsAt(Instant now) {
        return !signsFrom.isAfter(now) && (signsUntil == null || signsUntil.isAfter(now));
    }

    boolean isPublishedAt(Instant now) {
        return publishedUntil == null || publishedUntil.isAfter(now);
    }
}
