package dev.devmentor.learning.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UndoLookupIT extends LearningIT {
    private static final int ANSWERS = 2_000;
    private static final int UNDOS = 3;
    private static final Pattern LOOPS = Pattern.compile("actual .*loops=(\\d+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: (\\d+)");

    /** As after a first import: many answers, and a planner that has not looked at them yet. */
    @Test
    void whetherAnAnswerWasTakenBackDoesNotReadTheWholeLogForEach() throws SQLException {
        long removed = 0;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO entry (learner_id, event_key, kind, at_us, received_us, source, event_id, ref)"
                                + " SELECT -1, gen_random_uuid(), CASE WHEN n <= " + ANSWERS
                                + " THEN 1 ELSE 2 END, n, n, 's', 'e' || n,"
                                + " 'a' || (n % " + ANSWERS + ") FROM generate_series(1, " + (ANSWERS + UNDOS)
                                + ") AS n");
                // What a planner without statistics takes, because it expects a single answer.
                statement.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
                try (ResultSet rows = statement.executeQuery(
                        "EXPLAIN (ANALYZE, TIMING off) SELECT e.ref FROM entry e WHERE e.learner_id = -1 AND e.kind = 1 AND "
                                + EntryTable.NOT_TAKEN_BACK)) {
                    long loops = 1;
                    while (rows.next()) {
                        Matcher loop = LOOPS.matcher(rows.getString(1));
                        loops = loop.find() ? Long.parseLong(loop.group(1)) : loops;
                        Matcher dropped = REMOVED.matcher(rows.getString(1));
                        removed += dropped.find() ? loops * Long.parseLong(dropped.group(1)) : 0;
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        assertThat(removed).as("rows that were read for nothing").isLessThan(10L * ANSWERS);
    }
}
