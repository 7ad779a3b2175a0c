package dev.devmentor.auth.erasure;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Being forgotten, and whether it is done. */
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Erasure")
public class ErasureResource {
    private static final String EXAMPLE = "e-7k2mznq4t8xw5cvb3hjd";
    private static final Set<String> STATES = Set.of("requested", "waiting", "completed", "open");
    private static final int LONGEST_RECEIPT = 128;
    private static final int LONGEST_ID = 64;

    private final ErasureSaga saga;
    private final Accounts accounts;
    private final Transactions transactions;
    private final RecentLogin login;
    private final RequestInfo request;
    private final Caller caller;
    private final SecurityIdentity identity;

    ErasureResource(
            ErasureSaga saga,
            Accounts accounts,
            Transactions transactions,
            RecentLogin login,
            RequestInfo request,
            Caller caller,
            SecurityIdentity identity) {
        this.saga = saga;
        this.accounts = accounts;
        this.transactions = transactions;
        this.login = login;
        this.request = request;
        this.caller = caller;
        this.identity = identity;
    }

    /** @param confirm the address of the account, or the word {@code erase} */
    @Schema(examples = "{\"confirm\": \"erase\"}")
    public record Confirmation(@Nullable String confirm) {}

    /** @param account id of the person's account */
    @Schema(examples = "{\"account\": \"u-7k2mznq4t8xw5cvb3hjd\"}")
    public record Order(@Nullable String account) {}

    /**
     * What was begun.
     *
     * @param receipt shows the state when there is no account any more; said this once
     */
    @Schema(examples = """
            {"erasure": {"id": "e-7k2mznq4t8xw5cvb3hjd", "state": "requested", "requestedBy": "person",
              "requestedAt": "2026-03-01T10:00:00Z", "services": [], "silent": ["auth-service", "learning-service", "pbml-service"],
              "asked": 1, "nextAskAt": "2026-03-01T10:01:00Z"},
             "receipt": "a-receipt-said-this-once-for-you-to-keep-it"}""")
    public record Accepted(ErasureView erasure, @Nullable String receipt) {}

    /** @param next cursor of the next page; null at the end */
    @Schema(name = "ErasurePage", examples = "{\"erasures\": [], \"next\": null}")
    public record Page(List<ErasureView> erasures, @Nullable String next) {}

    @POST
    @Path("me/erasure")
    @RolesAllowed(Caller.LEARNER)
    @Operation(
            summary = "Be forgotten everywhere",
            description =
                    "Cannot be undone. The account can be used no more at once, and all sessions and keys end. Every service"
                            + " deletes what it has of you and says how much that was. It needs a login of the last minutes, and"
                            + " 'confirm': your mail address or the word erase. Keep the receipt: with it you see the state when"
                            + " there is no account any more.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun; Location is where the state can be seen",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "401", description = "No token, or the login is not recent")
    public Response eraseMe(@Nullable Confirmation body) throws SQLException {
        login.mustBeRecent();
        String person = caller.id();
        mustConfirm(person, body == null ? null : body.confirm());
        return accepted(saga.begin(person, null, request.get().address()));
    }

    private void mustConfirm(String person, @Nullable String confirm) throws SQLException {
        Optional<Account> account = transactions.run(work -> accounts.byId(work.connection(), person));
        boolean confirmed = confirm != null
                && (confirm.equals("erase")
                        || account.isPresent()
                                && confirm.equalsIgnoreCase(account.get().email()));
        if (!confirmed) {
            throw ProblemException.invalid("'confirm' has to be your mail address, or the word erase");
        }
    }

