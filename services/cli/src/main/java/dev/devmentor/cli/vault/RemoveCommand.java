package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes an entry. */
@Command(name = "rm", description = "Delete an entry, and its shares. It cannot be undone.")
final class RemoveCommand extends VaultAction {
    @Parameters(paramLabel = "NAME", description = "Title or id.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Opened entry = Entries.find(client, vault, name);
            client.delete(vault, entry);
            access.out().accept("deleted " + Entries.quoted(entry.text().title()));
        }
    }
}
