package dev.devmentor.learning.transfer;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Imports of the caller. */
@Path("/api/learning/imports")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Import and export")
public class ImportResource {
    private final Caller caller;
    private final Imports imports;
    private final TransferConfig config;

    ImportResource(Caller caller, Imports imports, TransferConfig config) {
        this.caller = caller;
        this.imports = imports;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RunOnVirtualThread
    @Operation(
            summary = "Import an Anki package, a table or an export",
            description = "The file is the body: .apkg, .colpkg, CSV (cards or a review log), or a JSON export of"
                    + " DevMentor; its content says which. It is read in the background; events go through Kafka, a"
                    + " thousand at a time. Importing the same thing again changes nothing. With dryRun nothing is"
                    + " imported, and the import says what the file has.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    @APIResponse(
            responseCode = "202",
            description = "It is under way; Location is where it can be looked at",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(responseCode = "409", description = "An import of yours is under way")
    @APIResponse(responseCode = "413", description = "The file is too large")
    public Response start(
            @Parameter(description = "only say what the file has", example = "true")
                    @QueryParam("dryRun")
                    @DefaultValue("false")
                    boolean dryRun,
            @Parameter(
                            description = "move all times by whole days, so that the last answer was within the last 24"
                                    + " hours; a repeat is moved by the same",
                            example = "false")
                    @QueryParam("shiftToNow")
                    @DefaultValue("false")
                    boolean shiftToNow,
            @Nullable InputStream body)
            throws IOException, SQLException {
        if (body == null) {
            throw ProblemException.invalid("the file is empty");
        }
        ImportView view = imports.start(caller.id(), body, dryRun, shiftToNow);
        return Response.accepted(view)
                // Not where this service is: callers come by a gateway.
                .header(HttpHeaders.LOCATION, "/api/learning/imports/" + view.id())
                .build();
    }

    @GET
    @Path("/{importId}")
    @RunOnVirtualThread
    @Operation(summary = "How far an import is, what it found and what it left out")
    public ImportView show(
            @Parameter(example = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a") @PathParam("importId") String importId)
            throws SQLException {
        return found(id(importId), caller.id());
    }

    @GET
    @Path("/{importId}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "An import as it goes on",
            description = "Server-sent events, one whenever something changed; the last one says how it ended.")
    public Multi<ImportView> follow(
            @Parameter(example = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a") @PathParam("importId") String importId)
            throws SQLException {
        UUID id = id(importId);
        String learner = caller.id();
        ImportView first = found(id, learner);
        return Multi.createFrom()
                .<ImportView>emitter(emitter -> Thread.ofVirtual()
                        .name("import-events")
                        .start(() -> {
                            try {
                                ImportView last = first;
                                emitter.emit(last);
                                while (!last.isOver() && !emitter.isCancelled()) {
                                    LockSupport.parkNanos(config.poll().toNanos());
                                    ImportView next = imports.find(id, learner);
                                    if (next == null) {
                                        break;
                                    }
                                    if (!next.equals(last)) {
                                        emitter.emit(next);
                                        last = next;
                                    }
                                }
                                emitter.complete();
                            } catch (SQLException | RuntimeException failure) {
                                emitter.fail(failure);
                            }
                        }));
    }

    @DELETE
    @Path("/{importId}")
    @RunOnVirtualThread
    @Operation(
            summary = "End an import",
            description =
                    "What was sent stays; importing again completes it and doubles nothing. An import that is over"
                            + " stays as it is.")
    public ImportView cancel(
            @Parameter(example = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a") @PathParam("importId") String importId)
            throws SQLException {
        UUID id = id(importId);
        if (!imports.cancel(id, caller.id())) {
            throw notFound();
        }
        return found(id, caller.id());
    }

    private ImportView found(UUID id, String learner) throws SQLException {
        ImportView view = imports.find(id, learner);
        if (view == null) {
            throw notFound();
        }
        return view;
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("you have no such import");
    }

    private static UUID id(String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException noUuid) {
            throw notFound();
        }
    }
}
