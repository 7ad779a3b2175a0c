package dev.devmentor.gateway.status;

import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the gateway is, and what is behind it. */
@Path("/")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Health")
public class StatusResource {
    private final LookAround lookAround;
    private final SmallRyeHealthReporter reporter;
    private final String service;
    private final String version;

    StatusResource(
            LookAround lookAround,
            SmallRyeHealthReporter reporter,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.lookAround = lookAround;
        this.reporter = reporter;
        this.service = service;
        this.version = version;
    }

    @GET
    @Path("api/health")
    @Operation(
            summary = "How the gateway and each service behind it are",
            description =
                    "200 while the gateway itself takes requests, whatever is behind it. Looked up at most once in"
                            + " two seconds.")
    @APIResponse(
            responseCode = "200",
            description = "The gateway works",
            content = @Content(schema = @Schema(implementation = Status.class)))
    @APIResponse(
            responseCode = "503",
            description = "It takes no requests; the body is the same with \"status\": \"down\"")
    public Uni<Response> all() {
        return answer(lookAround.services());
    }

    @GET
    @Path("health")
    @Operation(
            summary = "How the gateway itself is, in one look",
            description = "200 while it takes requests, 503 otherwise.")
    @APIResponse(
            responseCode = "200",
            description = "It takes requests",
            content = @Content(schema = @Schema(implementation = Status.class)))
    @APIResponse(responseCode = "503", description = "It does not; the body is the same with \"status\": \"down\"")
    public Uni<Response> own() {
        return answer(Uni.createFrom().item(List.of()));
    }

    private Uni<Response> answer(Uni<List<Status.ServiceLine>> services) {
        return Uni.combine()
                .all()
                .unis(reporter.getReadinessAsync(), lookAround.own(), services)
                .asTuple()
                .map(all -> {
                    boolean ready = !all.getItem1().isDown();
                    Status status =
                            new Status(service, version, word(ready, all.getItem2()), all.getItem2(), all.getItem3());
                    return Response.status(ready ? 200 : 503)
                            .header("Cache-Control", "no-store")
                            .entity(status)
                            .build();
                });
    }

    private static String word(boolean ready, Map<String, String> checks) {
        if (!ready) {
            return State.DOWN.wire();
        }
        return checks.containsValue(State.DOWN.wire()) ? "degraded" : State.UP.wire();
    }
}
