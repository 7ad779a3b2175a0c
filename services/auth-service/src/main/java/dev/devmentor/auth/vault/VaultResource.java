package dev.devmentor.auth.vault;

import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.vault.VaultViews.EntryPage;
import dev.devmentor.auth.vault.VaultViews.EntryRequest;
import dev.devmentor.auth.vault.VaultViews.EntryView;
import dev.devmentor.auth.vault.VaultViews.KeysView;
import dev.devmentor.auth.vault.VaultViews.LimitsView;
import dev.devmentor.auth.vault.VaultViews.SavedView;
import dev.devmentor.auth.vault.VaultViews.StatusView;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's vault. */
@Path("/api/auth/vault")
@RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Vault")
public class VaultResource {
    private static final int LARGEST_PAGE = 200;
    private static final long PAGE_BYTES = 2_097_152;
    private static final String ENTRY = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a";

    private final VaultKeys keys;
    private final VaultTable table;
    private final Entries entries;
    private final EntryTable entryTable;
    private final VaultErasure erasure;
    private final VaultExport export;
    private final VaultConfig config;
    private final Transactions transactions;
    private final AuditLog audit;
    private final RecentLogin recent;
    private final Caller caller;
    private final RequestInfo request;

    VaultResource(
            VaultKeys keys,
            VaultTable table,
            Entries entries,
            EntryTable entryTable,
            VaultErasure erasure,
            VaultExport export,
            VaultConfig config,
            Transactions transactions,
            AuditLog audit,
            RecentLogin recent,
            Caller caller,
            RequestInfo request) {
        this.keys = keys;
        this.table = table;
        this.entries = entries;
        this.entryTable = entryTable;
        this.erasure = erasure;
        this.export = export;
        this.config = config;
        this.transactions = transactions;
        this.audit = audit;
        this.recent = recent;
        this.caller = caller;
        this.request = request;
    }

    @GET
    @Operation(
            summary = "Your vault: its wrapped keys and how full it is",
            description = "'keys' is null until it is set up.")
    public StatusView status() throws SQLException {
        String owner = caller.id();
        LimitsView limits = new LimitsView(
                config.mostEntries(), config.mostBytes().asLongValue(), Entries.LARGEST, config.mostShares());
        return transactions.run(work -> {
            Optional<VaultTable.Stored> stored = table.find(work.connection(), owner);
            return new StatusView(
                    owner,
                    keys.view(work.connection(), owner),
                    stored.map(VaultTable.Stored::entries).orElse(0),
                    stored.map(VaultTable.Stored::bytes).orElse(0L),
                    limits);
        });
    }

    @PUT
    @Path("keys")
    @Operation(
            summary = "Set your vault up, or store its keys under another password or recovery code",
            description =
                    "Needs a login of the last minutes. The public key stays; 'version' is one more than the stored.")
    @APIResponse(responseCode = "204", description = "They are stored")
    @APIResponse(responseCode = "409", description = "version-conflict or vault-exists")
    public void putKeys(@Nullable KeysView body) throws SQLException {
        if (body == null) {
            throw ProblemException.invalid("the body is missing");
        }
        recent.mustBeRecent();
        String owner = caller.id();
        String address = request.get().address();
        transactions.run(work -> {
            keys.put(work.connection(), owner, body, address);
            return true;
        });
    }

    @DELETE
    @Operation(
            summary = "Delete your vault",
            description =
                    "With all entries, and everything that it shares or that is shared with it. Needs a login of the last"
                            + " minutes. It cannot be undone.")
    public void delete() throws SQLException {
        recent.mustBeRecent();
        String owner = caller.id();
        String address = request.get().address();
        transactions.run(work -> {
            if (table.lock(work.connection(), owner).isEmpty()) {
                throw Entries.noVault();
            }
            erasure.deleteAllOf(work.connection(), owner);
            audit.record(work.connection(), AuditEntry.of("vault.deleted", owner, address));
            return true;
        });
    }

    @GET
    @Path("export")
    @Operation(
            summary = "All of your vault as it is stored",
            description = "Ciphertext, and how to read it with your password.")
    public VaultExport.Exported export() throws SQLException {
        String owner = caller.id();
        return transactions.run(work -> export.of(work.connection(), owner));
    }

