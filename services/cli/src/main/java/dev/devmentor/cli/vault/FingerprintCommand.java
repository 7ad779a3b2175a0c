package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Fingerprint;
import dev.devmentor.clientcrypto.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;

/** The fingerprint of one's own key. Of the opened vault: the server could name another one. */
@Command(name = "fingerprint", description = "Show your fingerprint, which who shares with you compares.")
final class FingerprintCommand extends VaultAction {
    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        try (Vault vault = access.open()) {
            access.out().accept(Fingerprint.of(vault.keys().publicKey()));
        }
    }
}
