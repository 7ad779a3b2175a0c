package dev.devmentor.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.identity.AuthApi;
import dev.devmentor.cli.identity.LauncherTokens;
import dev.devmentor.cli.identity.LoggedIn;
import dev.devmentor.cli.identity.Login;
import dev.devmentor.cli.identity.LoginFile;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom commands act as: the person who is logged in; without a login, as on a laptop, the demo person; and whoever is named,
 * by the launcher's right to act as anybody there.
 */
public final class Actors {
    /** Of one answer of the auth service. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private final Addresses addresses;
    private final LoggedIn loggedIn;
    private final LauncherTokens launcher;

    private Actors(Home home, Addresses addresses, Duration limit) {
        this.addresses = addresses;
        this.loggedIn = new LoggedIn(
                new AuthApi(addresses.service(Platform.GATEWAY), "the gateway", limit),
                loginFile(home),
                Clock.systemUTC());
        this.launcher = launcherTokens(home, addresses.service(Platform.AUTH), limit);
    }

    /** @param authService address without a slash at the end */
    static LauncherTokens launcherTokens(Home home, String authService, Duration limit) {
        return new LauncherTokens(
                new AuthApi(authService, "the auth service", limit), home::launcherSecret, Clock.systemUTC());
    }

    public static Actors of(Home home) {
        return of(home, LIMIT);
    }

    /** @param limit of one answer of the auth service */
    public static Actors of(Home home, Duration limit) {
        return new Actors(home, Addresses.of(home), limit);
    }

    private static LoginFile loginFile(Home home) {
        return new LoginFile(home.secrets().resolve("login.json"), home.run().resolve("login.lock"));
    }

    /** The login of this data directory. */
    public LoggedIn loggedIn() {
        return loggedIn;
    }

    /** @param learner null for whoever is logged in, or else the demo person */
    public Actor learner(@Nullable String learner) {
        if (learner == null) {
            Optional<Login> login = loggedIn.who();
            if (login.isPresent()) {
                return new Actor(login.get().subject(), login.get().name(), loggedIn::accessToken, addresses, true);
            }
        }
        return byTheLauncher(learner == null ? Platform.DEMO : learner, "learner");
    }

    /** What the auth service knows of somebody. */
    public JsonNode me(Actor actor) {
        return new AuthApi(actor.service(Platform.AUTH), "the auth service", LIMIT).me(actor.token());
    }

    /** Who may verify, and may not read people's data. */
    public Actor operator() {
        return byTheLauncher("operator", "operator");
    }

    private Actor byTheLauncher(String subject, String role) {
        return new Actor(subject, subject, () -> launcher.token(subject, role), addresses, false);
    }
}
