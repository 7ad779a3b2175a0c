package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.RecoveryCode;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine.Command;

/** Makes the vault. */
@Command(
        name = "setup",
        description = "Make your vault. Shows a recovery code, once: it opens the vault if the passphrase is lost.")
final class SetUpCommand extends VaultAction {
    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        if (client.status().keys() != null) {
            throw new Failed("you have a vault already (scripts/devmentor vault list)");
        }
        boolean zeroKnowledge = access.zeroKnowledge();
        String secret = zeroKnowledge ? "password" : "passphrase";
        access.hints()
                .accept(
                        "What you put into the vault is encrypted here. The server cannot read it, and neither can we.");
        access.hints()
                .accept("Nobody can reset this for you: without your " + secret
                        + " and without the recovery code that you get next, everything in it is lost for good.");
        VaultClient.SetUp made = zeroKnowledge ? byTheAccountsPassword(access, client) : byItsOwn(access, client);
        try (Vault vault = made.vault()) {
            show(access, made.code(), secret);
        }
    }

    private static VaultClient.SetUp byTheAccountsPassword(VaultAccess access, VaultClient client)
            throws IOException, InterruptedException, CryptoFailed {
        ZeroKnowledgeLogin.LoggedIn login = access.prove(access.secrets().next("password of your account"));
        try (MasterKey key = login.key()) {
            return client.setUp(key, login.kdf());
        }
    }

    private static VaultClient.SetUp byItsOwn(VaultAccess access, VaultClient client)
            throws IOException, InterruptedException, CryptoFailed {
        char[] passphrase = access.newPassphrase();
        KdfParams kdf = KdfParams.fresh(access.random());
        try (MasterKey key = access.stretching().derive(passphrase, kdf)) {
            return client.setUp(key, kdf);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The code alone goes to standard output, so that it can be piped to a printer. */
    static void show(VaultAccess access, RecoveryCode code, String secret) {
        access.hints().accept("");
        access.hints()
                .accept("Your recovery code. Write it down and keep it away from this machine; it is shown only now:");
        access.out().accept(code.text());
        access.hints()
                .accept("If you lose the " + secret
                        + ": scripts/devmentor vault recover. If you lose both, nobody can help.");
    }
}
