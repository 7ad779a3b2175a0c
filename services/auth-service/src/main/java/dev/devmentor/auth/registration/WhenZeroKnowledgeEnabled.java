package dev.devmentor.auth.registration;

import dev.devmentor.auth.srp.ZeroKnowledgeEnabled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/** Somebody's password has become one that never comes here: the hash of the old one goes, and links that would bring one. */
@ApplicationScoped
class WhenZeroKnowledgeEnabled {
    private final Credentials credentials;

    WhenZeroKnowledgeEnabled(Credentials credentials) {
        this.credentials = credentials;
    }

    void forget(@Observes ZeroKnowledgeEnabled enabled) throws SQLException {
        credentials.remove(enabled.work().connection(), enabled.accountId());
    }
}
