package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.RecoveryCode;
import dev.devmentor.clientcrypto.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Another recovery code. */
@Command(name = "recovery-code", description = "Make a new recovery code; the old one opens nothing from then on.")
final class RecoveryCodeCommand extends VaultAction {
    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        RecoveryCode code = RecoveryCode.fresh(access.random());
        try (Vault vault = access.open();
                Vault rewrapped = vault.withRecovery(code)) {
            access.client().store(rewrapped);
        }
        SetUpCommand.show(access, code, "passphrase");
    }
}
