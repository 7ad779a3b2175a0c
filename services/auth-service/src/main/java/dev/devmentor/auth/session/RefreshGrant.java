package dev.devmentor.auth.session;

import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.token.OAuthException;
import dev.devmentor.auth.token.TokenGrant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** A program continues a session (RFC 6749 6). */
@ApplicationScoped
class RefreshGrant implements TokenGrant {
    private final Sessions sessions;
    private final Throttle throttle;

    RefreshGrant(Sessions sessions, Throttle throttle) {
        this.sessions = sessions;
        this.throttle = throttle;
    }

    @Override
    public String type() {
        return Grants.REFRESH_TOKEN;
    }

    @Override
    public Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException {
        return switch (sessions.refresh(form.required("refresh_token"), client.id(), form.optional("scope"), from)) {
            case Sessions.Refreshed.Good good -> good.answer();
            case Sessions.Refreshed.TooWide _ ->
                throw OAuthException.of("invalid_scope", "the scope is wider than the session's");
            case Sessions.Refreshed.Refused refused -> {
                throttle.failed(Throttle.Kind.SECRET, null, from.address(), null);
                throw OAuthException.of("invalid_grant", refused.reason());
            }
        };
    }
}
