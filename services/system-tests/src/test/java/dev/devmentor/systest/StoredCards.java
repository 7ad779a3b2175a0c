package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** By the description of the form, not by the code that writes it. */
    private static CardState state(ResultSet row) throws SQLException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row.getBytes("state")))) {
            assertThat(in.readByte()).as("version of the form").isEqualTo((byte) 2);
            Phase phase = Phase.values()[in.readByte()];
            int flags = in.readByte();
            int by = in.readByte();
            int lastGrade = in.readByte();
            int[] ints = new int[6];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = in.readInt();
            }
            long lastAt = in.readLong();
            long due = in.readLong();
            long foldedAt = in.readLong();
            double retention = in.readDouble();
            Sm2Memory sm2 = new Sm2Memory(in.readDouble(), in.readInt(), in.readInt());
            Fsrs6Memory fsrs6 = new Fsrs6Memory(in.readDouble(), in.readDouble());
            Fsrs7Memory fsrs7 = new Fsrs7Memory(in.readDouble(), in.readDouble(), in.readDouble());
            assertThat(row.getLong("due_us")).as("due time beside the state").isEqualTo(due);
            assertThat(row.getBoolean("suspended"))
                    .as("suspension beside the state")
                    .isEqualTo((flags & 1) != 0);
            String zone = in.readUTF();
            String source = in.readUTF();
            String id = in.readUTF();
            String deck = in.readUTF();
            assertThat(in.available()).as("bytes left over").isZero();
            return new CardState(
                    phase,
                    (flags & 1) != 0,
                    sm2,
                    (flags & 4) == 0 ? null : fsrs6,
                    (flags & 4) == 0 ? null : fsrs7,
                    ints[1],
                    ints[2],
                    lastGrade,
                    lastAt,
                    ints[5],
                    zone,
                    due,
                    (flags & 2) != 0,
                    ints[0],
                    deck,
                    by < 0 ? null : Scheduler.values()[by],
                    retention,
                    ints[3],
                    ints[4],
                    foldedAt,
                    source,
                    id);
        } catch (IOException truncated) {
            throw new UncheckedIOException(truncated);
        }
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
