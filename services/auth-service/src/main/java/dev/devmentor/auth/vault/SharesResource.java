package dev.devmentor.auth.vault;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.vault.VaultViews.AcceptRequest;
import dev.devmentor.auth.vault.VaultViews.GivenList;
import dev.devmentor.auth.vault.VaultViews.PublicKeyView;
import dev.devmentor.auth.vault.VaultViews.ReceivedPage;
import dev.devmentor.auth.vault.VaultViews.ReceivedView;
import dev.devmentor.auth.vault.VaultViews.ShareRequest;
import dev.devmentor.auth.vault.VaultViews.SharedView;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Entries that people share. */
@Path("/api/auth/vault")
@RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Vault")
public class SharesResource {
    private static final int LARGEST_PAGE = 200;
    private static final String ENTRY = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a";
    private static final String RECIPIENT = "u-4q8t2nzkm7xw5cvb3hjd";
    private static final String ID = "7d5f2f6c-9d5b-4f63-8d9e-0d0f6b5f7a11";

    private final Shares shares;
    private final ShareTable table;
    private final EntryTable entries;
    private final Transactions transactions;
    private final Caller caller;
    private final RequestInfo request;

    SharesResource(
            Shares shares,
            ShareTable table,
            EntryTable entries,
            Transactions transactions,
            Caller caller,
            RequestInfo request) {
        this.shares = shares;
        this.table = table;
        this.entries = entries;
        this.transactions = transactions;
        this.caller = caller;
        this.request = request;
    }

    @GET
    @Path("keys/{who}")
    @Operation(
            summary = "Somebody's public key, to share with them",
            description =
                    "By the exact, verified address of somebody who has a vault, or by the id of somebody with whom you share"
                            + " already. Compare its fingerprint with them over another way than this service.")
    @APIResponse(responseCode = "200", description = "The key")
    @APIResponse(responseCode = "404", description = "Nobody of this address has a vault, or there is nobody")
    @APIResponse(responseCode = "429", description = "You have asked for 60 keys within an hour")
    public PublicKeyView publicKey(@Parameter(example = "ada@example.org") @PathParam("who") String who)
            throws SQLException {
        String asker = caller.id();
        if (!transactions.run(work -> shares.mayAsk(work.connection(), asker))) {
            throw shares.tooMany();
        }
        return transactions
                .run(work -> shares.publicKey(work.connection(), asker, who))
                .orElseThrow(() -> ProblemException.notFound("there is nobody of this address who has a vault"));
    }

    @GET
    @Path("entries/{entry}/shares")
    @Operation(summary = "With whom an entry of yours is shared")
    public GivenList given(@Parameter(example = ENTRY) @PathParam("entry") String entry) throws SQLException {
        UUID id = entryId(entry);
        String owner = caller.id();
        return new GivenList(transactions.run(work -> {
            if (entries.find(work.connection(), owner, id).isEmpty()) {
                throw Entries.noEntry();
            }
            return table.given(work.connection(), owner, id);
        }));
    }

    @PUT
    @Path("entries/{entry}/shares/{recipient}")
    @Operation(summary = "Share an entry", description = "The data key, wrapped for the recipient's public key.")
    @APIResponse(responseCode = "204", description = "It waits for the recipient")
    @APIResponse(responseCode = "409", description = "key-changed, version-conflict or limit-reached")
    public void share(
            @Parameter(example = ENTRY) @PathParam("entry") String entry,
            @Parameter(example = RECIPIENT) @PathParam("recipient") String recipient,
            @Nullable ShareRequest body)
            throws SQLException {
        if (body == null) {
            throw ProblemException.invalid("the body is missing");
        }
        UUID id = entryId(entry);
        String owner = caller.id();
        String address = request.get().address();
        transactions.run(work -> {
            shares.put(work.connection(), owner, id, recipient, body, address);
            return true;
        });
    }

    @DELETE
    @Path("entries/{entry}/shares/{recipient}")
    @Operation(
            summary = "Take a share back",
            description =
                    "This service gives the entry to them no more. Whoever has read it may have kept it; store it anew under a new"
                            + " data key, and change the secret itself.")
    public void revoke(
            @Parameter(example = ENTRY) @PathParam("entry") String entry,
            @Parameter(example = RECIPIENT) @PathParam("recipient") String recipient)
            throws SQLException {
        UUID id = entryId(entry);
        String owner = caller.id();
        String address = request.get().address();
        transactions.run(work -> {
            shares.revoke(work.connection(), owner, id, recipient, address);
            return true;
        });
    }

    @GET
    @Path("shares")
    @Operation(summary = "What others share with you, without its content")
    public ReceivedPage received(
            @Parameter(description = "1 to 200", example = "100") @QueryParam("limit") @DefaultValue("100")
                    String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "N2Q1ZjJmNmMtOWQ1Yi00ZjYzLThkOWUtMGQwZjZiNWY3YTEx")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        UUID after = cursor == null ? null : PageCursor.decode(cursor, 1, parts -> UUID.fromString(parts[0]));
        String person = caller.id();
        List<ReceivedView> found = transactions.run(work -> table.received(work.connection(), person, after, size));
        return new ReceivedPage(
                found, found.size() == size ? PageCursor.encode(found.getLast().id()) : null);
    }

    @GET
    @Path("shares/{share}")
    @Operation(summary = "An entry that somebody shares with you")
    public SharedView shared(@Parameter(example = ID) @PathParam("share") String share) throws SQLException {
        UUID id = shareId(share);
        String person = caller.id();
        return transactions
                .run(work -> table.shared(work.connection(), person, id))
                .orElseThrow(SharesResource::noShare);
    }

    @POST
    @Path("shares/{share}/accept")
    @Operation(summary = "Keep what somebody shares with you in your list")
    @APIResponse(responseCode = "204", description = "It is in your list")
    public void accept(@Parameter(example = ID) @PathParam("share") String share, @Nullable AcceptRequest body)
            throws SQLException {
        UUID id = shareId(share);
        byte[] approval = Encoded.bytes(
                "approval", body == null ? null : body.approval(), Shares.APPROVAL_BYTES, Shares.APPROVAL_BYTES);
        String person = caller.id();
        if (!transactions.run(work -> table.accept(work.connection(), person, id, approval))) {
            throw noShare();
        }
    }

    @DELETE
    @Path("shares/{share}")
    @Operation(summary = "Decline what somebody shares with you, or drop it")
    public void leave(@Parameter(example = ID) @PathParam("share") String share) throws SQLException {
        UUID id = shareId(share);
        String person = caller.id();
        if (!transactions.run(work -> table.leave(work.connection(), person, id))) {
            throw noShare();
        }
    }

    private static UUID entryId(String text) {
        UUID id = Encoded.id(text);
        if (id == null) {
            throw Entries.noEntry();
        }
        return id;
    }

    private static UUID shareId(String text) {
        UUID id = Encoded.id(text);
        if (id == null) {
            throw noShare();
        }
        return id;
    }

    private static ProblemException noShare() {
        return ProblemException.notFound("no such share, or not yours");
    }
}
