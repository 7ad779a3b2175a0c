package dev.devmentor.pbml.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.context.ContextViews.ContextPage;
import dev.devmentor.pbml.context.ContextViews.ContextRequest;
import dev.devmentor.pbml.context.ContextViews.ContextView;
import dev.devmentor.pbml.context.ContextViews.RestoredView;
import dev.devmentor.pbml.owner.OwnerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Contexts of the caller. */
@Path("/api/pbml/context")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Contexts")
public class ContextResource {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_KEY = 128;
    private static final int LARGEST_PAGE = 100;
    private static final String EXAMPLE = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a";

    private final Caller caller;
    private final Contexts contexts;

    ContextResource(Caller caller, Contexts contexts) {
        this.caller = caller;
        this.contexts = contexts;
    }

    @POST
    @Path("/save")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Save where you are",
            description =
                    "Keeps what you send, and marks the place in your log to which a restore goes back. Repeating it"
                            + " with the same Idempotency-Key saves once.")
    @APIResponse(
            responseCode = "201",
            description = "It is saved; Location is where it can be looked at",
            content = @Content(schema = @Schema(implementation = ContextView.class)))
    @APIResponse(responseCode = "409", description = "You have 100 contexts, or the key was used for something else")
    @APIResponse(responseCode = "413", description = "'data' has more than 64 KiB")
    public Response save(@HeaderParam("Idempotency-Key") @Nullable String key, @Nullable ContextRequest request)
            throws SQLException {
        if (request == null) {
            throw ProblemException.invalid("the body is missing");
        }
        String name = request.name();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw ProblemException.invalid("'name' has 1 to " + LONGEST_NAME + " characters");
        }
        JsonNode data = request.data();
        if (data == null || data.isNull()) {
            throw ProblemException.invalid("'data' is missing");
        }
        SavedContext saved = contexts.save(person(), name, data, checked(key));
        return Response.status(Response.Status.CREATED)
                // Not where this service is: callers come by a gateway.
                .header(HttpHeaders.LOCATION, "/api/pbml/context/" + saved.id())
                .entity(ContextView.of(saved))
                .build();
    }

    private static @Nullable String checked(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw ProblemException.invalid("'Idempotency-Key' has 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    @GET
    @Operation(summary = "Your contexts, the latest first, without their data")
    public ContextPage list(
            @Parameter(description = "1 to 100", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(description = "'next' of the page before", example = "MTc3MjM1OTIwMDAwMDAwMDphYmM")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        ContextTable.Position after = cursor == null
                ? null
                : PageCursor.decode(cursor, 2, parts -> new ContextTable.Position(Long.parseLong(parts[0]), parts[1]));
        List<SavedContext> found = contexts.page(person(), after, size + 1);
        List<SavedContext> page = found.size() > size ? found.subList(0, size) : found;
        return new ContextPage(
                page.stream().map(ContextView::inList).toList(),
                found.size() > size
                        ? PageCursor.encode(
                                page.getLast().savedMicros(), page.getLast().id())
                        : null);
    }

    @GET
    @Path("/{contextId}")
    @Operation(summary = "A context with its data")
    public ContextView show(@Parameter(example = EXAMPLE) @PathParam("contextId") String contextId)
            throws SQLException {
        SavedContext found = contexts.find(person(), contextId);
        if (found == null) {
            throw notFound();
        }
        return ContextView.of(found);
    }

    @DELETE
    @Path("/{contextId}")
    @Operation(
            summary = "Delete a context",
            description = "It can't be restored any more. What an earlier restore of it left out stays left out.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@Parameter(example = EXAMPLE) @PathParam("contextId") String contextId) throws SQLException {
        if (!contexts.delete(person(), contextId)) {
            throw notFound();
        }
    }

    @POST
    @Path("/{contextId}/restore")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Take a context up again",
            description =
                    "From now on your model is what it was at the saving, plus what comes from now on. What was observed"
                            + " in between stays in the log and teaches nothing; restoring a context that was saved in between"
                            + " brings it back. Repeating it with the same Idempotency-Key restores once.")
    public RestoredView restore(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Parameter(example = EXAMPLE) @PathParam("contextId") String contextId)
            throws SQLException {
        RestoredView restored = contexts.restore(person(), contextId, checked(key));
        if (restored == null) {
            throw notFound();
        }
        return restored;
    }

    private OwnerName person() {
        return OwnerName.person(caller.id());
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("you have no such context");
    }
}
