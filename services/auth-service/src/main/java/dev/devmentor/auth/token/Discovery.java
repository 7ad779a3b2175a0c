package dev.devmentor.auth.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** OpenID Connect Discovery 1.0, section 3, and RFC 8414, of what there is here. */
@Schema(examples = """
        {"issuer": "http://127.0.0.1:3002", "jwks_uri": "http://127.0.0.1:3002/api/auth/jwks",
         "token_endpoint": "http://127.0.0.1:8080/api/auth/token",
         "device_authorization_endpoint": "http://127.0.0.1:8080/api/auth/device_authorization",
         "introspection_endpoint": "http://127.0.0.1:8080/api/auth/introspect",
         "revocation_endpoint": "http://127.0.0.1:8080/api/auth/revoke",
         "userinfo_endpoint": "http://127.0.0.1:8080/api/auth/userinfo",
         "grant_types_supported": ["refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"],
         "response_types_supported": ["none"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256"],
         "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
         "scopes_supported": ["learning:read", "learning:write", "patterns:read", "patterns:write", "account", "operate"],
         "claims_supported": ["iss", "aud", "sub", "iat", "exp", "jti", "roles", "scope", "tier", "teams", "sid", "client_id",
           "auth_time", "amr"]}""")
@RegisterForReflection
public record Discovery(
        String issuer,
        @JsonProperty("jwks_uri") String jwksUri,
        @JsonProperty("token_endpoint") String tokenEndpoint,
        @JsonProperty("device_authorization_endpoint") String deviceAuthorizationEndpoint,
        @JsonProperty("introspection_endpoint") String introspectionEndpoint,
        @JsonProperty("revocation_endpoint") String revocationEndpoint,
        @JsonProperty("userinfo_endpoint") String userinfoEndpoint,
        @JsonProperty("grant_types_supported") List<String> grantTypes,
        @JsonProperty("response_types_supported") List<String> responseTypes,
        @JsonProperty("subject_types_supported") List<String> subjectTypes,

        @JsonProperty("id_token_signing_alg_values_supported")
        List<String> signingAlgorithms,

        @JsonProperty("token_endpoint_auth_methods_supported")
        List<String> authMethods,

        @JsonProperty("introspection_endpoint_auth_methods_supported")
        List<String> introspectionAuthMethods,

        @JsonProperty("revocation_endpoint_auth_methods_supported")
        List<String> revocationAuthMethods,

        @JsonProperty("scopes_supported") List<String> scopes,
        @JsonProperty("claims_supported") List<String> claims) {}
