package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The login that is kept: makes access tokens of it, begins and ends it. */
public final class LoggedIn {
    /** An access token that expires sooner is not used any more. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final AuthApi auth;
    private final LoginFile file;
    private final Clock clock;

    public LoggedIn(AuthApi auth, LoginFile file, Clock clock) {
        this.auth = auth;
        this.file = file;
        this.clock = clock;
    }

    /** Where one logs in. */
    public AuthApi auth() {
        return auth;
    }

    /** Who is logged in; empty if nobody is. */
    public Optional<Login> who() {
        return file.read();
    }

    /** A token that is good for another half minute at least. The refresh token is used up by one command at a time. */
    public String accessToken() {
        Optional<Login> kept = file.read();
        if (kept.isPresent() && isFresh(kept.get())) {
            return kept.get().accessToken();
        }
        return file.locked(this::refreshed);
    }

    private String refreshed() {
        Login login = file.read().orElseThrow(() -> new Failed("nobody is logged in (scripts/devmentor login)"));
        if (isFresh(login)) {
            return login.accessToken(); // another command was quicker
        }
        if (login.hasEnded()) {
            throw ended(login);
        }
        return switch (auth.refresh(login)) {
            case TokenAnswer.Granted granted -> {
                file.write(login.with(granted, clock.instant()));
                yield granted.accessToken();
            }
            case TokenAnswer.Refused refusal
            when refusal.error().equals("invalid_grant") -> {
                // Kept without its token: whoever logged in as one person does not go on as another one unnoticed.
                file.write(login.ended());
                throw ended(login);
            }
            case TokenAnswer.Refused refusal -> throw auth.refused("your login was not renewed", refusal);
        };
    }

    private static Failed ended(Login login) {
        return new Failed("the login of " + login.name() + " has ended: scripts/devmentor login"
                + " (or logout, to act as the demo person again)");
    }

    private boolean isFresh(Login login) {
        return login.accessUntil().isAfter(clock.instant().plus(MARGIN));
    }

    /**
     * Keeps a login that was granted; one that was kept before is ended at the auth service.
     *
     * @throws Failed when it came without a refresh token: it would be over in minutes
     */
    public Login begin(TokenAnswer.Granted granted) {
        String refresh = granted.refreshToken();
        if (refresh == null) {
            throw new Failed(auth.name() + " granted a login that cannot be renewed, so it is not kept");
        }
        String email = auth.me(granted.accessToken()).path("email").asText();
        Login login = Login.of(granted, refresh, email, clock.instant());
        return file.locked(() -> {
            Optional<Login> before = file.exists() ? readQuietly() : Optional.empty();
            file.write(login);
            before.filter(old -> !old.hasEnded()).ifPresent(old -> revokeQuietly(old));
            return login;
        });
    }

    private Optional<Login> readQuietly() {
        try {
            return file.read();
        } catch (Failed e) {
            return Optional.empty(); // it is replaced anyway
        }
    }

    private void revokeQuietly(Login old) {
        try {
            auth.revoke(old);
        } catch (Failed e) {
            // The new login is what was asked for; the old one expires by itself.
        }
    }

    /**
     * Ends the login here and at the auth service.
     *
     * @return who was logged in; empty if nobody was
     * @throws Failed when it has ended here, but the auth service could not be told
     */
    public Optional<Login> end() {
        return file.locked(() -> {
            Optional<Login> login = file.exists() ? readQuietly() : Optional.empty();
            file.forget();
            login.filter(known -> !known.hasEnded()).ifPresent(known -> {
                try {
                    auth.revoke(known);
                } catch (Failed e) {
                    throw new Failed(
                            "logged out here, but " + auth.name() + " does not know yet: " + e.getMessage(), e);
                }
            });
            return login;
        });
    }
}
