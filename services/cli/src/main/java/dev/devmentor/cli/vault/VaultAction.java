package dev.devmentor.cli.vault;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.ServerRefused;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command on the vault; whatever goes wrong becomes one line that a person can act on. */
abstract class VaultAction implements Callable<Integer> {
    @Option(
            names = "--passphrase-stdin",
            description = "Read what would be asked for from standard input, a line each, the passphrase first.")
    private boolean passphraseStdin;

    @Override
    public final Integer call() throws InterruptedException {
        TypedSecrets secrets = passphraseStdin
                ? TypedSecrets.lines(System.in)
                : TypedSecrets.atTheTerminal("--passphrase-stdin reads it from standard input");
        return run(VaultAccess.of(Home.fromEnvironment(), secrets));
    }

    final int run(VaultAccess access) throws InterruptedException {
        try {
            act(access);
            return 0;
        } catch (CryptoFailed failure) {
            throw new Failed(words(failure), failure);
        } catch (ServerRefused refusal) {
            throw new Failed(words(refusal), refusal);
        } catch (IOException e) {
            throw new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    abstract void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed;

    static String words(CryptoFailed failure) {
        return switch (failure.why()) {
            case WRONG_SECRET ->
                String.valueOf(failure.getMessage()).contains("recovery code")
                        ? "this is not a recovery code; look for a misread letter"
                        : "this does not open the vault; nothing was sent to the server";
            case TAMPERED ->
                failure.getMessage() + " (the server gave something else than what was stored: don't use it,"
                        + " and tell an operator)";
            case ROLLED_BACK -> failure.getMessage() + " (don't use it, and tell an operator)";
            case UNREADABLE -> String.valueOf(failure.getMessage());
        };
    }

    private static String words(ServerRefused refusal) {
        boolean ended = refusal.status() == 401 && !refusal.type().equals("login-not-recent");
        if (ended) {
            return "your login has ended (scripts/devmentor login)";
        }
        return switch (refusal.type()) {
            case "login-not-recent" ->
                "this needs a login of the last ten minutes: scripts/devmentor login, then this again";
            case "version-conflict" -> "another device was faster, so nothing was changed; look at it and try again";
            default -> String.valueOf(refusal.getMessage());
        };
    }
}
