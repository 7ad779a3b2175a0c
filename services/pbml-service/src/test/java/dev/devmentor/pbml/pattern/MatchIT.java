package dev.devmentor.pbml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MatchIT extends HttpIT {
    private JsonNode match(String person, String text, String... teams) {
        return ok(as(person, teams)
                        .body(JSON.createObjectNode().put("text", text).toString())
                        .post(PATTERNS + "/match"))
                .get("matches");
    }

    @Test
    void aTextIsKnownByItsFingerprintWithWhatEndedIt() {
        String person = fresh("match");
        String text = trace("Lost", "Orders", 1);
        JsonNode pattern = learn(person, "a", 1, text);
        capture(person, gone("b", "2026-03-02T10:00:00Z", text, "src/Orders.java"));
        long entries = observations(person);

        JsonNode matches = match(person, trace("Lost", "Orders", 4_711));

        assertThat(matches).hasSize(1);
        assertThat(matches.get(0).get("how").textValue()).isEqualTo("exact");
        assertThat(matches.get(0).get("similarity").doubleValue()).isEqualTo(1);
        assertThat(matches.get(0).get("pattern").get("id")).isEqualTo(pattern.get("id"));
        assertThat(matches.get(0).get("pattern").get("scope").textValue()).isEqualTo("person");
        assertThat(matches.get(0).get("fixes").get(0).get("changedFiles").toString())
                .isEqualTo("[\"src/Orders.java\"]");
        assertThat(observations(person)).as("nothing is learned").isEqualTo(entries);
        assertThat(pattern(person, pattern.get("id").textValue()).get("support").intValue())
                .isEqualTo(1);
    }

    @Test
    void theInnermostFramesAreEnoughWhereTheOuterOnesChanged() {
        String person = fresh("match");
        String inner = "com.acme.Lost: gone\n\tat com.acme.A.a(A.java:1)\n\tat com.acme.B.b(B.java:2)\n";
        JsonNode pattern = learn(person, "a", 1, inner + "\tat com.acme.C.c(C.java:3)\n");

        JsonNode matches = match(person, inner + "\tat com.acme.D.d(D.java:4)\n");

        assertThat(texts(matches, "how")).containsExactly("loose");
        assertThat(matches.get(0).get("pattern").get("id")).isEqualTo(pattern.get("id"));
    }

    @Test
    void whatTeamsAndEveryoneKnowComesAfterOnesOwnAndOtherTeamsNot() {
        String person = fresh("match");
        String team = fresh("team");
        String other = fresh("team");
        String text = trace("Lost", fresh("Orders").replace("-", ""), 1);
        JsonNode own = learn(person, "a", 1, text);
        String key = pattern(person, own.get("id").textValue())
                .get("parts")
                .get(0)
                .get("key")
                .textValue();
        share(2, team, "error-" + team, "of the team", 0.6, key);
        share(2, other, "error-" + other, "of another team", 0.6, key);
        share(3, "", "error-e-" + team, "of everyone", 0.6, key);

        JsonNode matches = match(person, text, team);

        assertThat(matches)
                .extracting(match -> match.get("pattern").get("scope").textValue())
                .containsExactly("person", "team", "everyone");
        assertThat(matches.get(1).get("pattern").get("scopeId").textValue()).isEqualTo(team);
        assertThat(matches.get(1).get("fixes").get(0).get("changedFiles").toString())
                .isEqualTo("[\"src/Shared.java\"]");
        assertThat(texts(match(fresh("new"), text, team), "how")).containsExactly("exact", "exact");
        assertThat(match(fresh("new"), text))
                .extracting(match -> match.get("pattern").get("title").textValue())
                .containsExactly("of everyone");
        execute("DELETE FROM shared_pattern WHERE pattern_id = 'error-e-" + team + "'");
        execute("DELETE FROM shared_member WHERE pattern_id = 'error-e-" + team + "'");
    }

    @Test
    void onlyWhereNobodyKnowsItSimilarTitlesAreFound() {
        String person = fresh("match");
        JsonNode bind = learn(person, "a", 1, "java.net.BindException: Address already in use");
        learn(person, "b", 2, "fatal: not a git repository (or any of the parent directories): .git");

        JsonNode matches = match(person, "OSError: [Errno 98] Address already in use");

        assertThat(matches).hasSize(1);
        assertThat(matches.get(0).get("how").textValue()).isEqualTo("similar");
        assertThat(matches.get(0).get("similarity").doubleValue()).isBetween(MatchText.SIMILAR, 0.99);
        assertThat(matches.get(0).get("pattern").get("id")).isEqualTo(bind.get("id"));
        assertThat(match(person, "npm ERR! code ERESOLVE")).isEmpty();
        assertThat(match(fresh("else"), "OSError: [Errno 98] Address already in use"))
                .as("titles of others are not compared")
                .isEmpty();
        as(person).delete(PATTERNS + "/" + bind.get("id").textValue());
        assertThat(match(person, "OSError: [Errno 98] Address already in use"))
                .as("what was put away is not similar to anything")
                .isEmpty();
    }

    @Test
    void refusesNoTextAndTooMuchOfIt() {
        String person = fresh("match");
        for (String body : List.of(
                "",
                "{}",
                "{\"text\":\"\"}",
                "{\"text\":7}",
                "{\"text\":\"a\",\"more\":1}",
                "{\"text\":\"a\",\"repository\":\"\"}")) {
            problem(as(person).body(body).post(PATTERNS + "/match"), 400, "invalid-request");
        }
        assertThat(match(person, "x".repeat(65_536))).isEmpty();
        problem(
                as(person)
                        .body(JSON.createObjectNode()
                                .put("text", "x".repeat(65_537))
                                .toString())
                        .post(PATTERNS + "/match"),
                413,
                "too-large");
    }
}
