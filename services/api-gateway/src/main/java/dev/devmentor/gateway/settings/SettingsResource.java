package dev.devmentor.gateway.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.settings.CurrentSettings.Outcome;
import dev.devmentor.gateway.settings.SettingsStore.Unavailable;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Settings for operators. Who changes them says by {@code If-Match} which version they have seen. */
@Path("/api/gateway/settings")
@Tag(name = "Operators")
@RolesAllowed("operator")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,15})\"");
    private static final String PROBLEM = "application/problem+json";

    private final CurrentSettings settings;
    private final SecurityIdentity identity;

    @Inject
    SettingsResource(CurrentSettings settings, SecurityIdentity identity) {
        this.settings = settings;
        this.identity = identity;
    }

    /** The version in force, with what it changes of the configuration. */
    @GET
    @Operation(
            summary = "The settings in force",
            description = "What is not there is as configured. The ETag is the version.")
    @APIResponse(
            responseCode = "200",
            description = "The version in force",
            content = @Content(schema = @Schema(implementation = Version.class)))
    public Response get() {
        settings.refresh();
        return answer(settings.inForce());
    }

    /** Puts settings in force in place of those before. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change the settings", description = "The whole of them; If-Match names the version before.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Settings.class)))
    @APIResponse(
            responseCode = "200",
            description = "The version in force",
            content = @Content(schema = @Schema(implementation = Version.class)))
    @APIResponse(responseCode = "400", description = "What is wrong, and where")
    @APIResponse(responseCode = "412", description = "settings-changed: another version is in force")
    @APIResponse(responseCode = "428", description = "precondition-required: If-Match is missing")
    @APIResponse(responseCode = "503", description = "Settings cannot be reached; those in force stay")
    public Response put(@HeaderParam("If-Match") @Nullable String match, @Nullable String body) {
        if (match == null) {
            return problem(GatewayProblem.of(
                    "precondition-required",
                    "A version is needed",
                    428,
                    "If-Match names the version that is to be changed, such as \""
                            + settings.inForce().number() + "\" in quotes"));
        }
        Matcher etag = ETAG.matcher(match.strip());
        if (!etag.matches()) {
            return invalid(List.of("If-Match: is a version in quotes"));
        }
        SettingsJson.Read read = SettingsJson.read(body == null ? "" : body);
        if (!read.problems().isEmpty()) {
            return invalid(read.problems());
        }
        try {
            return answer(settings.change(Long.parseLong(etag.group(1)), read.settings(), who(), Version.NOTHING));
        } catch (Unavailable e) {
            return unavailable();
        }
    }

    /** The last versions, the newest first. */
    @GET
    @Path("versions")
    @Operation(
            summary = "Former settings",
            description = "The last versions with who made them and when, the newest first.")
    @APIResponse(
            responseCode = "200",
            description = "The versions",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties =
                                                    @SchemaProperty(
                                                            name = "versions",
                                                            type = SchemaType.ARRAY,
                                                            implementation = Version.class))))
    @APIResponse(responseCode = "503", description = "Settings cannot be reached; those in force stay")
    public Response versions() {
        try {
            ObjectNode tree = SettingsJson.JSON.createObjectNode();
            ArrayNode list = tree.putArray("versions");
            settings.versions().forEach(version -> list.add(version.json()));
            return Response.ok(tree.toString()).build();
        } catch (Unavailable e) {
            return unavailable();
        }
    }

    /** Puts former settings in force again. */
    @POST
    @Path("undo")
    @Operation(
            summary = "Undo the last change",
            description =
                    "As a new version. With a body {\"version\": n} those of that version, 0 for all as configured; again and again goes back further.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties =
                                                    @SchemaProperty(
                                                            name = "version",
                                                            type = SchemaType.INTEGER,
                                                            examples = "2"))))
    @APIResponse(
            responseCode = "200",
            description = "The version in force",
            content = @Content(schema = @Schema(implementation = Version.class)))
    @APIResponse(responseCode = "409", description = "nothing-to-undo: there is no such version")
    @APIResponse(responseCode = "412", description = "settings-changed: another version is in force")
    @APIResponse(responseCode = "503", description = "Settings cannot be reached; those in force stay")
    public Response undo(@HeaderParam("If-Match") @Nullable String match, @Nullable String body) {
        settings.refresh();
        long expected = settings.inForce().number();
        if (match != null) {
            Matcher etag = ETAG.matcher(match.strip());
            if (!etag.matches()) {
                return invalid(List.of("If-Match: is a version in quotes"));
            }
            expected = Long.parseLong(etag.group(1));
        }
        long to = Version.NOTHING;
        if (body != null && !body.isBlank()) {
            try {
                var version = SettingsJson.JSON.readTree(body).path("version");
                if (!version.isIntegralNumber() || !version.canConvertToLong() || version.longValue() < 0) {
                    return invalid(List.of("version: is the number of a version"));
                }
                to = version.longValue();
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                return invalid(List.of("the body is no JSON"));
            }
        }
        try {
            return answer(settings.undo(expected, to, who()));
        } catch (Unavailable e) {
            return unavailable();
        }
    }

    private String who() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }

    private static Response answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed changed -> answer(changed.version());
            case Outcome.Refused refused -> invalid(refused.problems());
            case Outcome.Conflict conflict ->
                problem(GatewayProblem.of(
                        "settings-changed",
                        "Somebody else has changed the settings",
                        412,
                        "version " + conflict.inForce() + " is in force"));
            case Outcome.Unknown unknown ->
                problem(GatewayProblem.of(
                        "nothing-to-undo", "There is no such version", 409, "the version is not kept, or is in force"));
        };
    }

    private static Response answer(Version version) {
        return Response.ok(version.json().toString())
                .header("ETag", "\"" + version.number() + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response invalid(List<String> problems) {
        return problem(
                GatewayProblem.of("invalid-request", "The request is not valid", 400, String.join("; ", problems)));
    }

    private static Response unavailable() {
        return problem(GatewayProblem.unavailable(5, "settings can't be reached; those in force stay"));
    }

    private static Response problem(GatewayProblem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(PROBLEM).entity(problem.json());
        problem.headers().forEach(answer::header);
        return answer.build();
    }
}
