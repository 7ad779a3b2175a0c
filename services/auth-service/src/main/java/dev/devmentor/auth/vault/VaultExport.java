package dev.devmentor.auth.vault;

import dev.devmentor.auth.vault.VaultViews.EntryView;
import dev.devmentor.auth.vault.VaultViews.KeysView;
import dev.devmentor.auth.vault.VaultViews.ReceivedView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Everything that this feature has of a person. It is ciphertext here as well: nobody but the person can read it. */
@ApplicationScoped
public class VaultExport {
    static final String HOW_TO_READ = "The entries are encrypted on the person's own devices. The format is in"
            + " docs/zero-knowledge.md: the password and the salt of the slot make a key (PBKDF2-HMAC-SHA256, HKDF-SHA256) that unwraps the"
            + " vault key (AES-256-GCM), which unwraps the data key of each entry. The recovery code opens the slot of its own.";

    private final VaultKeys keys;
    private final EntryTable entries;
    private final ShareTable shares;

    VaultExport(VaultKeys keys, EntryTable entries, ShareTable shares) {
        this.keys = keys;
        this.entries = entries;
        this.shares = shares;
    }

    /**
     * A vault as it is stored.
     *
     * @param keys null without a vault
     */
    @RegisterForReflection
    @Schema(name = "VaultExport")
    public record Exported(
            @Schema(examples = "u-7k2mznq4t8xw5cvb3hjd") String owner,
            @Schema(examples = HOW_TO_READ) String howToRead,
            @Nullable KeysView keys,
            List<EntryView> entries,
            List<ReceivedView> sharedWithMe) {}

    /** All of a person's. */
    public Exported of(Connection connection, String accountId) throws SQLException {
        return new Exported(
                accountId,
                HOW_TO_READ,
                keys.view(connection, accountId),
                entries.page(connection, accountId, null, Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                        .map(VaultResource::view)
                        .toList(),
                shares.received(connection, accountId, null, Integer.MAX_VALUE));
    }
}
