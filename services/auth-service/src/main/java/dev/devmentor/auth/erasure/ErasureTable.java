package dev.devmentor.auth.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of erasures. */
@ApplicationScoped
class ErasureTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};
    private static final String COLUMNS =
            "id, account_id, operator_id, receipt_hash, requested_at, state, round, asked, ask_at, completed_at";

    /** A request as stored; {@code account} is null once it is completed. */
    record Request(
            String id,
            @Nullable String account,
            @Nullable String operator,
            byte @Nullable [] receiptHash,
            Instant requestedAt,
            String state,
            int round,
            int asked,
            Instant askAt,
            @Nullable Instant completedAt) {
        boolean isCompleted() {
            return completedAt != null;
        }
    }

    void insert(Connection connection, Request request, Collection<String> services) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO erasure_request (id, account_id, operator_id, receipt_hash, requested_at, state, asked, asked_at, ask_at)
                VALUES (?, ?, ?, ?, ?, 'requested', 1, ?, ?)""")) {
            insert.setString(1, request.id());
            insert.setString(2, request.account());
            insert.setString(3, request.operator());
            insert.setBytes(4, request.receiptHash());
            insert.setTimestamp(5, Timestamp.from(request.requestedAt()));
            insert.setTimestamp(6, Timestamp.from(request.requestedAt()));
            insert.setTimestamp(7, Timestamp.from(request.askAt()));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO erasure_service (erasure_id, service, expected) SELECT ?, s, true FROM unnest(?::text[]) AS s")) {
            insert.setString(1, request.id());
            insert.setArray(2, connection.createArrayOf("text", services.toArray()));
            insert.executeUpdate();
        }
    }

    @Nullable Request find(Connection connection, String id) throws SQLException {
        return one(connection, "SELECT " + COLUMNS + " FROM erasure_request WHERE id = ?", id);
    }

    /** The same, locked until the transaction ends. */
    @Nullable Request lock(Connection connection, String id) throws SQLException {
        return one(connection, "SELECT " + COLUMNS + " FROM erasure_request WHERE id = ? FOR UPDATE", id);
    }

    /** The request of an account that is not completed. */
    @Nullable Request openOf(Connection connection, String account) throws SQLException {
        return one(connection, "SELECT " + COLUMNS + " FROM erasure_request WHERE account_id = ?", account);
    }

    /** Ids of requests whose part of this service is not deleted yet, the oldest first. */
    List<String> withoutOwnPart(Connection connection, String self, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT r.id FROM erasure_request r JOIN erasure_service s ON s.erasure_id = r.id
                WHERE r.state <> 'completed' AND s.service = ? AND s.answered_at IS NULL ORDER BY r.requested_at LIMIT ?""")) {
            select.setString(1, self);
            select.setInt(2, most);
            return ids(select);
        }
    }

    /** Open requests whose services are to be asked again, locked; those that another instance has are left out. */
    List<Request> due(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                 FROM erasure_request WHERE state <> 'completed' AND ask_at <= ? ORDER BY ask_at LIMIT ?
                FOR UPDATE SKIP LOCKED""")) {
            select.setTimestamp(1, Timestamp.from(now));
            select.setInt(2, most);
            List<Request> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    /** Whether only this service has not answered. */
    boolean isOnlySilent(Connection connection, String id, String self) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*) FROM erasure_service
                WHERE erasure_id = ? AND expected AND answered_at IS NULL AND service <> ?""")) {
            select.setString(1, id);
            select.setString(2, self);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1) == 0;
            }
        }
    }

    void asked(Connection connection, String id, int round, Instant at, Instant next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE erasure_request SET asked = asked + 1, round = ?, asked_at = ?, ask_at = ? WHERE id = ?")) {
            update.setInt(1, round);
            update.setTimestamp(2, Timestamp.from(at));
            update.setTimestamp(3, Timestamp.from(next));
            update.setString(4, id);
            update.executeUpdate();
        }
    }

    /** Puts the next repeat off without having asked. */
    void askLater(Connection connection, String id, Instant next) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE erasure_request SET ask_at = ? WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(next));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    /**
     * Notes the answer of a service to a locked request.
     *
     * @param most services that a request may have, expected or not
     * @return whether it was the first
     */
    boolean answered(Connection connection, String id, String service, Map<String, Long> counts, Instant at, int most)
            throws SQLException {
        String json = write(counts);
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE erasure_service SET answered_at = ?, counts = ?
                WHERE erasure_id = ? AND service = ? AND answered_at IS NULL""")) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setString(2, json);
            update.setString(3, id);
            update.setString(4, service);
            if (update.executeUpdate() == 1) {
                return true;
            }
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE erasure_service SET repeats = repeats + 1 WHERE erasure_id = ? AND service = ?")) {
            update.setString(1, id);
            update.setString(2, service);
            if (update.executeUpdate() == 1) {
                return false;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO erasure_service (erasure_id, service, expected, answered_at, counts)
                SELECT ?, ?, false, ?, ? WHERE (SELECT count(*) FROM erasure_service WHERE erasure_id = ?) < ?""")) {
            insert.setString(1, id);
            insert.setString(2, service);
            insert.setTimestamp(3, Timestamp.from(at));
            insert.setString(4, json);
            insert.setString(5, id);
            insert.setInt(6, most);
            return insert.executeUpdate() == 1;
        }
    }

    /** Moves a locked request on to what its services make of it; the account is named no more once it is completed. */
    String advance(Connection connection, String id, String self, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE erasure_request r SET
                    state = CASE WHEN s.silent = 0 THEN 'completed' WHEN s.own THEN 'waiting' ELSE 'requested' END,
                    completed_at = CASE WHEN s.silent = 0 THEN coalesce(r.completed_at, ?) END,
                    account_id = CASE WHEN s.silent = 0 THEN NULL ELSE r.account_id END
                FROM (SELECT count(*) FILTER (WHERE expected AND answered_at IS NULL) AS silent,
                             bool_or(service = ? AND answered_at IS NOT NULL) AS own
                      FROM erasure_service WHERE erasure_id = ?) s
                WHERE r.id = ? RETURNING r.state""")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, self);
            update.setString(3, id);
            update.setString(4, id);
            try (ResultSet rows = update.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** How a request stands, with its account. */
    ErasureView view(Connection connection, Request request) throws SQLException {
        List<ErasureView.Service> services = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT service, expected, answered_at, counts FROM erasure_service WHERE erasure_id = ? ORDER BY service COLLATE "C" """)) {
            select.setString(1, request.id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Timestamp answered = rows.getTimestamp(3);
                    String counts = rows.getString(4);
                    services.add(new ErasureView.Service(
                            rows.getString(1),
                            answered == null ? "silent" : "answered",
                            answered == null ? request.requestedAt() : answered.toInstant(),
                            rows.getBoolean(2),
                            counts == null ? null : read(counts)));
                    if (answered == null) {
                        silent.add(rows.getString(1));
                    }
                }
            }
        }
        return new ErasureView(
                request.id(),
                request.state(),
                request.account(),
                request.operator() == null ? "person" : "operator",
                request.requestedAt(),
                services,
                silent,
                request.asked(),
                request.isCompleted() ? null : request.askAt(),
                request.completedAt());
    }

    /**
     * Requests, the newest first.
     *
     * @param state null for all
     * @param before position after which the list goes on; null for its beginning
     */
    List<Request> newest(Connection connection, @Nullable String state, @Nullable Position before, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                 FROM erasure_request
                WHERE (?::text IS NULL OR state = ? OR ? = 'open' AND state <> 'completed') AND (?::timestamptz IS NULL OR (requested_at, id) < (?::timestamptz, ?))
                ORDER BY requested_at DESC, id DESC LIMIT ?""")) {
            Timestamp at = before == null ? null : Timestamp.from(before.at());
            select.setString(1, state);
            select.setString(2, state);
            select.setString(3, state);
            select.setTimestamp(4, at);
            select.setTimestamp(5, at);
            select.setString(6, before == null ? null : before.id());
            select.setInt(7, most);
            List<Request> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    /** A place in the list. */
    record Position(Instant at, String id) {}

    /** Number of requests that are not completed, and when the oldest of them was made; null without one. */
    record Open(long requests, @Nullable Instant oldest) {}

    Open open(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT count(*), min(requested_at) FROM erasure_request WHERE state <> 'completed'");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            Timestamp oldest = rows.getTimestamp(2);
            return new Open(rows.getLong(1), oldest == null ? null : oldest.toInstant());
        }
    }

    /** Deletes proofs that are older than they are kept. */
    int deleteCompletedBefore(Connection connection, Instant time) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM erasure_request WHERE state = 'completed' AND completed_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(time));
            return delete.executeUpdate();
        }
    }

    private static List<String> ids(PreparedStatement select) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static @Nullable Request one(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, value);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    private static Request read(ResultSet row) throws SQLException {
        Timestamp completed = row.getTimestamp(10);
        return new Request(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBytes(4),
                row.getTimestamp(5).toInstant(),
                row.getString(6),
                row.getInt(7),
                row.getInt(8),
                row.getTimestamp(9).toInstant(),
                completed == null ? null : completed.toInstant());
    }

    private static String write(Map<String, Long> counts) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(counts));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("counts are always JSON", impossible);
        }
    }

    private static Map<String, Long> read(String counts) {
        try {
            return JSON.readValue(counts, COUNTS);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("stored counts are no JSON", damaged);
        }
    }
}
