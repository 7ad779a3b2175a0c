package dev.devmentor.cli.login;

import dev.devmentor.cli.identity.AuthApi;
import dev.devmentor.cli.identity.ClientHttp;
import dev.devmentor.cli.identity.DeviceCode;
import dev.devmentor.cli.identity.DeviceLogin;
import dev.devmentor.cli.identity.Login;
import dev.devmentor.cli.identity.PasswordLogin;
import dev.devmentor.cli.identity.TokenAnswer;
import dev.devmentor.cli.identity.ZeroKnowledge;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.cli.terminal.TypedSecrets;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import java.security.SecureRandom;
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
            "With --email no browser is needed: the password is asked for, or comes by --password-stdin; and so does the code",
            "of a second factor, if the account has one."
        })
public final class LoginCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--email", paramLabel = "MAIL", description = "Log in by this address and a password.")
    private @Nullable String email;

    @Option(
            names = "--password-stdin",
            description = "Read the password from the first line of standard input, a code from the second.")
    private boolean passwordStdin;

    @Option(
            names = "--zero-knowledge",
            description = "For an account whose password the server never sees: it is proven, and not sent.")
    private boolean zeroKnowledge;

    @Override
    public Integer call() throws InterruptedException {
        String address = email;
        if (address == null && (passwordStdin || zeroKnowledge)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (passwordStdin ? "--password-stdin" : "--zero-knowledge") + " goes with --email");
        }
        if (address != null && !passwordStdin && !TypedSecrets.hasTerminal()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no terminal to ask for the password: --email goes with --password-stdin");
        }
        Home home = Home.fromEnvironment();
        if (!home.hasPlatform()) {
            throw new Failed("there is no platform in " + home.directory() + " yet (start it: scripts/devmentor up)");
        }
        Actors actors = Actors.of(home);
        AuthApi auth = actors.loggedIn().auth();
        TokenAnswer.Granted granted = address == null
                ? new DeviceLogin(auth, Thread::sleep).run(LoginCommand::show)
                : byPassword(auth, address, secrets());
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

    private TypedSecrets secrets() {
        return passwordStdin
                ? TypedSecrets.lines(System.in)
                : TypedSecrets.atTheTerminal("--password-stdin reads it from standard input");
    }

    private TokenAnswer.Granted byPassword(AuthApi auth, String email, TypedSecrets secrets)
            throws InterruptedException {
        if (zeroKnowledge) {
            ZeroKnowledgeLogin.LoggedIn login = ZeroKnowledge.login(
                    new ClientHttp(auth, Actors.LIMIT), email, secrets.next("password"), new SecureRandom(), secrets);
            login.key().close();
            return ZeroKnowledge.granted(login);
        }
        return PasswordLogin.run(auth, email, secrets);
    }
}
