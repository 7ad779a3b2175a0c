package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Received;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Declines or drops what somebody shares. */
@Command(name = "drop", description = "Decline what somebody shares with you, or drop it; needs no passphrase.")
final class DropCommand extends VaultAction {
    @Parameters(paramLabel = "ID", description = "Of vault shared.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        Received share = Offers.find(client, id);
        client.leave(share);
        access.out().accept("dropped what " + share.email() + " shared");
    }
}
