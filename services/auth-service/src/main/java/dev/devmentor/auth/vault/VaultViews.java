package dev.devmentor.auth.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What goes over HTTP. Bytes are base64url without padding; docs/zero-knowledge.md says what they are. */
public final class VaultViews {
    private VaultViews() {}

    /**
     * A way in: the vault key, wrapped.
     *
     * @param kind password or recovery
     * @param salt in the slot of the password alone
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SlotView(
            @Nullable String kind,
            @Nullable String salt,
            @Nullable Integer iterations,
            @Nullable String wrapped) {}

    /**
     * The keys of a vault.
     *
     * @param version 1, and one more with every new wrapping
     */
    @RegisterForReflection
    @Schema(name = "VaultKeys")
    public record KeysView(
            @Nullable Integer format,
            @Nullable Integer version,
            @Nullable String publicKey,
            @Nullable String privateKey,
            @Nullable List<SlotView> slots) {}

    /** How much a vault may hold. */
    @RegisterForReflection
    public record LimitsView(int entries, long bytes, int entryBytes, int shares) {}

    /**
     * A vault.
     *
     * @param owner id that is bound to everything in it
     * @param keys null as long as it is not set up
     */
    @RegisterForReflection
    @Schema(name = "VaultStatus")
    public record StatusView(String owner, @Nullable KeysView keys, int entries, long bytes, LimitsView limits) {}

    /** An entry. */
    @RegisterForReflection
    @Schema(name = "VaultEntry")
    public record EntryView(
            String id, int version, int keyVersion, String dataKey, String ciphertext, Instant updatedAt) {}

    /** A page of entries, by id. */
    @RegisterForReflection
    @Schema(name = "VaultEntries")
    public record EntryPage(
            List<EntryView> entries, @Nullable String next) {}

    /** What became of a change. */
    @RegisterForReflection
    @Schema(name = "VaultEntrySaved")
    public record SavedView(String id, int version, int keyVersion, Instant updatedAt) {}

    /**
     * An entry to store.
     *
     * @param version 1 for a new one, else one more than the stored
     * @param keyVersion as stored, or one more with a new data key
     * @param shares with a new data key: for whom it is wrapped too; all others lose the entry
     */
    @RegisterForReflection
    @Schema(name = "VaultEntryRequest")
    public record EntryRequest(
            @Nullable Integer version,
            @Nullable Integer keyVersion,
            @Nullable String dataKey,
            @Nullable String ciphertext,
            @Nullable List<ShareRequest> shares) {}

    /**
     * The data key of an entry for somebody.
     *
     * @param approval a note of the owner that this is the recipient's key
     */
    @RegisterForReflection
    @Schema(name = "VaultShareRequest")
    public record ShareRequest(
            @Nullable String recipient,
            @Nullable String recipientKey,
            @Nullable Integer keyVersion,
            @Nullable String ephemeral,
            @Nullable String wrapped,
            @Nullable String approval) {}

    /** Somebody's public key. */
    @RegisterForReflection
    @Schema(name = "VaultPublicKey")
    public record PublicKeyView(String account, String publicKey) {}

    /** With whom an entry is shared. */
    @RegisterForReflection
    @Schema(name = "VaultShareGiven")
    public record GivenView(
            String recipient,
            String email,
            String name,
            String recipientKey,
            String approval,
            int keyVersion,
            boolean accepted,
            Instant since) {}

    /** With whom an entry is shared. */
    @RegisterForReflection
    @Schema(name = "VaultSharesGiven")
    public record GivenList(List<GivenView> shares) {}

    /** What somebody shares with me, without its content. */
    @RegisterForReflection
    @Schema(name = "VaultShareReceived")
    public record ReceivedView(
            String id,
            String owner,
            String email,
            String name,
            String ownerKey,
            String entryId,
            boolean accepted,
            Instant since) {}

    /** What others share with me. */
    @RegisterForReflection
    @Schema(name = "VaultSharesReceived")
    public record ReceivedPage(
            List<ReceivedView> shares, @Nullable String next) {}

    /** What somebody shares with me. */
    @RegisterForReflection
    @Schema(name = "VaultSharedEntry")
    public record SharedView(
            String id,
            String owner,
            String ownerKey,
            String entryId,
            int version,
            int keyVersion,
            String ephemeral,
            String wrapped,
            String ciphertext,
            Instant updatedAt,
            boolean accepted,
            @Nullable String approval) {}

    /** A share is accepted; {@code approval} is a note of the recipient that this is the owner's key. */
    @RegisterForReflection
    @Schema(name = "VaultAcceptance")
    public record AcceptRequest(@Nullable String approval) {}
}
