package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.Fingerprint;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What others share with me. */
@Command(name = "shared", description = "Show what others share with you; with an id, what one of it says.")
final class SharedCommand extends VaultAction {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "Read this one.")
    private @Nullable String id;

    @Option(names = "--field", paramLabel = "FIELD", description = "Only this of it: ${COMPLETION-CANDIDATES}.")
    private GetCommand.@Nullable Field field;

    @Override
    void act(VaultAccess access) throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = access.client();
        try (Vault vault = access.open()) {
            if (id != null) {
                Received share = Offers.find(client, id);
                if (!share.accepted()) {
                    throw new Failed("you have not accepted it yet (scripts/devmentor vault accept " + id + ")");
                }
                EntryText text = client.read(vault, share);
                if (field == null) {
                    GetCommand.show(access, text);
                } else {
                    access.out().accept(GetCommand.value(text, field));
                }
                return;
            }
            List<List<String>> rows = new ArrayList<>();
            for (Received share : client.received()) {
                rows.add(List.of(
                        share.share(), share.email(), share.accepted() ? title(client, vault, share) : offer(share)));
            }
            if (rows.isEmpty()) {
                access.hints().accept("nobody shares anything with you");
            }
            Terminal.table(rows).forEach(access.out());
        }
    }

    private static String offer(Received share) throws CryptoFailed {
        return "(not accepted; their fingerprint: " + Fingerprint.of(share.ownerKey()) + ")";
    }

    private static String title(VaultClient client, Vault vault, Received share)
            throws IOException, InterruptedException {
        try {
            return Entries.printable(client.read(vault, share).title());
        } catch (CryptoFailed failure) {
            return "! " + words(failure);
        }
    }
}
