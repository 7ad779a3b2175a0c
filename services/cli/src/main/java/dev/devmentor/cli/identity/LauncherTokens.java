package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tokens for anybody, which the auth service of a laptop gives to whoever may read the launcher's secret. */
public final class LauncherTokens {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final AuthApi auth;
    private final Supplier<String> secret;
    private final Clock clock;
    private final Map<String, Kept> kept = new HashMap<>();

    private record Kept(String token, Instant until) {}

    /** @param secret is asked for when a token is needed first */
    public LauncherTokens(AuthApi auth, Supplier<String> secret, Clock clock) {
        this.auth = auth;
        this.secret = secret;
        this.clock = clock;
    }

    /** @param role learner, operator or service */
    public synchronized String token(String subject, String role) {
        String key = role + " " + subject;
        Kept known = kept.get(key);
        if (known != null && known.until().isAfter(clock.instant().plus(MARGIN))) {
            return known.token();
        }
        return switch (auth.exchange(secret.get(), subject, role)) {
            case TokenAnswer.Granted granted -> {
                kept.put(key, new Kept(granted.accessToken(), clock.instant().plus(granted.lifetime())));
                yield granted.accessToken();
            }
            case TokenAnswer.Refused refusal -> throw refusal(subject, refusal);
        };
    }

    private Failed refusal(String subject, TokenAnswer.Refused refusal) {
        return switch (refusal.error()) {
            case "invalid_client", "unauthorized_client", "unsupported_grant_type" ->
                new Failed("there is no token for " + subject + ": the auth service at " + auth.base()
                        + " does not take this data directory's secret");
            default -> auth.refused("there is no token for " + subject, refusal);
        };
    }
}
