package dev.devmentor.auth.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Deletes what this feature has of a person, and what they share with others. */
@ApplicationScoped
public class VaultErasure {
    private final VaultTable table;

    VaultErasure(VaultTable table) {
        this.table = table;
    }

    /** Number of rows by kind. */
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        // Nothing new is written meanwhile: every change takes this lock first.
        table.lock(connection, accountId);
        counts.put(
                "vaultShares",
                table.delete(
                        connection,
                        "DELETE FROM vault_share WHERE owner_id = ? OR recipient_id = ?",
                        accountId,
                        accountId));
        counts.put("vaultEntries", table.delete(connection, "DELETE FROM vault_entry WHERE account_id = ?", accountId));
        table.delete(connection, "DELETE FROM vault_lookup WHERE account_id = ?", accountId);
        counts.put("vaults", table.delete(connection, "DELETE FROM vault WHERE account_id = ?", accountId));
        return counts;
    }
}
