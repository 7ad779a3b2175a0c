package dev.devmentor.cli.login;

import dev.devmentor.cli.identity.AuthApi;
import dev.devmentor.cli.identity.DeviceCode;
import dev.devmentor.cli.identity.DeviceLogin;
import dev.devmentor.cli.identity.Login;
import dev.devmentor.cli.identity.TokenAnswer;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Logs a person in: by a code that they confirm in a browser, or for scripts by mail address and password. */
@Command(
        name = "login",
        description = {
            "Log in: shows a code and where to confirm it, and waits for that. Commands then act as you.",
            "With --email and --password-stdin no browser is needed."
        })
public final class LoginCommand implements Callable<Integer> {
    /** Far above the longest password that the auth service takes. */
    private static final int PASSWORD = 4096;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--email", paramLabel = "MAIL", description = "Log in by this address and a password.")
    private @Nullable String email;

    @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
    private boolean passwordStdin;

    @Override
    public Integer call() throws IOException {
        String address = email;
        if (passwordStdin && address == null) {
            throw new ParameterException(spec.commandLine(), "--password-stdin goes with --email");
        }
        if (address != null && !passwordStdin) {
            throw new ParameterException(
                    spec.commandLine(), "--email goes with --password-stdin; without both, you confirm a code");
        }
        Home home = Home.fromEnvironment();
        if (!home.hasPlatform()) {
            throw new Failed("there is no platform in " + home.directory() + " yet (start it: scripts/devmentor up)");
        }
        Actors actors = Actors.of(home);
        AuthApi auth = actors.loggedIn().auth();
        TokenAnswer.Granted granted = address == null
                ? new DeviceLogin(auth, Thread::sleep).run(LoginCommand::show)
                : byPassword(auth, address, readPassword());
        Terminal.stderr().clearPassing();
        Login login = actors.loggedIn().begin(granted);
        Terminal.stdout().line("logged in as " + login.name() + "; commands act as you now (logout ends that)");
        return 0;
    }

    /** Standard error, so that it is seen also where standard output goes into a file. */
    private static void show(DeviceCode code) {
        Terminal err = Terminal.stderr();
        err.lines(Terminal.table(List.of(
                List.of("open", code.completeUri()),
                List.of(
                        "code",
                        err.bold(code.userCode()) + "  (compare it there, and confirm; it is good for "
                                + code.lifetime().toMinutes() + " min)"))));
        err.passing("waiting for you to confirm it ...");
    }

    private static TokenAnswer.Granted byPassword(AuthApi auth, String email, String password) {
        return switch (auth.password(email, password)) {
            case TokenAnswer.Granted granted -> granted;
            case TokenAnswer.Refused refusal -> {
                if (refusal.status() == 429) {
                    long seconds = Math.max(1, refusal.retryAfter().toSeconds());
                    throw new Failed("too many attempts: try again in " + seconds + " s");
                }
                throw refusal.status() == 401 || refusal.error().equals("invalid_grant")
                        ? new Failed("mail address or password is wrong")
                        : new Failed("you are not logged in: the gateway answered " + refusal.status() + ": "
                                + (refusal.description().isBlank() ? refusal.error() : refusal.description()));
            }
        };
    }

    /** The first line without its end; read as bytes, so that what stands behind it is left alone and nothing is echoed. */
    private static String readPassword() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = System.in.read();
        while (next != -1 && next != '\n') {
            if (line.size() == PASSWORD) {
                throw new Failed("the first line of standard input is too long for a password");
            }
            line.write(next);
            next = System.in.read();
        }
        String password = line.toString(StandardCharsets.UTF_8);
        password = password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
        if (password.isEmpty()) {
            throw new Failed("there is no password on standard input");
        }
        return password;
    }
}
