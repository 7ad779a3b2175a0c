package dev.devmentor.auth.token;

import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The token endpoint (RFC 6749 3.2). */
@Path("/api/auth/token")
@PermitAll
@Tag(name = "OpenID Connect")
public class TokenResource {
    private final OAuthClients clients;
    private final Map<String, TokenGrant> grants;
    private final Throttle throttle;
    private final Transactions transactions;
    private final AuditLog audit;
    private final RequestInfo request;

    TokenResource(
            OAuthClients clients,
            @All List<TokenGrant> grants,
            Throttle throttle,
            Transactions transactions,
            AuditLog audit,
            RequestInfo request) {
        this.clients = clients;
        this.grants = grants.stream().collect(Collectors.toUnmodifiableMap(TokenGrant::type, Function.identity()));
        this.throttle = throttle;
        this.transactions = transactions;
        this.audit = audit;
        this.request = request;
    }

    /** The form of a grant, for the OpenAPI document. */
    @Schema(requiredProperties = "grant_type")
    record GrantForm(
            @Schema(name = "grant_type", examples = "refresh_token")
            String grantType,

            @Schema(name = "client_id", examples = "devmentor-web")
            String clientId,

            @Schema(name = "client_secret", description = "of a confidential client, unless it is in Authorization")
            String clientSecret,

            @Schema(name = "refresh_token", examples = "good-once…")
            String refreshToken,

            @Schema(name = "device_code", examples = "shown-to-the-program-alone…")
            String deviceCode,

            @Schema(description = "fewer than the grant would give", examples = "learning:read")
            String scope) {}

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Tokens for programs",
            description =
                    "Grants: refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:device_code. Errors have the form"
                            + " of RFC 6749.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = GrantForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "What is wrong with the request or the grant",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "invalid_client",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    public Response token(@HeaderParam("Authorization") @Nullable String authorization, @Nullable String body)
            throws SQLException {
        OAuthForm parameters = OAuthForm.of(body);
        String address = request.get().address();
        Duration wait = throttle.waitFor(Throttle.Kind.SECRET, null, address, null);
        if (wait != null) {
            throw OAuthException.tooMany(wait.toSeconds() + 1);
        }
        OAuthClient client = client(authorization, parameters, address);
        String type = parameters.required("grant_type");
        TokenGrant grant = grants.get(type);
        if (grant == null) {
            throw OAuthException.of("unsupported_grant_type", "this server does not know this grant");
        }
        if (!client.may(type)) {
            throw OAuthException.of("unauthorized_client", "this client may not use this grant");
        }
        return Response.ok(grant.grant(client, parameters, request.get()))
                .header("Cache-Control", "no-store")
                .build();
    }

    private OAuthClient client(@Nullable String authorization, OAuthForm form, String address) throws SQLException {
        Optional<OAuthClient> client = form.client(authorization).flatMap(clients::authenticate);
        if (client.isEmpty()) {
            throttle.failed(Throttle.Kind.SECRET, null, address, null);
            transactions.execute(work -> {
                audit.record(work.connection(), AuditEntry.of("client.refused", null, address));
            });
            throw OAuthException.invalidClient();
        }
        return client.get();
    }
}
