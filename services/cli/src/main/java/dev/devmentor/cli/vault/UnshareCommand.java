package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Given;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a share back. */
@Command(
        name = "unshare",
        description = "Take a share back: the entry gets a new key. What they have read they may have kept.")
final class UnshareCommand extends VaultAction {
    @Parameters(paramLabel = "NAME", description = "Title or id.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--with", required = true, paramLabel = "MAIL", description = "Their mail address.")
    @SuppressWarnings("NullAway.Init")
    private String with;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Opened entry = Entries.find(client, vault, name);
            String title = Entries.quoted(entry.text().title());
            Given given = client.given(entry).stream()
                    .filter(share -> share.email().equalsIgnoreCase(with))
                    .findFirst()
                    .orElseThrow(() -> new Failed(title + " is not shared with " + with));
            client.revoke(vault, entry, given.recipient());
            access.out().accept("took " + title + " back from " + with);
            access.hints()
                    .accept("They may have kept what they read: change the secret itself, too (vault edit --secret).");
        }
    }
}
