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
    @Schema(
            name = "VaultSlot",
            examples =
                    "{\"kind\": \"password\", \"salt\": \"AAECAwQFBgcICQoLDA0ODw\", \"iterations\": 600000, \"wrapped\": \"QEFCQ0RF…\"}")
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
    @Schema(name = "VaultKeys", examples = """
            {"format": 1, "version": 1, "publicKey": "BAECAwQF…", "privateKey": "gIGCg4SF…",
             "slots": [{"kind": "password", "salt": "AAECAwQFBgcICQoLDA0ODw", "iterations": 600000, "wrapped": "QEFCQ0RF…"},
               {"kind": "recovery", "wrapped": "YGFiY2Rl…"}]}""")
    public record KeysView(
            @Nullable Integer format,
            @Nullable Integer version,
            @Nullable String publicKey,
            @Nullable String privateKey,
            @Nullable List<SlotView> slots) {}

    /** How much a vault may hold. */
    @Schema(
            name = "VaultLimits",
            examples = "{\"entries\": 10000, \"bytes\": 67108864, \"entryBytes\": 65536, \"shares\": 50}")
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
    public record StatusView(
            @Schema(examples = "u-7k2mznq4t8xw5cvb3hjd") String owner,
            @Nullable KeysView keys,
            @Schema(examples = "2") int entries,
            @Schema(examples = "568") long bytes,
            LimitsView limits) {}

    /** An entry. */
    @RegisterForReflection
    @Schema(name = "VaultEntry", examples = """
            {"id": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "version": 2, "keyVersion": 1, "dataKey": "oKGio6Sl…", "ciphertext": "wMHCw8TF…",
             "updatedAt": "2026-03-01T10:00:00Z"}""")
    public record EntryView(
            String id, int version, int keyVersion, String dataKey, String ciphertext, Instant updatedAt) {}

    /** A page of entries, by id. */
    @RegisterForReflection
    @Schema(name = "VaultEntries")
    public record EntryPage(
            List<EntryView> entries,

            @Schema(examples = "MGIwZTBiOWMtNmYwYS00YTVlLTlmNmUtMmY2ZjZjMWY1ZjBh") @Nullable String next) {}

    /** What became of a change. */
    @RegisterForReflection
    @Schema(
            name = "VaultEntrySaved",
            examples =
                    "{\"id\": \"0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a\", \"version\": 2, \"keyVersion\": 1, \"updatedAt\": \"2026-03-01T10:00:00Z\"}")
    public record SavedView(String id, int version, int keyVersion, Instant updatedAt) {}

    /**
     * An entry to store.
     *
     * @param version 1 for a new one, else one more than the stored
     * @param keyVersion as stored, or one more with a new data key
     * @param shares with a new data key: for whom it is wrapped too; all others lose the entry
     */
    @RegisterForReflection
    @Schema(
            name = "VaultEntryRequest",
            examples = "{\"version\": 2, \"keyVersion\": 1, \"dataKey\": \"oKGio6Sl…\", \"ciphertext\": \"wMHCw8TF…\"}")
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
    @Schema(name = "VaultShareRequest", examples = """
            {"recipient": "u-4q8t2nzkm7xw5cvb3hjd", "recipientKey": "BBESExQV…", "keyVersion": 1, "ephemeral": "BCEiIyQl…",
             "wrapped": "4OHi4-Tl…", "approval": "8PHy8_T1…"}""")
    public record ShareRequest(
            @Nullable String recipient,
            @Nullable String recipientKey,
            @Nullable Integer keyVersion,
            @Nullable String ephemeral,
            @Nullable String wrapped,
            @Nullable String approval) {}

    /** Somebody's public key. */
    @RegisterForReflection
    @Schema(
            name = "VaultPublicKey",
            examples = "{\"account\": \"u-4q8t2nzkm7xw5cvb3hjd\", \"publicKey\": \"BBESExQV…\"}")
    public record PublicKeyView(String account, String publicKey) {}

    /** With whom an entry is shared. */
    @RegisterForReflection
    @Schema(name = "VaultShareGiven", examples = """
            {"recipient": "u-4q8t2nzkm7xw5cvb3hjd", "email": "bert@example.org", "name": "Bert", "recipientKey": "BBESExQV…",
             "approval": "8PHy8_T1…", "keyVersion": 1, "accepted": true, "since": "2026-03-01T10:00:00Z"}""")
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
    @Schema(name = "VaultShareReceived", examples = """
            {"id": "7d5f2f6c-9d5b-4f63-8d9e-0d0f6b5f7a11", "owner": "u-4q8t2nzkm7xw5cvb3hjd", "email": "bert@example.org", "name": "Bert", "ownerKey": "BBESExQV…",
             "entryId": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "accepted": false, "since": "2026-03-01T10:00:00Z"}""")
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
            List<ReceivedView> shares,

            @Schema(examples = "N2Q1ZjJmNmMtOWQ1Yi00ZjYzLThkOWUtMGQwZjZiNWY3YTEx") @Nullable String next) {}

    /** What somebody shares with me. */
    @RegisterForReflection
    @Schema(name = "VaultSharedEntry", examples = """
            {"id": "7d5f2f6c-9d5b-4f63-8d9e-0d0f6b5f7a11", "owner": "u-4q8t2nzkm7xw5cvb3hjd", "ownerKey": "BBESExQV…", "entryId": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a",
             "version": 2, "keyVersion": 1, "ephemeral": "BCEiIyQl…", "wrapped": "4OHi4-Tl…", "ciphertext": "wMHCw8TF…",
             "updatedAt": "2026-03-01T10:00:00Z", "accepted": true, "approval": "8PHy8_T1…"}""")
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
    @Schema(name = "VaultAcceptance", examples = "{\"approval\": \"8PHy8_T1…\"}")
    public record AcceptRequest(@Nullable String approval) {}
}
