package dev.devmentor.auth.personaldata;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Everything that the platform holds of the caller. */
@Path("/api/auth")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Personal data")
public class ExportResource {
    private static final String EXAMPLE = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a";

    private final Exports exports;
    private final ExportConfig config;
    private final RecentLogin login;
    private final RequestInfo request;
    private final Caller caller;
    private final JsonWebToken token;

    ExportResource(
            Exports exports,
            ExportConfig config,
            RecentLogin login,
            RequestInfo request,
            Caller caller,
            JsonWebToken token) {
        this.exports = exports;
        this.config = config;
        this.login = login;
        this.request = request;
        this.caller = caller;
        this.token = token;
    }

    @POST
    @Path("me/export")
    @RunOnVirtualThread
    @Operation(
            summary = "Gather everything that the platform holds of you",
            description =
                    "Asks every service, in the background and with this request's token. It needs a login of the last minutes.")
    @APIResponse(
            responseCode = "202",
            description = "It is under way; Location is where it can be looked at",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    @APIResponse(responseCode = "401", description = "No token, or the login is not recent")
    @APIResponse(responseCode = "409", description = "An export of yours is under way")
    @APIResponse(responseCode = "503", description = "As many exports as this service makes at once are under way")
    public Response begin() throws SQLException {
        login.mustBeRecent();
        ExportView view =
                exports.begin(caller.id(), token.getRawToken(), request.get().address());
        return Response.accepted(view)
                // Not where this service is: callers come by a gateway.
                .header(HttpHeaders.LOCATION, "/api/auth/me/exports/" + view.id())
                .build();
    }

    @GET
    @Path("me/exports/{id}")
    @RunOnVirtualThread
    @Operation(summary = "How far an export is, and what each service gave")
    public ExportView show(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        return exports.show(caller.id(), uuid(id));
    }

    @GET
    @Path("me/exports/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "An export as it goes on",
            description = "Server-sent events, one whenever something changed; the last one says how it ended.")
    public Multi<ExportView> follow(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        UUID export = uuid(id);
        String person = caller.id();
        ExportView first = exports.show(person, export);
        return Multi.createFrom()
                .<ExportView>emitter(emitter -> Thread.ofVirtual()
                        .name("export-progress")
                        .start(() -> {
                            try {
                                ExportView last = first;
                                emitter.emit(last);
                                while (!last.isOver() && !emitter.isCancelled()) {
                                    LockSupport.parkNanos(config.poll().toNanos());
                                    ExportView next = exports.show(person, export);
                                    if (!next.equals(last)) {
                                        emitter.emit(next);
                                        last = next;
                                    }
                                }
                                emitter.complete();
                            } catch (ProblemException gone) {
                                emitter.complete();
                            } catch (SQLException | RuntimeException failure) {
                                emitter.fail(failure);
                            }
                        }));
    }

    @DELETE
    @Path("me/exports/{id}")
    @RunOnVirtualThread
    @Operation(summary = "End an export that is under way, or delete one that is over with its file")
    @APIResponse(
            responseCode = "200",
            description = "It was under way, and ends",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    @APIResponse(responseCode = "204", description = "It was over, and is gone")
    public Response end(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        return exports.end(caller.id(), uuid(id))
                .map(view -> Response.ok(view).build())
                .orElseGet(() -> Response.noContent().build());
    }

    @GET
    @Path("me/exports/{id}/file")
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    @RunOnVirtualThread
    @Operation(summary = "The file of an export: a ZIP archive, explained by its README.txt")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = "application/zip"))
    @APIResponse(responseCode = "404", description = "There is no such export of yours, or it has no file (any more)")
    public Response file(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        UUID export = uuid(id);
        ExportView view = exports.file(caller.id(), export, request.get().address());
        long bytes = view.bytes() == null ? 0 : view.bytes();
        StreamingOutput content = out -> exports.write(export, bytes, out);
        String name = "devmentor-personal-data-" + LocalDate.ofInstant(view.requestedAt(), ZoneOffset.UTC) + ".zip";
        return Response.ok(content, "application/zip")
                .header(HttpHeaders.CONTENT_LENGTH, bytes)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.ETAG, "\"" + view.sha256() + "\"")
                .build();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw Exports.none();
        }
    }
}
