package dev.devmentor.learning.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdentityLookupIT extends LearningIT {
    /** A plan is kept for the life of a connection: of a partition that is empty when it is made, too. */
    @Test
    void everyKeyIsLookedUpInItsOwnIndex() throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE entry");
                statement.execute("""
                        INSERT INTO entry (learner_id, event_key, answer_key, kind, at_us, received_us, source, event_id, ref)
                        SELECT -1, gen_random_uuid(), gen_random_uuid(), 1, n, n, 's', 'e' || n, 'a' || n
                        FROM generate_series(1, 300) AS n""");
                statement.execute("ANALYZE entry");
                KeyedPlans.byKey(connection);
                KeyedPlans.eachCall(connection);
                String sql = EntryTable.BY_IDENTITY;
                for (int i = 1; i <= 4; i++) {
                    sql = sql.replaceFirst("\\?", "\\$" + i);
                }
                statement.execute("PREPARE lookup AS " + sql);
                try (ResultSet rows = statement.executeQuery(
                        "EXPLAIN EXECUTE lookup ('{-1}',"
                                + " '{00000000-0000-0000-0000-000000000001}', '{-1}', '{00000000-0000-0000-0000-000000000002}')")) {
                    while (rows.next()) {
                        plan.append(rows.getString(1)).append('\n');
                    }
                }
                statement.execute("DEALLOCATE lookup");
            } finally {
                connection.rollback();
            }
        }
        assertThat(plan).doesNotContain("Seq Scan");
        assertThat(plan.toString().lines().filter(line -> line.contains("event_key = k.i)")))
                .as("the partition that has rows: %s", plan)
                .anyMatch(line -> line.contains("Index Cond: ((learner_id = k.l)"));
        assertThat(plan.toString().lines().filter(line -> line.contains("answer_key = k")))
                .as("the partition that has rows: %s", plan)
                .anyMatch(line -> line.contains("Index Cond: ((learner_id = k"));
    }
}
