package dev.devmentor.pbml.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.model.Days;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PerformanceIT extends HttpIT {
    private static final String PERFORMANCE = "/api/pbml/performance";

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    @Test
    void everyModelIsJudgedByWhatCameNext() {
        String person = fresh("performance");
        sendAndAwait(Days.of(person, 41, 500));
        // Days of January, seen from the end of February.
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-02-20T12:00:00Z")));

        JsonNode all = ok(as(person).get(PERFORMANCE + "?days=60"));
        JsonNode one = ok(as(person).get(PERFORMANCE + "?model=next-action&days=60"));
        JsonNode none = ok(as(person).get(PERFORMANCE + "?model=next-action&days=1"));

        assertThat(all.get("scope").textValue()).isEqualTo("person");
        assertThat(all.get("observations").longValue()).isEqualTo(500);
        assertThat(texts(all.get("models"), "name"))
                .containsExactly("next-action", "related-files", "likely-error", "likely-fix");
        for (JsonNode model : all.get("models")) {
            JsonNode recent = model.get("recent");
            assertThat(recent.get("predictions").longValue())
                    .as(model.toString())
                    .isPositive();
            assertThat(recent.get("hitRate").doubleValue()).isBetween(0.0, 1.0);
            assertThat(recent.get("logLoss").doubleValue()).isPositive();
            assertThat(recent.get("brier").doubleValue()).isBetween(0.0, 1.0);
            assertThat(recent.get("calibrationError").doubleValue()).isBetween(0.0, 1.0);
            long ofDays = 0;
            for (JsonNode day : model.get("days")) {
                ofDays += day.get("score").get("predictions").longValue();
            }
            assertThat(ofDays)
                    .as("all of them lie within 60 days")
                    .isEqualTo(recent.get("predictions").longValue());
            assertThat(model.get("occasions").longValue())
                    .isGreaterThanOrEqualTo(recent.get("predictions").longValue());
        }
        assertThat(one.get("models")).hasSize(1);
        assertThat(one.get("models").get(0)).isEqualTo(all.get("models").get(0));
        assertThat(none.get("models").get(0).get("days")).isEmpty();
        assertThat(none.get("models").get(0).get("recent"))
                .isEqualTo(one.get("models").get(0).get("recent"));
    }

    @Test
    void whoIsNotKnownHasNoScores() {
        JsonNode nothing = ok(as(fresh("stranger")).get(PERFORMANCE));

        assertThat(nothing.get("observations").longValue()).isZero();
        assertThat(nothing.get("models").get(0).get("recent").toString()).isEqualTo("{\"predictions\":0}");
    }

    @Test
    void refusesOtherModelsAndDays() {
        String person = fresh("bad");
        problem(as(person).get(PERFORMANCE + "?model=weather"), 400, "invalid-request");
        problem(as(person).get(PERFORMANCE + "?days=0"), 400, "invalid-request");
        problem(as(person).get(PERFORMANCE + "?days=61"), 400, "invalid-request");
        problem(as(person).get(PERFORMANCE + "?days=x"), 400, "invalid-request");
    }

    @Test
    void modelsSayHowMuchTheyKnowAndWhatTheyMayKnow() {
        String person = fresh("models");
        String team = fresh("team");
        sendAndAwait(Days.of(person, 42, 400));
        share(2, team, "error-" + fresh("t"), "lost <*>", 0.9, null);

        JsonNode models = ok(as(person, team).get("/api/pbml/models")).get("models");

        assertThat(models).hasSize(3);
        JsonNode own = models.get(0);
        assertThat(own.get("name").textValue()).isEqualTo("owner-state");
        assertThat(own.get("observations").longValue()).isEqualTo(400);
        assertThat(own.get("size").get("patterns").longValue())
                .isEqualTo(number(
                        "SELECT count(*) FROM pattern p JOIN owner w ON w.id = p.owner_id WHERE w.name = ?", person));
        assertThat(own.get("size").get("repositories").intValue()).isEqualTo(1);
        assertThat(own.get("size").get("files").intValue()).isEqualTo(8);
        assertThat(own.get("limits").get("patterns").intValue()).isEqualTo(5_000);
        assertThat(own.get("saved").get("bytes").intValue()).isEqualTo((int)
                number("SELECT m.bytes FROM model m JOIN owner w ON w.id = m.owner_id WHERE w.name = ?", person));
        assertThat(models.get(1).get("scope").textValue()).isEqualTo("team");
        assertThat(models.get(1).get("team").textValue()).isEqualTo(team);
        assertThat(models.get(1).get("patterns").longValue()).isEqualTo(1);
        assertThat(models.get(2).get("scope").textValue()).isEqualTo("everyone");
        assertThat(ok(as(fresh("stranger")).get("/api/pbml/models")).get("models"))
                .hasSize(2);
    }
}