    @POST
    @Path("erasures")
    @RolesAllowed(Caller.OPERATOR)
    @Operation(
            summary = "Forget a person everywhere, for them",
            description = "For who asks on another way than by logging in. If it is under way, that one goes on.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun, or is under way",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = "There is no such account")
    public Response erase(@Nullable Order order) throws SQLException {
        login.mustBeRecent();
        String account = order == null ? null : order.account();
        if (account == null || account.isEmpty() || account.length() > LONGEST_ID) {
            throw ProblemException.invalid("'account' is the id of an account");
        }
        return accepted(saga.begin(account, caller.id(), request.get().address()));
    }

    private static Response accepted(ErasureSaga.Begun begun) {
        return Response.accepted(new Accepted(begun.view().withoutAccount(), begun.receipt()))
                // Not where this service is: callers come by a gateway.
                .header(
                        HttpHeaders.LOCATION,
                        "/api/auth/erasures/" + begun.view().id())
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("erasures")
    @RolesAllowed(Caller.OPERATOR)
    @Operation(
            summary = "Erasures, the newest first",
            description = "state: requested, waiting, completed, or open for all that are not completed.")
    public Page list(
            @Parameter(example = "open") @QueryParam("state") @Nullable String state,
            @Parameter(example = "50") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(example = "MTc3MjM1OTIwMDAwMDAwMDAwMDplLTdrMg") @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.invalid("'state' is requested, waiting, completed or open");
        }
        int most = QueryNumber.parse("limit", limit, 1, 200);
        ErasureTable.Position before = cursor == null
                ? null
                : PageCursor.decode(
                        cursor,
                        2,
                        parts -> new ErasureTable.Position(
                                Instant.ofEpochSecond(0, Long.parseLong(parts[0])), parts[1]));
        List<ErasureView> views = saga.newest(state, before, most + 1);
        if (views.size() <= most) {
            return new Page(views, null);
        }
        ErasureView last = views.get(most - 1);
        Instant at = last.requestedAt();
        return new Page(
                views.subList(0, most),
                PageCursor.encode(at.getEpochSecond() * 1_000_000_000L + at.getNano(), last.id()));
    }

    @GET
    @Path("erasures/{id}")
    @PermitAll
    @Operation(
            summary = "How far an erasure is",
            description =
                    "For its person by the receipt (header X-Erasure-Receipt, or ?receipt=) or their token while it is good, and"
                            + " for operators. It names the services that have not answered, and since when.")
    @APIResponse(
            responseCode = "200",
            description = "How far it is",
            content = @Content(schema = @Schema(implementation = ErasureView.class)))
    @APIResponse(responseCode = "404", description = "There is none of that id, or it is not yours to see")
    public Response show(
            @Parameter(example = EXAMPLE) @PathParam("id") String id,
            @HeaderParam("X-Erasure-Receipt") @Nullable String header,
            @Parameter(example = "a-receipt-said-this-once-for-you-to-keep-it") @QueryParam("receipt") @Nullable String parameter)
            throws SQLException {
        String receipt = header == null ? parameter : header;
        Optional<ErasureView> found;
        if (id.length() > LONGEST_ID || (receipt != null && receipt.length() > LONGEST_RECEIPT)) {
            found = Optional.empty();
        } else if (receipt != null) {
            found = saga.byReceipt(id, receipt);
        } else if (identity.isAnonymous()) {
            throw ProblemException.unauthenticated(
                    "unauthorized", "send the receipt as X-Erasure-Receipt, or an access token");
        } else {
            found = saga.byId(id, caller.is(Caller.OPERATOR) ? null : caller.id());
        }
        ErasureView view = found.orElseThrow(
                () -> ProblemException.notFound("there is no such erasure, or it is not yours to see"));
        return Response.ok(view)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    @POST
    @Path("erasures/{id}/ask")
    @RolesAllowed(Caller.OPERATOR)
    @Operation(
            summary = "Ask anew",
            description =
                    "Asks all services now and under a new id, so that one answers too that has answered before and whose answer"
                            + " was lost. It has nothing left to count then.")
    public ErasureView ask(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        return saga.askAnew(id, caller.id(), request.get().address());
    }
}
