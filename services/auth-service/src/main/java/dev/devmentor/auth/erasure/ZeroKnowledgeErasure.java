package dev.devmentor.auth.erasure;

import dev.devmentor.auth.srp.SrpErasure;
import dev.devmentor.auth.vault.VaultErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The vault, what is shared out of it and into it, and what logs in without a password. */
@ApplicationScoped
class ZeroKnowledgeErasure implements OwnErasure {
    private final VaultErasure vault;
    private final SrpErasure login;

    ZeroKnowledgeErasure(VaultErasure vault, SrpErasure login) {
        this.vault = vault;
        this.login = login;
    }

    @Override
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException {
        Map<String, Long> counts = new TreeMap<>(vault.deleteAllOf(connection, accountId));
        counts.putAll(login.deleteAllOf(connection, accountId));
        return counts;
    }
}
