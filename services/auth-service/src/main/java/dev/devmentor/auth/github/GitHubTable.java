package dev.devmentor.auth.github;

import dev.devmentor.auth.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which GitHub account belongs to whom. */
@ApplicationScoped
public class GitHubTable {
    private static final String PURPOSE = "github-token";

    private final Secrets secrets;
    private final Clock clock;

    GitHubTable(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A link as its person sees it. */
    record Link(String accountId, String login, String scope, boolean hasToken, Instant linkedAt) {}

    /** The token of a person who has agreed to have repositories read; empty for all others. */
    public Optional<String> token(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT sealed_token FROM github_link WHERE account_id = ? AND sealed_token IS NOT NULL")) {
            select.setString(1, accountId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? secrets.open(PURPOSE, accountId, row.getBytes(1))
                                .map(token -> new String(token, StandardCharsets.US_ASCII))
                        : Optional.empty();
            }
        }
    }

    Optional<Link> ofAccount(Connection connection, String accountId) throws SQLException {
        return one(connection, "account_id", accountId);
    }

    Optional<Link> ofGitHub(Connection connection, long githubId) throws SQLException {
        return one(connection, "github_id", githubId);
    }

    private static Optional<Link> one(Connection connection, String column, Object value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT account_id, login, scope, sealed_token IS NOT NULL, linked_at FROM github_link WHERE " + column
                        + " = ?")) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Link(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getTimestamp(5).toInstant()))
                        : Optional.empty();
            }
        }
    }

    /**
     * Links, in the place of any other GitHub account that was linked with this account.
     *
     * @param token to keep; null to keep none
     * @return whether the GitHub account was free
     */
    boolean link(Connection connection, String accountId, GitHubApi.Profile profile, GitHubApi.@Nullable Token token)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO github_link (account_id, github_id, login, scope, sealed_token, linked_at)
                SELECT ?, ?, ?, ?, ?, ?
                WHERE NOT EXISTS (SELECT FROM github_link WHERE github_id = ? AND account_id <> ?)
                ON CONFLICT (account_id) DO UPDATE SET github_id = EXCLUDED.github_id, login = EXCLUDED.login,
                    scope = EXCLUDED.scope, sealed_token = EXCLUDED.sealed_token, linked_at = EXCLUDED.linked_at""")) {
            upsert.setString(1, accountId);
            upsert.setLong(2, profile.id());
            upsert.setString(3, profile.login());
            upsert.setString(4, token == null ? "" : token.scope());
            upsert.setBytes(
                    5,
                    token == null
                            ? null
                            : secrets.seal(PURPOSE, accountId, token.value().getBytes(StandardCharsets.US_ASCII)));
            upsert.setTimestamp(6, Timestamp.from(clock.instant()));
            upsert.setLong(7, profile.id());
            upsert.setString(8, accountId);
            return upsert.executeUpdate() == 1;
        }
    }

    /** Notes what a GitHub account is called now: it keeps its id when it is renamed, and somebody else may get its old name. */
    void named(Connection connection, GitHubApi.Profile profile) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE github_link SET login = ? WHERE github_id = ? AND login <> ?")) {
            update.setString(1, profile.login());
            update.setLong(2, profile.id());
            update.setString(3, profile.login());
            update.executeUpdate();
        }
    }

    boolean unlink(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM github_link WHERE account_id = ?")) {
            delete.setString(1, accountId);
            return delete.executeUpdate() == 1;
        }
    }

    /**
     * Whether a part of a way is gone for the first time.
     *
     * @param id of it, which nobody guesses
     * @param until second since 1970 at which it ends
     */
    boolean use(Connection connection, String id, long until) throws SQLException {
        try (PreparedStatement clean = connection.prepareStatement("DELETE FROM github_state WHERE expires_at < ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO github_state (hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            clean.setTimestamp(1, Timestamp.from(clock.instant()));
            clean.executeUpdate();
            insert.setBytes(1, Secrets.hashOfToken(id));
            insert.setTimestamp(2, Timestamp.from(Instant.ofEpochSecond(until + 1)));
            return insert.executeUpdate() == 1;
        }
    }
}
