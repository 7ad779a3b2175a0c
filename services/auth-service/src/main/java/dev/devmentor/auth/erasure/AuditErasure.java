package dev.devmentor.auth.erasure;

import dev.devmentor.auth.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The log keeps what was done and when; who, from where and the details go. */
@ApplicationScoped
class AuditErasure implements OwnErasure {
    private final AuditLog audit;

    AuditErasure(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException {
        return Map.of("auditEntries", (long) audit.redact(connection, accountId));
    }
}
