package dev.devmentor.gateway.portal;

import dev.devmentor.gateway.portal.Assets.Asset;
import dev.devmentor.gateway.portal.Documents.Merged;
import dev.devmentor.gateway.problem.GatewayProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The developer portal: a page, the merged document, and clients made of it. All of it is open; the page's calls are not. */
@Path("/portal")
@PermitAll
@Tag(name = "Portal")
public class PortalResource {
    /** No script and no style that is not a file of ours; nothing of another origin; in no frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String EXAMPLE = """
            {"openapi": "3.1.0", "info": {"title": "DevMentor", "version": "1"},
             "paths": {"/flags": {"get": {"summary": "All flags, as they are for the caller"}}}}""";

    private final Assets assets;
    private final Documents documents;

    PortalResource(Assets assets, Documents documents) {
        this.assets = assets;
        this.documents = documents;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The portal's page")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Response page(@Context Request request) {
        return asset("index.html", request);
    }

    @GET
    @Path("{file}")
    @RunOnVirtualThread
    @Operation(summary = "A file of the portal's page")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/javascript", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/css", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "image/svg+xml", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "404", description = "There is none of that name")
    public Response file(@Parameter(example = "portal.js") @PathParam("file") String file, @Context Request request) {
        return asset(file, request);
    }

    private Response asset(String name, Request request) {
        Asset asset = assets.find(name);
        if (asset == null) {
            return notFound();
        }
        return answer(asset.content(), asset.type(), asset.tag(), request);
    }

    @GET
    @Path("openapi.json")
    @Operation(
            summary = "What all services offer, as one OpenAPI document",
            description =
                    "Paths as they are at this gateway. A service that is down keeps what it said last; the description"
                            + " names it.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = SchemaType.OBJECT, examples = EXAMPLE)))
    public Uni<Response> openapi(@Context Request request) {
        return documents.merged().map(merged -> answer(merged.text(), "application/json", tag(merged.text()), request));
    }

    @GET
    @Path("clients/{language}")
    @Operation(
            summary = "A client made of the merged document",
            description = "typescript: one file without dependencies. curl: a line for each operation.")
    @APIResponse(
            responseCode = "200",
            description = "The client",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = "There is no client of that language")
    public Uni<Response> client(
            @Parameter(example = "typescript") @PathParam("language") String language, @Context Request request) {
        return documents.merged().map(merged -> {
            String client = generate(language, merged);
            if (client == null) {
                return notFound();
            }
            byte[] text = client.getBytes(StandardCharsets.UTF_8);
            return answer(text, "text/plain; charset=utf-8", tag(text), request);
        });
    }

    private static @Nullable String generate(String language, Merged merged) {
        return switch (language) {
            case "typescript" -> TypeScriptClient.of(merged.document());
            case "curl" -> CurlClient.of(merged.document());
            default -> null;
        };
    }

    private static Response answer(byte[] content, String type, String tag, Request request) {
        EntityTag entityTag = new EntityTag(tag);
        Response.@Nullable ResponseBuilder unchanged = request.evaluatePreconditions(entityTag);
        return (unchanged == null ? Response.ok(content).header("Content-Type", type) : unchanged)
                .tag(entityTag)
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .build();
    }

    private static Response notFound() {
        GatewayProblem problem = GatewayProblem.notFound();
        return Response.status(problem.status())
                .type("application/problem+json")
                .entity(problem.json())
                .build();
    }

    private static String tag(byte[] text) {
        return HexFormat.of().toHexDigits(Arrays.hashCode(text)) + text.length;
    }
}
