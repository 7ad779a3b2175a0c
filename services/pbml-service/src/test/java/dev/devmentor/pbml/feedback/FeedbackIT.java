package dev.devmentor.pbml.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FeedbackIT extends HttpIT {
    private static final String FEEDBACK = "/api/pbml/feedback";

    private static String body(String pattern, boolean helpful) {
        return "{\"pattern\":\"" + pattern + "\",\"helpful\":" + helpful + "}";
    }

    @Test
    void movesTheConfidenceOfAPatternAndStandsInItsHistory() {
        String person = fresh("feedback");
        JsonNode pattern = learn(person, "a", 1, trace("Lost", "Orders", 1));
        String id = pattern.get("id").textValue();

        JsonNode up = ok(as(person).body(body(id, true)).post(FEEDBACK));
        JsonNode down = ok(as(person).body(body(id, false)).post(FEEDBACK));

        assertThat(up.get("pattern").textValue()).isEqualTo(id);
        assertThat(up.get("scope").textValue()).isEqualTo("person");
        assertThat(up.get("confidence").doubleValue())
                .isGreaterThan(pattern.get("confidence").doubleValue());
        assertThat(down.get("confidence").doubleValue())
                .isLessThan(up.get("confidence").doubleValue());
        JsonNode report = pattern(person, id);
        assertThat(report.get("confidence")).isEqualTo(down.get("confidence"));
        assertThat(report.get("history"))
                .extracting(act ->
                        act.get("what").textValue() + " " + act.get("helpful").booleanValue())
                .containsExactly("feedback false", "feedback true");
    }

    @Test
    void theSameKeyCountsOnce() {
        String person = fresh("feedback");
        String id = learn(person, "a", 1, trace("Lost", "Orders", 1)).get("id").textValue();

        JsonNode first = ok(
                as(person).header("Idempotency-Key", "k").body(body(id, true)).post(FEEDBACK));
        JsonNode again = ok(
                as(person).header("Idempotency-Key", "k").body(body(id, true)).post(FEEDBACK));

        assertThat(again).isEqualTo(first);
        assertThat(observations(person)).isEqualTo(2);
        problem(
                as(person).header("Idempotency-Key", "k").body(body(id, false)).post(FEEDBACK),
                409,
                "conflicting-duplicate");
    }

    @Test
    void whatIsOnlySharedIsJudgedToo() {
        String person = fresh("feedback");
        String team = fresh("team");
        share(2, team, "error-" + team, "shared", 0.5, null);

        JsonNode judged = ok(as(person, team).body(body("error-" + team, true)).post(FEEDBACK));

        assertThat(judged.get("scope").textValue()).isEqualTo("team");
        assertThat(judged.get("scopeId").textValue()).isEqualTo(team);
        assertThat(judged.get("confidence").doubleValue()).isEqualTo(0.5);
        assertThat(log(person)).hasSize(1);
        assertThat(log(person).getFirst()).contains("{\"pattern\":\"error-" + team + "\",\"helped\":true}");
    }

    @Test
    void nobodyJudgesWhatTheyDoNotSee() {
        String person = fresh("feedback");
        String team = fresh("team");
        share(2, team, "error-" + team, "shared", 0.5, null);
        String theirs = learn(fresh("else"), "a", 1, trace("Theirs", "Theirs", 1))
                .get("id")
                .textValue();

        for (String id : List.of(theirs, "error-" + team, "error-unknown", "", "x".repeat(65))) {
            problem(as(person).body(body(id, true)).post(FEEDBACK), 404, "not-found");
        }
        for (String body : List.of(
                "",
                "{}",
                "{\"pattern\":\"x\"}",
                "{\"pattern\":\"x\",\"helpful\":\"yes\"}",
                "{\"pattern\":\"x\",\"helpful\":true,\"stars\":5}",
                "{\"pattern\":\"x\",\"helpful\":true,\"scope\":\"all\"}")) {
            problem(as(person).body(body).post(FEEDBACK), 400, "invalid-request");
        }
        assertThat(observations(person)).isZero();
    }
}
