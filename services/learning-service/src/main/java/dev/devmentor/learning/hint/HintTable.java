package dev.devmentor.learning.hint;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.hint.Hint;
import dev.devmentor.learning.engine.hint.Missed;
import dev.devmentor.learning.log.Differences;
import dev.devmentor.learning.log.EntryTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hints of each learner: of every pattern the newest version. */
@ApplicationScoped
public class HintTable {
    /** More than anybody has; the surest act. */
    private static final int MOST_ACTING = 200;

    /** More answers than two sittings have. */
    private static final int MOST_ANSWERS = 1_000;

    void put(Connection connection, long learnerId, PatternLearned pattern, Envelope envelope, String json)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO hint (learner_id, pattern_id, version, learned_us, state, confidence, source, event_id, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (learner_id, pattern_id) DO UPDATE
                SET version = EXCLUDED.version, learned_us = EXCLUDED.learned_us, state = EXCLUDED.state,
                    confidence = EXCLUDED.confidence, source = EXCLUDED.source, event_id = EXCLUDED.event_id,
                    detail = EXCLUDED.detail
                WHERE (hint.version, hint.learned_us, hint.source, hint.event_id)
                    < (EXCLUDED.version, EXCLUDED.learned_us, EXCLUDED.source, EXCLUDED.event_id)""")) {
            upsert.setLong(1, learnerId);
            upsert.setString(2, pattern.patternId());
            upsert.setLong(3, pattern.version());
            upsert.setLong(4, Micros.of(pattern.learnedAt()));
            upsert.setString(5, pattern.state().wire());
            upsert.setDouble(6, pattern.confidence());
            upsert.setString(7, envelope.source());
            upsert.setString(8, envelope.id());
            upsert.setString(9, json);
            upsert.executeUpdate();
        }
    }

    /** Hints of a learner that act, as far as the learner wants any; the surest first. */
    List<Hint> acting(Connection connection, long learnerId) throws SQLException {
        List<Hint> acting = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT source, event_id, detail FROM hint WHERE learner_id = ? AND state = 'active' AND confidence >= ?
                ORDER BY confidence DESC, pattern_id LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setDouble(2, Hint.LEAST_CONFIDENCE);
            select.setInt(3, MOST_ACTING);
            for (KnownHint known : read(select)) {
                Hint hint = known.hint();
                if (hint.effect(true) == Hint.Effect.ACTS) {
                    acting.add(hint);
                }
            }
        }
        return acting;
    }

    /**
     * Hints of a learner, the newest first.
     *
     * @param state only these; null for all
     * @param after where the page before ended; null for the first page
     */
    List<KnownHint> page(
            Connection connection, long learnerId, @Nullable String state, @Nullable Position after, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT source, event_id, detail FROM hint WHERE learner_id = ? AND (?::text IS NULL OR state = ?)
                  AND (?::int8 IS NULL OR learned_us < ? OR (learned_us = ? AND pattern_id > ?))
                ORDER BY learned_us DESC, pattern_id LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setString(2, state);
            select.setString(3, state);
            for (int i = 4; i <= 6; i++) {
                select.setObject(i, after == null ? null : after.learnedMicros(), Types.BIGINT);
            }
            select.setString(7, after == null ? null : after.patternId());
            select.setInt(8, limit);
            return read(select);
        }
    }

    /** Where a page ended. */
    record Position(long learnedMicros, String patternId) {}

    /** Number of hints of a learner. */
    long count(Connection connection, long learnerId, @Nullable String state) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT count(*) FROM hint WHERE learner_id = ? AND (?::text IS NULL OR state = ?)")) {
            select.setLong(1, learnerId);
            select.setString(2, state);
            select.setString(3, state);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** What a learner missed lately. */
    Missed missed(Connection connection, long learnerId, long nowMicros) throws SQLException {
        List<Missed.Given> given = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.item, e.skills, e.at_us, e.correct FROM entry e
                WHERE e.learner_id = ? AND e.kind = 1 AND e.at_us BETWEEN ? AND ? AND
                """ + EntryTable.NOT_TAKEN_BACK + """
                ORDER BY e.at_us DESC, e.source DESC, e.event_id DESC LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setLong(2, nowMicros - Missed.LATELY_MICROS);
            select.setLong(3, nowMicros);
            select.setInt(4, MOST_ANSWERS);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Array skills = rows.getArray(2);
                    given.add(new Missed.Given(
                            rows.getString(1),
                            skills == null ? List.of() : Arrays.asList((String[]) skills.getArray()),
                            rows.getLong(3),
                            rows.getBoolean(4)));
                }
            }
        }
        return Missed.of(given, nowMicros);
    }

    private static List<KnownHint> read(PreparedStatement select) throws SQLException {
        List<KnownHint> hints = new ArrayList<>();
        EventDecoder decoder = new EventDecoder();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Envelope envelope = Envelope.of(EventTypes.PATTERN_LEARNED, rows.getString(1), rows.getString(2), null);
                byte[] json = rows.getString(3).getBytes(StandardCharsets.UTF_8);
                switch (decoder.decodeData(EventTypes.PATTERN_LEARNED, envelope, json)) {
                    case Decoded.Accepted<PatternLearned> accepted ->
                        hints.add(new KnownHint(accepted.event().data()));
                    case Decoded.Rejected<PatternLearned> _ ->
                        throw new IllegalStateException("a hint that the log took and nobody can read");
                }
            }
        }
        return hints;
    }

    /** Number of rows in which the table and the log differ for a learner. */
    public long differences(Connection connection, long learnerId) throws SQLException {
        return Differences.count(
                connection,
                learnerId,
                "hint",
                "hint_of_log",
                "learner_id, pattern_id, version, learned_us, state, confidence, source, event_id, detail");
    }
}
