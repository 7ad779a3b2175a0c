package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestTopics;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class WhenQuizAnsweredIT {
    @Inject
    AgroalDataSource dataSource;

    TestTopics topics;

    @Test
    void aProducersAnswerGivesItsCardADueDate() {
        QuizAnswered answer = QuizAnswered.of("a-1", "ada", "sql-joins-1", Instant.parse("2026-03-01T10:00:00Z"), true);
        Envelope envelope = Envelope.of(EventTypes.QUIZ_ANSWERED, "/test", "e-1", Instant.now());
        Map<String, String> headers = new HashMap<>();
        EventEncoder.binaryHeaders(envelope).forEach((k, v) -> headers.put(k, new String(v, StandardCharsets.UTF_8)));
        topics.send("quiz.answered", "ada", EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer), headers);
        Conditions.await(
                "card of ada",
                () -> count("SELECT count(*) FROM card JOIN learner ON learner_id = id WHERE sub = 'ada'") == 1);
        assertThat(count("SELECT due_us FROM card JOIN learner ON learner_id = id WHERE sub = 'ada'"))
                .isEqualTo(Instant.parse("2026-03-06T04:00:00Z").getEpochSecond() * 1_000_000);
        assertThat(topics.awaitRecord(
                        "review.scheduled", record -> new String(record.key(), StandardCharsets.UTF_8).equals("ada")))
                .isNotNull();
    }

    long count(String sql) throws RuntimeException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
