package dev.devmentor.auth.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A refusal of an OAuth endpoint, in the form that its clients expect (RFC 6749 5.2, RFC 8628 3.5).
 *
 * @param error one of the codes of the specifications
 * @param description for who writes a client
 */
@Schema(examples = "{\"error\": \"invalid_grant\", \"error_description\": \"the code was used before\"}")
@RegisterForReflection
public record OAuthError(
        String error, @JsonProperty("error_description") String description) {}
