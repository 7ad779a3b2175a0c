package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Given;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One entry. */
@Command(name = "get", description = "Show an entry; with --field that alone, for scripts.")
final class GetCommand extends VaultAction {
    /** A part of an entry. */
    enum Field {
        TITLE,
        USER,
        SECRET,
        ADDRESS,
        TAGS,
        NOTE
    }

    @Parameters(paramLabel = "NAME", description = "Title or id.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--field", paramLabel = "FIELD", description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Field field;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            Opened entry = Entries.find(client, vault, name);
            if (field != null) {
                access.out().accept(value(entry.text(), field));
                return;
            }
            show(access, entry.text());
            List<Given> given = client.given(entry);
            if (!given.isEmpty()) {
                access.out()
                        .accept("shared with "
                                + given.stream().map(Given::email).collect(Collectors.joining(", ")));
            }
        }
    }

    static void show(VaultAccess access, EntryText text) {
        List<List<String>> rows = new ArrayList<>();
        for (Field each : Field.values()) {
            String value = value(text, each);
            if (!value.isEmpty() && value.indexOf('\n') < 0) {
                rows.add(List.of(label(each), Entries.printable(value)));
            }
        }
        Terminal.table(rows).forEach(access.out());
        for (Field each : Field.values()) {
            String value = value(text, each);
            if (value.indexOf('\n') >= 0) {
                access.out().accept(label(each) + ":");
                value.lines().map(line -> "  " + Entries.printable(line)).forEach(access.out());
            }
        }
    }

    static String value(EntryText text, Field field) {
        return switch (field) {
            case TITLE -> text.title();
            case USER -> text.user();
            case SECRET -> text.secret();
            case ADDRESS -> text.address();
            case TAGS -> String.join(", ", text.tags());
            case NOTE -> text.note();
        };
    }

    private static String label(Field field) {
        return field.name().toLowerCase(java.util.Locale.ROOT);
    }
}
