package dev.devmentor.cli.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a token endpoint answers. */
public sealed interface TokenAnswer {
    /**
     * RFC 6749, section 5.1.
     *
     * @param refreshToken null if there is none, or if the one that was sent goes on being good
     */
    record Granted(String accessToken, @Nullable String refreshToken, Duration lifetime) implements TokenAnswer {
        @Override
        public String toString() {
            return "Granted[for " + lifetime + "]"; // never a token
        }
    }

    /**
     * RFC 6749, section 5.2; a problem (RFC 9457) has its type in place of the error.
     *
     * @param error such as {@code invalid_grant}
     * @param description for a person; empty if nothing was said
     * @param retryAfter how long to wait before the next try; zero if nothing was said
     */
    record Refused(int status, String error, String description, Duration retryAfter) implements TokenAnswer {}
}
