package dev.devmentor.auth.registration;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.srp.ZeroKnowledgeEnabled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Somebody's password has become one that never comes here: the hash of the old one goes, and links that would bring one. They are
 * told by mail, as with any other change of a password.
 */
@ApplicationScoped
class WhenZeroKnowledgeEnabled {
    private final Credentials credentials;
    private final Accounts accounts;
    private final Links links;

    WhenZeroKnowledgeEnabled(Credentials credentials, Accounts accounts, Links links) {
        this.credentials = credentials;
        this.accounts = accounts;
        this.links = links;
    }

    void forget(@Observes ZeroKnowledgeEnabled enabled) throws SQLException {
        credentials.remove(enabled.work().connection(), enabled.accountId());
        Optional<Account> account = accounts.byId(enabled.work().connection(), enabled.accountId());
        if (account.isPresent()) {
            links.sendPasswordChanged(enabled.work(), account.get());
        }
    }
}
