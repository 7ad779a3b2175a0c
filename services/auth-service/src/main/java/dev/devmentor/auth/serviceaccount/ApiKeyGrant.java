package dev.devmentor.auth.serviceaccount;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.token.AccessTokens;
import dev.devmentor.auth.token.OAuthException;
import dev.devmentor.auth.token.TokenGrant;
import dev.devmentor.kit.identity.PlatformScopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;

/** The gateway gets an access token for the API key of a request, so that services see tokens alone. */
@ApplicationScoped
class ApiKeyGrant implements TokenGrant {
    private final ServiceAccounts accounts;
    private final AccessTokens tokens;

    ApiKeyGrant(ServiceAccounts accounts, AccessTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * What a key is worth.
     *
     * @param perMinute its own limit; 0 for that of the tier
     * @param perDay its quota; 0 for none
     */
    @RegisterForReflection
    record Answer(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            String scope,
            @JsonProperty("key_id") String keyId,
            @JsonProperty("per_minute") int perMinute,
            @JsonProperty("per_day") int perDay) {}

    @Override
    public String type() {
        return Grants.API_KEY;
    }

    @Override
    public Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException {
        ServiceAccounts.Known known = accounts.verify(form.required("api_key"), from)
                .orElseThrow(() -> OAuthException.of("invalid_grant", "not a key, or good no more"));
        ServiceAccountTable.Row account = known.account();
        String token =
                tokens.mint(account.scope().equals(PlatformScopes.SERVICE) ? itself(account, client) : forOwner(known));
        return new Answer(
                token,
                "Bearer",
                tokens.lifetime().toSeconds(),
                account.scope(),
                known.key().id(),
                known.key().perMinute(),
                known.key().perDay());
    }

    private static AccessTokens.Subject itself(ServiceAccountTable.Row account, OAuthClient client) {
        return new AccessTokens.Subject(
                account.id(), List.of("service"), account.scope(), account.tier(), List.of(), client.id());
    }

    /** The gateway, which alone ever has this token, holds it to its scope. */
    private static AccessTokens.Subject forOwner(ServiceAccounts.Known known) {
        return new AccessTokens.Subject(
                known.owner().id(),
                List.of("learner"),
                known.account().scope(),
                known.owner().tier(),
                known.teams(),
                known.account().id());
    }
}
