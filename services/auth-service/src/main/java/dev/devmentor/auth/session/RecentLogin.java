package dev.devmentor.auth.session;

import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Whether the caller has shown who they are just now, for what cannot be undone. */
@RequestScoped
public class RecentLogin {
    private final JsonWebToken token;
    private final SessionConfig config;
    private final Clock clock;

    RecentLogin(JsonWebToken token, SessionConfig config, Clock clock) {
        this.token = token;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Refuses a caller whose last login is too long ago.
     *
     * @throws ProblemException 401 {@code login-not-recent}
     */
    public void mustBeRecent() {
        Object claim = token.getClaim("auth_time");
        long authTime = claim instanceof Number number
                ? number.longValue()
                : claim == null ? 0 : Long.parseLong(claim.toString());
        if (Instant.ofEpochSecond(authTime).plus(config.recent()).isBefore(clock.instant())) {
            throw ProblemException.unauthenticated(
                    "login-not-recent",
                    "log in again first: this needs a login of the last "
                            + config.recent().toMinutes() + " minutes");
        }
    }
}
