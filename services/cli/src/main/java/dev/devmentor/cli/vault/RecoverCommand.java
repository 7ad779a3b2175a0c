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

/** A new passphrase by the recovery code. */
@Command(
        name = "recover",
        description = {
            "Open the vault with its recovery code and give it a new passphrase",
            "(in a zero-knowledge account: the present password of the account).",
            "With --passphrase-stdin: the code on the first line, the passphrase on the second."
        })
final class RecoverCommand extends VaultAction {
    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        if (client.status().keys() == null) {
            throw new Failed("there is no vault yet (scripts/devmentor vault setup)");
        }
        RecoveryCode code = RecoveryCode.parse(new String(access.secrets().next("recovery code")));
        try (Vault vault = client.unlock(code)) {
            if (access.zeroKnowledge()) {
                ZeroKnowledgeLogin.LoggedIn login =
                        access.prove(access.secrets().next("password of your account"));
                try (MasterKey key = login.key();
                        Vault rewrapped = vault.withPassword(key, login.kdf())) {
                    client.store(rewrapped);
                }
            } else {
                char[] passphrase = access.newPassphrase();
                KdfParams kdf = KdfParams.fresh(access.random());
                try (MasterKey key = access.stretching().derive(passphrase, kdf);
                        Vault rewrapped = vault.withPassword(key, kdf)) {
                    client.store(rewrapped);
                } finally {
                    Arrays.fill(passphrase, '\0');
                }
            }
        }
        access.out().accept("the vault opens with it now");
        access.hints()
                .accept("The recovery code is still good; make a new one if somebody may have seen it"
                        + " (scripts/devmentor vault recovery-code).");
    }
}
