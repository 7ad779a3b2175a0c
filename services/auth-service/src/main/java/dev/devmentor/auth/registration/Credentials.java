package dev.devmentor.auth.registration;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Hashes of passwords, by account. */
@ApplicationScoped
public class Credentials {
    private final Clock clock;

    Credentials(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a password of an account is checked against.
     *
     * @param pending whether it is that of the last registration, whose link has not been followed
     * @param since when somebody chose it
     */
    public record Known(String phc, boolean pending, Instant since) {}

    /** The hash of an account; that of its last registration if it has none. An id that there is not takes the same work. */
    public Optional<Known> of(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                (SELECT phc, false, changed_at FROM password WHERE account_id = ?)
                UNION ALL
                (SELECT phc, true, created_at FROM mail_token
                 WHERE account_id = ? AND purpose = 'verify' AND phc IS NOT NULL ORDER BY created_at DESC LIMIT 1)
                LIMIT 1""")) {
            select.setString(1, accountId);
            select.setString(2, accountId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Known(
                                row.getString(1),
                                row.getBoolean(2),
                                row.getTimestamp(3).toInstant()))
                        : Optional.empty();
            }
        }
    }

    /** Whether this is still the password of an account; another hash of the same is. */
    public boolean isStill(Connection connection, String accountId, Known checked) throws SQLException {
        return of(connection, accountId)
                .filter(now -> now.pending() == checked.pending() && now.since().equals(checked.since()))
                .isPresent();
    }

    /** Sets the hash of an account. */
    public void set(Connection connection, String accountId, String phc) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO password (account_id, phc, changed_at) VALUES (?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET phc = EXCLUDED.phc, changed_at = EXCLUDED.changed_at""")) {
            upsert.setString(1, accountId);
            upsert.setString(2, phc);
            upsert.setTimestamp(3, Timestamp.from(clock.instant()));
            upsert.executeUpdate();
        }
    }

    /** Puts a hash of the same password in the place of another, unless somebody has changed it meanwhile. */
    public void rehash(Connection connection, String accountId, String old, String phc) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE password SET phc = ? WHERE account_id = ? AND phc = ?")) {
            update.setString(1, phc);
            update.setString(2, accountId);
            update.setString(3, old);
            update.executeUpdate();
        }
    }

    /** Takes away the password of an account, and what would bring one back: links that were sent. */
    public int remove(Connection connection, String accountId) throws SQLException {
        int removed = 0;
        for (String table : new String[] {"password", "mail_token"}) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE account_id = ?")) {
                delete.setString(1, accountId);
                removed += delete.executeUpdate();
            }
        }
        return removed;
    }
}
