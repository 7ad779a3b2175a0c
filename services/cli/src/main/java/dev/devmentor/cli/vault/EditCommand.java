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

/** The next version of an entry. */
@Command(
        name = "edit",
        description = "Change an entry: only what is named. With whom it is shared reads the new version.")
final class EditCommand extends VaultAction {
    @Parameters(paramLabel = "NAME", description = "Title or id.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--title", paramLabel = "TITLE", description = "Another title.")
    private @Nullable String title;

    @Option(names = "--user", paramLabel = "NAME", description = "Another user name.")
    private @Nullable String user;

    @Option(names = "--address", paramLabel = "URL", description = "Another address.")
    private @Nullable String address;

    @Option(names = "--note", paramLabel = "TEXT", description = "Another note.")
    private @Nullable String note;

    @Option(names = "--tag", paramLabel = "TAG", description = "The tags, in the place of the present ones.")
    private @Nullable List<String> tags;

    @Option(names = "--secret", description = "Ask for another secret.")
    private boolean secret;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Another secret, out of this file; - is standard input.")
    private @Nullable String file;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        if (title == null
                && user == null
                && address == null
                && note == null
                && tags == null
                && !secret
                && file == null) {
            throw new Failed("nothing to change (vault edit --help)");
        }
        if (title != null && title.isBlank()) {
            throw new Failed("an entry needs a title");
        }
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Opened entry = Entries.find(client, vault, name);
            EntryText old = entry.text();
            EntryText text = new EntryText(
                    title == null ? old.title() : title,
                    tags == null ? old.tags() : tags,
                    user == null ? old.user() : user,
                    file != null
                            ? SecretInput.read(file)
                            : secret ? new String(access.secrets().next("new secret")) : old.secret(),
                    address == null ? old.address() : address,
                    note == null ? old.note() : note,
                    old.more());
            client.change(vault, entry, text);
            access.out().accept("changed " + Entries.quoted(text.title()));
        }
    }
}
