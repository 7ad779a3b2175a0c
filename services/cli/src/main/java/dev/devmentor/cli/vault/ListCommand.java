package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Broken;
import dev.devmentor.clientcrypto.VaultClient.Listing;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Titles, without secrets. */
@Command(name = "list", description = "Show what is in the vault, without the secrets.")
final class ListCommand extends VaultAction {
    @Parameters(arity = "0..1", paramLabel = "WORD", description = "Only entries that have this word in them.")
    private @Nullable String word;

    @Option(
            names = "--forget-missing",
            description = "Say that you have deleted what is not there any more, on another device.")
    private boolean forgetMissing;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Listing all = client.listing(vault);
            List<List<String>> rows = new ArrayList<>();
            all.opened().stream()
                    .filter(entry -> matches(entry.text()))
                    .sorted(Comparator.comparing(entry -> entry.text().title()))
                    .forEach(entry -> rows.add(row(entry)));
            if (rows.isEmpty() && !all.opened().isEmpty()) {
                access.hints().accept("nothing has this word in it");
            } else if (rows.isEmpty() && all.broken().isEmpty()) {
                access.hints().accept("the vault is empty");
            }
            Terminal.table(rows).forEach(access.out());
            for (Broken broken : all.broken()) {
                access.hints().accept("! " + broken.id() + ": " + words(broken.failure()));
            }
            missing(access, vault.owner(), all);
        }
    }

    private void missing(VaultAccess access, String owner, Listing all) {
        Set<String> there = Stream.concat(
                        all.opened().stream().map(entry -> entry.entry().id()),
                        all.broken().stream().map(Broken::id))
                .collect(Collectors.toSet());
        List<String> gone = access.seen().ids(owner).stream()
                .filter(id -> !there.contains(id))
                .toList();
        if (forgetMissing) {
            gone.forEach(id -> access.seen().deleted(owner, id));
        } else if (!gone.isEmpty()) {
            access.hints()
                    .accept(
                            "! " + gone.size() + " of the entries that were seen here are not there any more."
                                    + " If you have deleted them on another device: --forget-missing. If not, tell an operator.");
        }
    }

    private boolean matches(EntryText text) {
        return word == null
                || Stream.concat(
                                Stream.of(text.title(), text.user(), text.address(), text.note()), text.tags().stream())
                        .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)));
    }

    private static List<String> row(Opened entry) {
        EntryText text = entry.text();
        return List.of(
                Entries.printable(text.title()),
                Entries.printable(text.user()),
                Entries.printable(String.join(", ", text.tags())),
                entry.entry().id());
    }
}
