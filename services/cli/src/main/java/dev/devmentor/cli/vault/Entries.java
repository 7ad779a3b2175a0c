package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Listing;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Entries by their titles, which only this end can read. */
final class Entries {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Entries() {}

    /** The one entry of that title or id. */
    static Opened find(VaultClient client, Vault vault, String name)
            throws IOException, InterruptedException, CryptoFailed {
        if (ID.matcher(name).matches()) {
            return client.get(vault, name);
        }
        Listing all = client.listing(vault);
        List<Opened> found = all.opened().stream()
                .filter(entry -> entry.text().title().equals(name))
                .toList();
        if (found.isEmpty()) {
            found = all.opened().stream()
                    .filter(entry -> entry.text().title().equalsIgnoreCase(name))
                    .toList();
        }
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw new Failed("there is no entry " + quoted(name)
                        + (all.broken().isEmpty()
                                ? ""
                                : ", but " + all.broken().size() + " that cannot be opened (vault list shows them)"));
            default ->
                throw new Failed("there are " + found.size() + " entries " + quoted(name)
                        + ": name one by its id (vault list shows them)");
        };
    }

    static String quoted(String title) {
        return "'" + printable(title) + "'";
    }

    /** What somebody else wrote must not speak to this terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
