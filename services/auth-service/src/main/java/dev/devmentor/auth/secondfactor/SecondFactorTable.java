package dev.devmentor.auth.secondfactor;

import dev.devmentor.auth.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code second_factor} and {@code recovery_code}. */
@ApplicationScoped
class SecondFactorTable {
    private static final String PURPOSE = "second-factor";

    private final Secrets secrets;

    SecondFactorTable(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * A second factor.
     *
     * @param secret empty if it was sealed under another key
     * @param since when it was switched on; null if it was not yet
     */
    record Factor(Optional<byte[]> secret, @Nullable Instant since, long lastStep) {}

    Optional<Factor> find(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT sealed_secret, since, last_step FROM second_factor WHERE account_id = ?")) {
            select.setString(1, accountId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Timestamp since = row.getTimestamp(2);
                return Optional.of(new Factor(
                        secrets.open(PURPOSE, accountId, row.getBytes(1)),
                        since == null ? null : since.toInstant(),
                        row.getLong(3)));
            }
        }
    }

    /**
     * Keeps a secret that is not asked for yet, in the place of one like that.
     *
     * @return whether none is switched on
     */
    boolean begin(Connection connection, String accountId, byte[] secret) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO second_factor (account_id, sealed_secret) VALUES (?, ?)
                ON CONFLICT (account_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret
                WHERE second_factor.since IS NULL""")) {
            upsert.setString(1, accountId);
            upsert.setBytes(2, secrets.seal(PURPOSE, accountId, secret));
            return upsert.executeUpdate() == 1;
        }
    }

    void switchOn(Connection connection, String accountId, Instant now, long step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE second_factor SET since = ?, last_step = ? WHERE account_id = ? AND since IS NULL")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, step);
            update.setString(3, accountId);
            update.executeUpdate();
        }
    }

    /** Uses a step up, and those before it; whether nobody has before, at whichever instance. */
    boolean use(Connection connection, String accountId, long step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?")) {
            update.setLong(1, step);
            update.setString(2, accountId);
            update.setLong(3, step);
            return update.executeUpdate() == 1;
        }
    }

    /** Whether the person has not been told for so long that somebody guesses; they are now. */
    boolean warn(Connection connection, String accountId, Instant now, Duration pause) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE second_factor SET warned_at = ? WHERE account_id = ? AND coalesce(warned_at < ?, true)""")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, accountId);
            update.setTimestamp(3, Timestamp.from(now.minus(pause)));
            return update.executeUpdate() == 1;
        }
    }

    boolean delete(Connection connection, String accountId) throws SQLException {
        replaceCodes(connection, accountId, List.of());
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM second_factor WHERE account_id = ?")) {
            delete.setString(1, accountId);
            return delete.executeUpdate() == 1;
        }
    }

    /** Keeps hashes of these recovery codes; all others are good for nothing. */
    void replaceCodes(Connection connection, String accountId, List<String> codes) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM recovery_code WHERE account_id = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO recovery_code (account_id, salt, hash) VALUES (?, ?, ?)")) {
            delete.setString(1, accountId);
            delete.executeUpdate();
            for (String code : codes) {
                byte[] salt = secrets.newBytes(RecoveryCode.SALT_BYTES);
                insert.setString(1, accountId);
                insert.setBytes(2, salt);
                insert.setBytes(3, RecoveryCode.hash(salt, code));
                insert.executeUpdate();
            }
        }
    }

    /** Uses a recovery code up; whether there was one, and nobody was faster. */
    boolean useCode(Connection connection, String accountId, String typed) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT salt, hash FROM recovery_code WHERE account_id = ?");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM recovery_code WHERE account_id = ? AND salt = ?")) {
            select.setString(1, accountId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] salt = rows.getBytes(1);
                    if (MessageDigest.isEqual(rows.getBytes(2), RecoveryCode.hash(salt, typed))) {
                        delete.setString(1, accountId);
                        delete.setBytes(2, salt);
                        return delete.executeUpdate() == 1;
                    }
                }
            }
            return false;
        }
    }

    int codesLeft(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("SELECT count(*) FROM recovery_code WHERE account_id = ?")) {
            count.setString(1, accountId);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
