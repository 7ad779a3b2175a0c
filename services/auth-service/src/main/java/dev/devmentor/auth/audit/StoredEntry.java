package dev.devmentor.auth.audit;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the log. */
record StoredEntry(
        long seq, long atUs, String action, AuditPart subject, AuditPart actor, AuditPart origin, byte[] hash) {
    static final String COLUMNS = "seq, at_us, action, subject, subject_salt, subject_seal, subject_redacted_by,"
            + " actor, actor_salt, actor_seal, actor_redacted_by,"
            + " origin, origin_salt, origin_seal, origin_redacted_by, hash";

    static StoredEntry read(ResultSet row) throws SQLException {
        return new StoredEntry(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                part(row, 4),
                part(row, 8),
                part(row, 12),
                row.getBytes(16));
    }

    private static AuditPart part(ResultSet row, int from) throws SQLException {
        return new AuditPart(
                row.getString(from),
                row.getBytes(from + 1),
                row.getBytes(from + 2),
                row.getObject(from + 3, Long.class));
    }
}
