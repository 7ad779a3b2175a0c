package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutageIT extends LearningIT {
    @Test
    void whileTheDatabaseIsAwayEventsWaitAndNoneIsLost() throws SQLException {
        String learner = newLearner("outage");
        awaitQuiet();
        double pauses = pauses();
        List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(toPartition(
                    i % PARTITIONS,
                    event(graded(learner, "i-" + i % 20, "a-" + i, "2026-03-01T10:00:%02dZ".formatted(i % 60), 3))));
        }
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            database(false);
            try {
                topics.sendAll(events);
                Conditions.await("consumption waits", () -> waits() && pauses() > pauses);
                assertThat(RestAssured.get("/health").statusCode()).isEqualTo(503);
                assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(503);
                assertThat(RestAssured.get("/q/health/live").statusCode())
                        .as("nobody may kill it for that")
                        .isEqualTo(200);
                Response refused = post(learner, "/api/learning/reviews", "{\"item\":\"x\",\"grade\":3}");
                problem(refused, 503, "unavailable");
                assertThat(refused.header("Retry-After")).isEqualTo("5");
                assertThat(json(refused.asString()).get("instance").textValue()).startsWith("urn:uuid:");
                problem(as(learner).get("/api/learning/reviews/due"), 503, "unavailable");
            } finally {
                database(true);
            }

            awaitQuiet();
            assertThat(entries(learner)).isEqualTo(300);
            assertThat(deadLetters.all()).isEmpty();
            Conditions.await("nothing waits any more", () -> !waits());
            Conditions.await(
                    "it is ready again", () -> RestAssured.get("/health").statusCode() == 200);
        }
        assertStateFollowsFromTheLog();
    }

    private static boolean waits() {
        JsonNode live = json(RestAssured.get("/q/health/live").asString());
        return live.get("checks").get(0).get("data").get("waiting").booleanValue();
    }

    /** Lets nobody into the service's database and throws out who is in it; or lets everybody in again. */
    private void database(boolean open) throws SQLException {
        try (Connection connection = platform.postgres().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + open);
            if (!open) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + database.name() + "'");
            }
        }
    }

    @Test
    void aTableThatSomebodyHasLockedIsWaitedFor() throws SQLException {
        String learner = newLearner("outage");
        awaitQuiet();
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS);
                Connection locker = platform.postgres().connect(database.name());
                Statement statement = locker.createStatement()) {
            String role = database.username();
            statement.execute("ALTER ROLE " + role + " SET lock_timeout = '50ms'");
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
            try {
                awaitQuiet();
                double pauses = pauses();
                locker.setAutoCommit(false);
                statement.execute("LOCK TABLE card IN ACCESS EXCLUSIVE MODE");
                topics.sendAll(List.of(event(graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3))));
                Conditions.await("consumption waits", () -> pauses() > pauses);
            } finally {
                locker.rollback();
                locker.setAutoCommit(true);
                statement.execute("ALTER ROLE " + role + " RESET lock_timeout");
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
            }

            awaitQuiet();
            assertThat(requireCard(learner, "i").state().answers()).isEqualTo(1);
            assertThat(deadLetters.all()).isEmpty();
        }
    }
}
