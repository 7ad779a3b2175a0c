package dev.devmentor.auth.registration;

import dev.devmentor.auth.srp.ZeroKnowledgeEnabled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/** Whose password never comes here any more has no hash of the old one here either. */
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
