package dev.devmentor.auth.token;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Ends a request to an OAuth endpoint with one of its errors. */
public final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final int status;
    private final long retryAfterSeconds;

    private OAuthException(int status, String error, String description, long retryAfterSeconds) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 400 with one of the codes. */
    public static OAuthException of(String error, String description) {
        return new OAuthException(400, error, description, 0);
    }

    /** 401 {@code invalid_client}. */
    public static OAuthException invalidClient() {
        return new OAuthException(401, "invalid_client", "no such client, or not its secret", 0);
    }

    /** 429 {@code slow_down}: guessing has to wait. */
    public static OAuthException tooMany(long retryAfterSeconds) {
        return new OAuthException(429, "slow_down", "too many failed tries; wait", Math.max(1, retryAfterSeconds));
    }

    /** The code. */
    public String error() {
        return error;
    }

    Response answer() {
        Response.ResponseBuilder answer = Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .entity(new OAuthError(error, String.valueOf(getMessage())));
        if (status == 401) {
            answer.header("WWW-Authenticate", "Basic realm=\"devmentor\"");
        }
        if (retryAfterSeconds > 0) {
            answer.header("Retry-After", retryAfterSeconds);
        }
        return answer.build();
    }
}
