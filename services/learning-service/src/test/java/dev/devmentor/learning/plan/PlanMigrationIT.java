package dev.devmentor.learning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.TestPlatform;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans that an older build made last like those of this one. */
@QuarkusTest
class PlanMigrationIT extends LearningIT {

    @Test
    void breaksAndExamsThatWereMadeBeforeAreNoted() throws SQLException {
        TestPlatform.Database database = platform.newDatabase();
        flyway(database, "1017").migrate();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO learner (id, sub) OVERRIDING SYSTEM VALUE VALUES (1, 'break'), (2, 'exam'), (3, 'undone'), (4, 'other');
                    INSERT INTO plan (learner_id, id, kind, parameters, at_us, moved, outcome, undone_us) VALUES
                    (1, gen_random_uuid(), 'vacation', '{"from":"2026-08-03","to":"2026-08-14","perDay":80}', 1, 0, '{}', NULL),
                    (1, gen_random_uuid(), 'vacation', '{"from":"2026-02-03","to":"2026-02-14","perDay":80}', 2, 0, '{}', NULL),
                    (2, gen_random_uuid(), 'exam', '{"date":"2026-09-01","skills":["sql"]}', 1, 0, '{}', NULL),
                    (3, gen_random_uuid(), 'vacation', '{"from":"2026-08-03","to":"2026-08-14"}', 1, 0, '{}', 2),
                    (4, gen_random_uuid(), 'postpone', '{"count":3}', 1, 0, '{}', NULL)""");

            flyway(database, "latest").migrate();

            Map<String, @Nullable Integer> until = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT sub, plans_until_day FROM learner")) {
                while (rows.next()) {
                    until.put(rows.getString(1), rows.getObject(2, Integer.class));
                }
            }
            assertThat(until)
                    .containsEntry("break", (int) LocalDate.parse("2026-08-14").toEpochDay())
                    .containsEntry("exam", (int) LocalDate.parse("2026-09-01").toEpochDay())
                    .containsEntry("undone", null)
                    .containsEntry("other", null);
        }
    }

    private static Flyway flyway(TestPlatform.Database database, String target) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/kit", "classpath:db/migration")
                .target(target)
                .load();
    }
}
