package dev.devmentor.learning.person;

import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.person.Answered;
import dev.devmentor.learning.engine.person.PersonEntry;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.PointsDetail;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes of a row of the log what a person's fold takes. */
@ApplicationScoped
class PersonEntries {
    /** What comes in later than this after it happened earns no points: history is imported, not relived. */
    private static final long TIMELY_MICROS = Duration.ofDays(7).toNanos() / 1_000;

    private static final long MICROS_PER_DAY = Duration.ofDays(1).toNanos() / 1_000;

    PersonEntry read(ResultSet rows) throws SQLException {
        EntryKey key = new EntryKey(rows.getLong(2), rows.getString(4), rows.getString(5));
        return switch (EntryKind.of(rows.getInt(1))) {
            case ANSWER -> new PersonEntry.Answer(key, answered(key, rows), isTimely(rows));
            case UNDO -> new PersonEntry.Undo(key, Objects.requireNonNull(rows.getString(7)));
            case TASK_COMPLETED ->
                new PersonEntry.TaskCompleted(
                        key,
                        Objects.requireNonNull(rows.getString(7)),
                        localDay(rows),
                        strings(rows.getArray(11)),
                        isTimely(rows));
            case POINTS -> new PersonEntry.PointsGranted(key, localDay(rows), PointsDetail.amount(rows.getString(16)));
            default -> new PersonEntry.Other(key);
        };
    }

    private Answered answered(EntryKey key, ResultSet rows) throws SQLException {
        int grade = rows.getInt(9);
        int responseMs = rows.getInt(10);
        responseMs = rows.wasNull() ? -1 : responseMs;
        int bloom = rows.getInt(13);
        bloom = rows.wasNull() ? 0 : bloom + 1;
        double difficulty = rows.getDouble(14);
        difficulty = rows.wasNull() ? Double.NaN : difficulty;
        return new Answered(
                Objects.requireNonNull(rows.getString(7)),
                Objects.requireNonNull(rows.getString(6)),
                strings(rows.getArray(11)),
                rows.getString(12),
                key.atMicros(),
                rows.getInt(8),
                grade > 1,
                grade,
                responseMs,
                bloom,
                difficulty,
                rows.getString(15));
    }

    private static boolean isTimely(ResultSet rows) throws SQLException {
        return rows.getLong(3) - rows.getLong(2) <= TIMELY_MICROS;
    }

    /** Tasks that were completed before local days were kept of them count by days of UTC. */
    private static int localDay(ResultSet rows) throws SQLException {
        int day = rows.getInt(8);
        return rows.wasNull() ? (int) Math.floorDiv(rows.getLong(2), MICROS_PER_DAY) : day;
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
