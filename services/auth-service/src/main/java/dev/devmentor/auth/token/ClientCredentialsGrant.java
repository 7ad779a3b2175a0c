package dev.devmentor.auth.token;

import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;

/** A program gets a token for itself (RFC 6749 4.4). */
@ApplicationScoped
class ClientCredentialsGrant implements TokenGrant {
    private final AccessTokens tokens;

    ClientCredentialsGrant(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return Grants.CLIENT_CREDENTIALS;
    }

    @Override
    public Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException {
        String scope = Scopes.narrow(form.optional("scope"), client.scope());
        if (scope == null) {
            throw OAuthException.of("invalid_scope", "this client may not have this scope");
        }
        String token = tokens.mint(
                new AccessTokens.Subject(client.id(), List.of("service"), scope, "premium", List.of(), client.id()));
        return new TokenAnswer(token, "Bearer", tokens.lifetime().toSeconds(), null, scope);
    }
}
