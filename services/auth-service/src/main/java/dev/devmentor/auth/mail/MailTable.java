package dev.devmentor.auth.mail;

import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Letters that are on their way. */
@ApplicationScoped
class MailTable {
    private final Transactions transactions;

    MailTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A letter that is to be tried.
     *
     * @param attempts with this one
     */
    record Due(UUID id, String kind, byte[] sealed, int attempts, boolean expired) {}

    /** Takes the next one, so that nobody else tries it for a while. */
    Optional<Due> take(Instant now, Duration hold) throws SQLException {
        return transactions.run(work -> {
            try (PreparedStatement update = work.connection().prepareStatement("""
                    UPDATE mail SET attempts = attempts + 1, next_at = ? WHERE id = (
                        SELECT id FROM mail WHERE next_at <= ? ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                    RETURNING id, kind, sealed, attempts, expires_at <= ?""")) {
                update.setTimestamp(1, Timestamp.from(now.plus(hold)));
                update.setTimestamp(2, Timestamp.from(now));
                update.setTimestamp(3, Timestamp.from(now));
                try (ResultSet row = update.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Due(
                                    row.getObject(1, UUID.class),
                                    row.getString(2),
                                    row.getBytes(3),
                                    row.getInt(4),
                                    row.getBoolean(5)))
                            : Optional.empty();
                }
            }
        });
    }

    void delete(UUID id) throws SQLException {
        transactions.run(work -> {
            try (PreparedStatement delete = work.connection().prepareStatement("DELETE FROM mail WHERE id = ?")) {
                delete.setObject(1, id);
                return delete.executeUpdate();
            }
        });
    }

    void tryAgain(UUID id, Instant at) throws SQLException {
        transactions.run(work -> {
            try (PreparedStatement update =
                    work.connection().prepareStatement("UPDATE mail SET next_at = ? WHERE id = ?")) {
                update.setTimestamp(1, Timestamp.from(at));
                update.setObject(2, id);
                return update.executeUpdate();
            }
        });
    }
}
