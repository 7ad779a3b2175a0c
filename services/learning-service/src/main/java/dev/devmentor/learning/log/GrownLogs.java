package dev.devmentor.learning.log;

import dev.devmentor.kit.postgres.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;

/** Notes whose log has grown since something was fitted to it, until that is done again. */
@ApplicationScoped
public class GrownLogs {
    private final Clock clock;

    GrownLogs(Clock clock) {
        this.clock = clock;
    }

    /** Notes learners; those that are noted already stay so. */
    public void note(Connection connection, long[] learnerIds) throws SQLException {
        if (learnerIds.length == 0) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO grown_log (learner_id, noted_us) SELECT l, ? FROM unnest(?::int8[]) AS l ORDER BY l
                ON CONFLICT (learner_id) DO NOTHING""")) {
            insert.setLong(1, Micros.of(clock.instant()));
            insert.setArray(2, SqlArrays.int8(connection, learnerIds));
            insert.executeUpdate();
        }
    }

    /** Takes the note of a learner away. Whoever notes the learner waits until the transaction ends, so it comes last in it. */
    public void done(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM grown_log WHERE learner_id = ?")) {
            delete.setLong(1, learnerId);
            delete.executeUpdate();
        }
    }
}
