package dev.devmentor.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody gets who has shown who they are (RFC 6749 5.1).
 *
 * @param expiresIn seconds that the access token is good for
 * @param refreshToken null for programs that show who they are each time, and where it is in a cookie
 */
@Schema(examples = """
        {"access_token": "eyJ…", "token_type": "Bearer", "expires_in": 900, "refresh_token": "good-once…",
         "scope": "learning:read learning:write patterns:read patterns:write account"}""")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenAnswer(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("refresh_token") @Nullable String refreshToken,
        String scope) {
    /** The same without the refresh token. */
    public TokenAnswer withoutRefreshToken() {
        return new TokenAnswer(accessToken, tokenType, expiresIn, null, scope);
    }
}
