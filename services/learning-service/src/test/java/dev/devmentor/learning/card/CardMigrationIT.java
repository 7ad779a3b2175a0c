package dev.devmentor.learning.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.testkit.TestPlatform;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A data directory that an older build wrote is upgraded, and nothing of it is lost. */
@QuarkusTest
class CardMigrationIT extends LearningIT {
    private static final String OLD_COLUMNS =
            "learner_id, item, phase, suspended, due_us, due_moved, scheduled_days, scheduled_by, scheduled_retention,"
                    + " sm2_ease, sm2_interval, sm2_repetitions, fsrs6_stability, fsrs6_difficulty, answers, lapses,"
                    + " last_grade, last_us, last_day, last_zone, negative_gaps, open_undos, folded_us, folded_source,"
                    + " folded_id, skills";

    private static final CardState REVIEWED = new CardState(
            Phase.REVIEW,
            true,
            new Sm2Memory(2.36, 17, 4),
            new Fsrs6Memory(12.345678901234567, 5.000000000000001),
            null,
            7,
            2,
            3,
            1_767_225_600_123_456L,
            20_454,
            "Europe/Berlin",
            1_768_363_200_000_000L,
            true,
            13,
            "",
            Scheduler.FSRS6,
            0.9,
            1,
            2,
            1_767_225_600_123_457L,
            "https://producer.example/t\u00e4st",
            "id-1");

    private static final CardState NEW_AGAIN = new CardState(
            Phase.NEW,
            false,
            Sm2Memory.NEW,
            null,
            null,
            0,
            0,
            0,
            0,
            0,
            "",
            CardState.NOT_DUE,
            false,
            0,
            "",
            null,
            0,
            0,
            0,
            1_767_225_600_000_000L,
            "s",
            "id-2");

    @Test
    void cardsOfColumnsBecomeTheSameCardsOfOneValue() throws SQLException {
        TestPlatform.Database database = platform.newDatabase();
        flyway(database, "1002").migrate();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO card (" + OLD_COLUMNS + ") VALUES"
                    + " (1, 'a', 2, true, 1768363200000000, true, 13, 1, 0.9, 2.36, 17, 4, 12.345678901234567,"
                    + " 5.000000000000001, 7, 2, 3, 1767225600123456, 20454, 'Europe/Berlin', 1, 2, 1767225600123457,"
                    + " 'https://producer.example/t\u00e4st', 'id-1', '{sql,java}'),"
                    + " (2, 'b', 0, false, 9223372036854775807, false, 0, NULL, 0, 2.5, 0, 0, NULL, NULL, 0, 0, 0, 0,"
                    + " 0, '', 0, 0, 1767225600000000, 's', 'id-2', '{}')");

            flyway(database, "latest").migrate();

            Map<CardKey, Card> cards =
                    new CardTable().find(connection, List.of(new CardKey(1, "a"), new CardKey(2, "b")));
            assertThat(cards.values())
                    .containsExactlyInAnyOrder(
                            new Card(new CardKey(1, "a"), REVIEWED, List.of("sql", "java")),
                            new Card(new CardKey(2, "b"), NEW_AGAIN, List.of()));
            try (ResultSet rows =
                    statement.executeQuery("SELECT count(*) FROM pg_class WHERE relname ~ 'card_before'")) {
                rows.next();
                assertThat(rows.getInt(1)).as("tables left over").isZero();
            }
        }
    }

    @Test
    void whoLearntByFsrs6GoesOnWithItAndFsrs7KnowsTheLog() throws SQLException {
        TestPlatform.Database database = platform.newDatabase();
        flyway(database, "1002").migrate();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO learner (sub, scheduler, desired_retention, zone, rollover_hour,"
                    + " again_delay_minutes, maximum_interval_days) VALUES ('ada', 'fsrs6', 0.9, 'UTC', 4, 10, 36500)");
            statement.execute("INSERT INTO entry (learner_id, event_key, answer_key, kind, at_us, received_us, source,"
                    + " event_id, item, ref, local_day, zone, grade, correct) SELECT id, gen_random_uuid(),"
                    + " gen_random_uuid(), 1, 1767607200000000, 1767607200000000, 's', 'e', 'a', 'answer', 20458, 'UTC',"
                    + " 4, true FROM learner");
            statement.execute(
                    "INSERT INTO card (" + OLD_COLUMNS + ") SELECT id, 'a', 2, false, 1768276800000000, false,"
                            + " 8, 1, 0.9, 2.6, 1, 1, 8.2956, 1.0, 1, 0, 4, 1767607200000000, 20458, 'UTC', 0, 0,"
                            + " 1767607200000000, 's', 'e', '{}' FROM learner");

            flyway(database, "latest").migrate();

            CardKey key = new CardKey(1, "a");
            CardState state =
                    new CardTable().find(connection, List.of(key)).get(key).state();
            assertThat(state.fsrs7()).isEqualTo(Fsrs7.DEFAULT.next(null, Grade.EASY, 0));
            assertThat(state.scheduledBy()).isEqualTo(Scheduler.FSRS6);
            assertThat(state.scheduledDays()).isEqualTo(8);
            try (ResultSet rows = statement.executeQuery("SELECT settings FROM learner")) {
                rows.next();
                assertThat(SettingsDetail.parse(rows.getString(1)).settings().scheduler())
                        .isEqualTo(Scheduler.FSRS6);
            }
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
