package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Fingerprint;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Received;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accepts what somebody shares. */
@Command(
        name = "accept",
        description = "Accept what somebody shares with you, after you have compared the fingerprint of their key.")
final class AcceptCommand extends VaultAction {
    @Parameters(paramLabel = "ID", description = "Of vault shared.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--fingerprint", paramLabel = "CODE", description = "The fingerprint that they have told you.")
    private @Nullable String fingerprint;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Received share = Offers.find(client, id);
            Compared.must(access, share.email(), Fingerprint.of(share.ownerKey()), fingerprint);
            client.accept(vault, share);
            access.out().accept("accepted; scripts/devmentor vault shared " + id + " reads it");
        }
    }
}
