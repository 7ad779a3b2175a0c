package dev.devmentor.auth.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** OpenID Connect Discovery 1.0, section 3, and RFC 8414, of what there is here. */
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