    @GET
    @Path("entries")
    @Operation(
            summary = "Your entries by id",
            description = "A page ends after 'limit' entries or 2 MiB of ciphertext.")
    public EntryPage list(
            @Parameter(description = "1 to 200", example = "100") @QueryParam("limit") @DefaultValue("100")
                    String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "MGIwZTBiOWMtNmYwYS00YTVlLTlmNmUtMmY2ZjZjMWY1ZjBh")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        UUID after = cursor == null ? null : PageCursor.decode(cursor, 1, parts -> UUID.fromString(parts[0]));
        String owner = caller.id();
        List<EntryTable.Entry> found =
                transactions.run(work -> entryTable.page(work.connection(), owner, after, size, PAGE_BYTES));
        // A page that is full may be the last; then the next one is empty.
        boolean full = found.size() == size
                || found.stream().mapToLong(entry -> entry.ciphertext().length).sum() > PAGE_BYTES - Entries.LARGEST;
        return new EntryPage(
                found.stream().map(VaultResource::view).toList(),
                full ? PageCursor.encode(found.getLast().id()) : null);
    }

    @GET
    @Path("entries/{entry}")
    @Operation(summary = "One of your entries")
    public EntryView show(@Parameter(example = ENTRY) @PathParam("entry") String entry) throws SQLException {
        UUID id = id(entry);
        String owner = caller.id();
        return transactions
                .run(work -> entryTable.find(work.connection(), owner, id))
                .map(VaultResource::view)
                .orElseThrow(Entries::noEntry);
    }

    @PUT
    @Path("entries/{entry}")
    @Operation(
            summary = "Store a new entry, or the next version of one",
            description =
                    "The client chooses the id. With a new data key, 'shares' has it wrapped for those who go on reading the entry;"
                            + " all others lose it.")
    @APIResponse(
            responseCode = "200",
            description = "The next version is stored",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SavedView.class)))
    @APIResponse(
            responseCode = "201",
            description = "A new entry is stored",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SavedView.class)))
    @APIResponse(responseCode = "409", description = "version-conflict: somebody was faster; limit-reached")
    @APIResponse(responseCode = "413", description = "More than 64 KiB of ciphertext")
    public Response put(@Parameter(example = ENTRY) @PathParam("entry") String entry, @Nullable EntryRequest body)
            throws SQLException {
        if (body == null) {
            throw ProblemException.invalid("the body is missing");
        }
        UUID id = Encoded.id(entry);
        if (id == null) {
            throw ProblemException.invalid("the id of an entry is a UUID in lower case");
        }
        String owner = caller.id();
        EntryTable.Entry saved = transactions.run(work -> entries.put(work.connection(), owner, id, body));
        return Response.status(saved.version() == 1 ? 201 : 200)
                .entity(new SavedView(entry, saved.version(), saved.keyVersion(), saved.updatedAt()))
                .build();
    }

    @DELETE
    @Path("entries/{entry}")
    @Operation(summary = "Delete an entry", description = "And its shares. 'version' is the one that you have seen.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "version-conflict: it was changed since")
    public void deleteEntry(
            @Parameter(example = ENTRY) @PathParam("entry") String entry,
            @Parameter(example = "1") @QueryParam("version") @DefaultValue("0") String version)
            throws SQLException {
        UUID id = id(entry);
        int seen = QueryNumber.parse("version", version, 1, Integer.MAX_VALUE);
        String owner = caller.id();
        transactions.run(work -> {
            entries.delete(work.connection(), owner, id, seen);
            return true;
        });
    }

    private static UUID id(String entry) {
        UUID id = Encoded.id(entry);
        if (id == null) {
            throw Entries.noEntry();
        }
        return id;
    }

    static EntryView view(EntryTable.Entry entry) {
        return new EntryView(
                entry.id().toString(),
                entry.version(),
                entry.keyVersion(),
                Encoded.text(entry.dataKey()),
                Encoded.text(entry.ciphertext()),
                entry.updatedAt());
    }
}
