package dev.devmentor.systest;

import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tables of the learning service by statements of its own, so that a mistake in the service's is not shared. */
final class StoredCards {
    private StoredCards() {}

    static Map<CardName, Card> read(LearningSystem system) {
        return system.query("SELECT l.sub, c.* FROM card c JOIN learner l ON l.id = c.learner_id", rows -> {
            Map<CardName, Card> cards = new HashMap<>();
            while (rows.next()) {
                cards.put(
                        new CardName(rows.getString("sub"), rows.getString("item")),
                        new Card(state(rows), strings(rows.getArray("skills"))));
            }
            return cards;
        });
    }

    private static CardState state(ResultSet row) throws SQLException {
        Integer by = row.getObject("scheduled_by", Integer.class);
        Double stability = row.getObject("fsrs6_stability", Double.class);
        return new CardState(
                Phase.values()[row.getInt("phase")],
                row.getBoolean("suspended"),
                new Sm2Memory(row.getDouble("sm2_ease"), row.getInt("sm2_interval"), row.getInt("sm2_repetitions")),
                stability == null ? null : new Fsrs6Memory(stability, row.getDouble("fsrs6_difficulty")),
                row.getInt("answers"),
                row.getInt("lapses"),
                row.getInt("last_grade"),
                row.getLong("last_us"),
                row.getInt("last_day"),
                row.getString("last_zone"),
                row.getLong("due_us"),
                row.getBoolean("due_moved"),
                row.getInt("scheduled_days"),
                by == null ? null : Scheduler.values()[by],
                row.getDouble("scheduled_retention"),
                row.getInt("negative_gaps"),
                row.getInt("open_undos"),
                row.getLong("folded_us"),
                row.getString("folded_source"),
                row.getString("folded_id"));
    }

    /** The answers in the log, as far as a fold needs them. */
    static List<Answer> readLog(LearningSystem system) {
        return system.query("""
                SELECT l.sub, e.item, e.at_us, e.source, e.event_id, e.ref, e.zone, e.grade, e.response_ms, e.skills
                FROM entry e JOIN learner l ON l.id = e.learner_id WHERE e.kind = 1""", rows -> {
            List<Answer> log = new ArrayList<>();
            while (rows.next()) {
                log.add(answer(rows));
            }
            return log;
        });
    }

    private static Answer answer(ResultSet row) throws SQLException {
        long at = row.getLong("at_us");
        return new Answer(
                row.getString("source"),
                row.getString("event_id"),
                new QuizAnswered(
                        row.getString("ref"),
                        row.getString("sub"),
                        row.getString("item"),
                        Instant.ofEpochSecond(at / 1_000_000, at % 1_000_000 * 1_000),
                        row.getInt("grade") > 1,
                        row.getInt("grade"),
                        strings(row.getArray("skills")),
                        null,
                        ZoneId.of(row.getString("zone")),
                        row.getObject("response_ms", Integer.class),
                        null,
                        null,
                        null,
                        null));
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
