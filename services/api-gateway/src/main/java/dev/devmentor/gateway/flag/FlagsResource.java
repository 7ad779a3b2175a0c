package dev.devmentor.gateway.flag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.json.JsonString;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Feature flags for whoever asks. */
@Path("/flags")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flags")
public class FlagsResource {
    private static final String EXAMPLE =
            "{\"flags\": {\"ai-provider-openai-enabled\": false, \"ai-safety-pii\": true, \"new-ui-enabled\": true}}";

    private final Flags flags;
    private final CurrentIdentityAssociation identity;
    private final ObjectMapper mapper;

    FlagsResource(Flags flags, CurrentIdentityAssociation identity, ObjectMapper mapper) {
        this.flags = flags;
        this.identity = identity;
        this.mapper = mapper;
    }

    @GET
    @Operation(
            summary = "All flags, as they are for the caller",
            description = "Also without a token. With If-None-Match it is 304 as long as nothing changed.")
    @APIResponse(
            responseCode = "200",
            description = "By name; booleans, texts or numbers",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties =
                                                    @SchemaProperty(
                                                            name = "flags",
                                                            type = SchemaType.OBJECT,
                                                            additionalProperties = Object.class),
                                            examples = EXAMPLE)))
    @APIResponse(responseCode = "304", description = "They are as they were")
    public Uni<Response> flags(@Context Request request) {
        return identity.getDeferredIdentity().map(caller -> answer(flags.all(subject(caller)), request));
    }

    private Response answer(SortedMap<String, Object> values, Request request) {
        byte[] body;
        try {
            body = mapper.writeValueAsBytes(Map.of("flags", values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("flags that are no JSON", e);
        }
        EntityTag tag = tag(body);
        Response.@Nullable ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(new String(body, StandardCharsets.UTF_8)) : unchanged)
                .tag(tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, X-API-Key")
                .build();
    }

    private static EntityTag tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new EntityTag(HexFormat.of().formatHex(hash, 0, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Subject subject(SecurityIdentity caller) {
        if (caller.isAnonymous() || !(caller.getPrincipal() instanceof JsonWebToken token)) {
            return Subject.ANYBODY;
        }
        String tier = token.getClaim("tier");
        return new Subject(
                token.getSubject(),
                List.copyOf(caller.getRoles()),
                tier == null ? "free" : tier,
                texts(token, "teams"));
    }

    private static List<String> texts(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value instanceof Collection<?> values
                ? values.stream()
                        .map(one -> one instanceof JsonString text ? text.getString() : String.valueOf(one))
                        .toList()
                : List.of();
    }
}
