package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Received;
import java.io.IOException;

/** What others share with me, by its id. */
final class Offers {
    private Offers() {}

    static Received find(VaultClient client, String id) throws IOException, InterruptedException, CryptoFailed {
        return client.received().stream()
                .filter(share -> share.share().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Failed("nobody shares " + Entries.quoted(id) + " with you (vault shared lists them)"));
    }
}
