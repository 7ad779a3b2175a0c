package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A new entry. */
@Command(
        name = "put",
        description = {
            "Add an entry. Its secret is asked for, or comes out of a file.",
            "It is never an argument: other programs and the shell's history would see it."
        })
final class PutCommand extends VaultAction {
    @Parameters(paramLabel = "TITLE", description = "What it is called.")
    @SuppressWarnings("NullAway.Init")
    private String title;

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "", description = "User name that goes with it.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(names = "--address", paramLabel = "URL", defaultValue = "", description = "Where it is used.")
    @SuppressWarnings("NullAway.Init")
    private String address;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "A note.")
    @SuppressWarnings("NullAway.Init")
    private String note;

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be given several times.")
    private List<String> tags = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Take the secret out of this file; - is standard input.")
    private @Nullable String file;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        if (title.isBlank()) {
            throw new Failed("an entry needs a title");
        }
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            boolean taken = client.listing(vault).opened().stream()
                    .anyMatch(entry -> entry.text().title().equals(title));
            if (taken) {
                throw new Failed("there is an entry " + Entries.quoted(title) + " already (vault edit changes it)");
            }
            String secret = file == null ? new String(access.secrets().next("secret")) : SecretInput.read(file);
            Opened added = client.add(vault, new EntryText(title, tags, user, secret, address, note));
            access.out()
                    .accept("added " + Entries.quoted(title) + "  "
                            + added.entry().id());
        }
    }
}
