package dev.devmentor.auth.registration;

import dev.devmentor.auth.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes links in mails good: random, kept as a hash, once. */
@ApplicationScoped
class MailTokens {
    /** What is kept for so long after it expired tells somebody who has the right password that their address is not confirmed. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int LONGEST = 100;

    private final Secrets secrets;
    private final Clock clock;

    MailTokens(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What a link does. */
    enum Purpose {
        VERIFY,
        RESET;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a link was sent for. */
    record Sent(String accountId, @Nullable String phc, @Nullable String srp) {}

    /**
     * A new link.
     *
     * @param phc hash of the password that it brings; null if it brings none
     * @param srp what a zero-knowledge password brings in its place; null if it brings none
     */
    String issue(
            Connection connection,
            String accountId,
            Purpose purpose,
            @Nullable String phc,
            @Nullable String srp,
            Duration lifetime)
            throws SQLException {
        String token = secrets.newToken();
        Instant now = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO mail_token (hash, account_id, purpose, phc, created_at, expires_at, srp)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""");
                PreparedStatement clean =
                        connection.prepareStatement("DELETE FROM mail_token WHERE expires_at < ?")) {
            clean.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
            clean.executeUpdate();
            insert.setBytes(1, Secrets.hashOfToken(token));
            insert.setString(2, accountId);
            insert.setString(3, purpose.column());
            insert.setString(4, phc);
            insert.setTimestamp(5, Timestamp.from(now));
            insert.setTimestamp(6, Timestamp.from(now.plus(lifetime)));
            insert.setString(7, srp);
            insert.executeUpdate();
        }
        return token;
    }

    /** How many were sent to an account since then. */
    int sentSince(Connection connection, String accountId, Purpose purpose, Instant since) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(
                "SELECT count(*) FROM mail_token WHERE account_id = ? AND purpose = ? AND created_at > ?")) {
            count.setString(1, accountId);
            count.setString(2, purpose.column());
            count.setTimestamp(3, Timestamp.from(since));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** What a link is good for, without using it up; empty if it is none that is still good. */
    Optional<Sent> look(Connection connection, String token, Purpose purpose) throws SQLException {
        return one(
                connection,
                "SELECT account_id, phc, srp FROM mail_token WHERE hash = ? AND purpose = ? AND expires_at > ?",
                token,
                purpose);
    }

    /** Uses a link up, and with it all others of the account for the same purpose. */
    Optional<Sent> use(Connection connection, String token, Purpose purpose) throws SQLException {
        Optional<Sent> sent = one(
                connection,
                "DELETE FROM mail_token WHERE hash = ? AND purpose = ? AND expires_at > ? RETURNING account_id, phc, srp",
                token,
                purpose);
        if (sent.isPresent()) {
            withdraw(connection, sent.get().accountId(), purpose);
        }
        return sent;
    }

    void withdraw(Connection connection, String accountId, Purpose purpose) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM mail_token WHERE account_id = ? AND purpose = ?")) {
            delete.setString(1, accountId);
            delete.setString(2, purpose.column());
            delete.executeUpdate();
        }
    }

    private Optional<Sent> one(Connection connection, String sql, String token, Purpose purpose) throws SQLException {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, Secrets.hashOfToken(token));
            statement.setString(2, purpose.column());
            statement.setTimestamp(3, Timestamp.from(clock.instant()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Sent(row.getString(1), row.getString(2), row.getString(3))) : Optional.empty();
            }
        }
    }
}
