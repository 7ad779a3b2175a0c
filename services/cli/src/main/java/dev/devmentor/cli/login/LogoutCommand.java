package dev.devmentor.cli.login;

import dev.devmentor.cli.identity.Login;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the login, here and at the auth service. */
@Command(name = "logout", description = "End the login, here and at the auth service.")
public final class LogoutCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Optional<Login> ended = Actors.of(Home.fromEnvironment()).loggedIn().end();
        Terminal.stdout().line(ended.map(login -> "logged out " + login.name()).orElse("nobody was logged in"));
        return 0;
    }
}
