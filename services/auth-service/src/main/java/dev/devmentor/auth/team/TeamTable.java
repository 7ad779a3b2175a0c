package dev.devmentor.auth.team;

import dev.devmentor.auth.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of {@code team} and {@code team_member}. */
@ApplicationScoped
class TeamTable implements Sessions.Teams {
    /** A team of a person. */
    record Row(String id, String name, String role, String state) {}

    @Override
    public List<String> of(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT team_id FROM team_member WHERE account_id = ? AND state = 'member' ORDER BY since, team_id LIMIT 64")) {
            select.setString(1, accountId);
            List<String> teams = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    teams.add(rows.getString(1));
                }
            }
            return teams;
        }
    }

    List<Row> list(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT t.id, t.name, m.role, m.state FROM team_member m JOIN team t ON t.id = m.team_id
                WHERE m.account_id = ? ORDER BY m.since, t.id""")) {
            select.setString(1, accountId);
            List<Row> teams = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    teams.add(new Row(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
            return teams;
        }
    }

    void add(Connection connection, String id, String name, String owner, Instant now) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO team (id, name, created_at) VALUES (?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, name);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.executeUpdate();
        }
        join(connection, id, owner, "owner", "member", now);
    }

    /** Locks the team, so that its last owner cannot leave twice. */
    boolean lock(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM team WHERE id = ? FOR UPDATE")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    Optional<Membership> membership(Connection connection, String teamId, String accountId) throws SQLException {
        return members(connection, teamId).stream()
                .filter(member -> member.accountId().equals(accountId))
                .findFirst();
    }

    List<Membership> members(Connection connection, String teamId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT m.team_id, m.account_id, a.name, m.role, m.state, m.since FROM team_member m
                JOIN account a ON a.id = m.account_id WHERE m.team_id = ? ORDER BY m.since, m.account_id""")) {
            select.setString(1, teamId);
            List<Membership> members = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    members.add(new Membership(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getTimestamp(6).toInstant()));
                }
            }
            return members;
        }
    }

    void join(Connection connection, String teamId, String accountId, String role, String state, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO team_member (team_id, account_id, role, state, since) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (team_id, account_id) DO NOTHING""")) {
            insert.setString(1, teamId);
            insert.setString(2, accountId);
            insert.setString(3, role);
            insert.setString(4, state);
            insert.setTimestamp(5, Timestamp.from(now));
            insert.executeUpdate();
        }
    }

    void accept(Connection connection, String teamId, String accountId, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE team_member SET state = 'member', since = ? WHERE team_id = ? AND account_id = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, teamId);
            update.setString(3, accountId);
            update.executeUpdate();
        }
    }

    void leave(Connection connection, String teamId, String accountId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM team_member WHERE team_id = ? AND account_id = ?")) {
            delete.setString(1, teamId);
            delete.setString(2, accountId);
            delete.executeUpdate();
        }
    }

    void makeOwner(Connection connection, String teamId, String accountId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE team_member SET role = 'owner' WHERE team_id = ? AND account_id = ?")) {
            update.setString(1, teamId);
            update.setString(2, accountId);
            update.executeUpdate();
        }
    }

    void delete(Connection connection, String teamId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM team WHERE id = ?")) {
            delete.setString(1, teamId);
            delete.executeUpdate();
        }
    }
}
