package dev.devmentor.cli.vault;

import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import dev.devmentor.clientcrypto.VaultClient.Person;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets somebody else read an entry. */
@Command(
        name = "share",
        description = "Let somebody else read an entry, after you have compared the fingerprint of their key.")
final class ShareCommand extends VaultAction {
    @Parameters(paramLabel = "NAME", description = "Title or id.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--with", required = true, paramLabel = "MAIL", description = "Their mail address.")
    @SuppressWarnings("NullAway.Init")
    private String with;

    @Option(names = "--fingerprint", paramLabel = "CODE", description = "The fingerprint that they have told you.")
    private @Nullable String fingerprint;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Opened entry = Entries.find(client, vault, name);
            Person person = client.person(with);
            Compared.must(access, with, person.fingerprint(), fingerprint);
            client.share(vault, entry, person);
            access.out().accept("shared " + Entries.quoted(entry.text().title()) + " with " + with);
        }
    }
}
