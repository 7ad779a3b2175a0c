package dev.devmentor.kit.health;

import dev.devmentor.kit.consume.EventConsumer;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** A person's and a gateway's one-look answer. */
@Path("/health")
@PermitAll
public class HealthResource {
    private static final String UP = """
            {"service": "learning-service", "version": "1.0.0", "status": "up",
             "checks": {"Database connections health check": "UP", "Kafka connection health check": "UP"},
             "events": {"lag": 0, "waiting": false}}""";

    private final SmallRyeHealthReporter reporter;
    private final EventConsumer consumer;
    private final String service;
    private final String version;

    HealthResource(
            SmallRyeHealthReporter reporter,
            EventConsumer consumer,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.reporter = reporter;
        this.consumer = consumer;
        this.service = service;
        this.version = version;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How the service is, in one look", description = "200 while it is ready, 503 otherwise.")
    @APIResponse(
            responseCode = "200",
            description = "It is ready",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, examples = UP)))
    @APIResponse(responseCode = "503", description = "It is not ready; the body is the same with \"status\": \"down\"")
    public Uni<Response> health() {
        return reporter.getReadinessAsync().map(this::answer);
    }

    private Response answer(SmallRyeHealth readiness) {
        Map<String, String> checks = new LinkedHashMap<>();
        for (JsonObject check : readiness.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class)) {
            checks.put(check.getString("name"), check.getString("status"));
        }
        boolean up = !readiness.isDown();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("service", service);
        body.put("version", version);
        body.put("status", up ? "up" : "down");
        body.put("checks", checks);
        body.put("events", Map.of("lag", consumer.lag(), "waiting", consumer.waiting()));
        return Response.status(up ? 200 : 503).entity(body).build();
    }
}
