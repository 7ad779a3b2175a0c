package dev.devmentor.pbml.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CaptureIT extends HttpIT {
    private static final String AT = "2026-03-01T10:00:00Z";
    private static final String TEXT = trace("LostException", "Orders", 12);

    @Test
    void givesForEachErrorInOrderWhatBecameOfItAndItsPattern() {
        String person = fresh("capture");

        JsonNode captured = capture(
                person,
                seen("o-1", AT, TEXT).put("repository", "acme/shop"),
                seen("o-2", "2026-03-01T11:00:00Z", trace("LostException", "Basket", 3)),
                seen("o-3", "2026-03-02T10:00:00Z", trace("LostException", "Orders", 99)));

        assertThat(texts(captured, "observationId")).containsExactly("o-1", "o-2", "o-3");
        assertThat(texts(captured, "outcome")).containsExactly("added", "added", "added");
        JsonNode pattern = captured.get(0).get("pattern");
        assertThat(captured.get(2).get("pattern")).isEqualTo(pattern);
        assertThat(captured.get(1).get("pattern").get("id")).isNotEqualTo(pattern.get("id"));
        assertThat(pattern.get("kind").textValue()).isEqualTo("error");
        assertThat(pattern.get("scope").textValue()).isEqualTo("person");
        assertThat(pattern.has("scopeId")).isFalse();
        assertThat(pattern.get("title").textValue()).isEqualTo("com.acme.LostException: order <*> is lost");
        assertThat(pattern.get("support").intValue()).isEqualTo(2);
        assertThat(pattern.get("repository").textValue()).isEqualTo("acme/shop");
        assertThat(pattern.get("firstSeen").textValue()).isEqualTo(AT);
        assertThat(pattern.get("lastSeen").textValue()).isEqualTo("2026-03-02T10:00:00Z");
        assertThat(texts(list(person, "kind=error").get("patterns"), "id"))
                .as("a list shows it at once")
                .containsExactlyInAnyOrder(
                        pattern.get("id").textValue(),
                        captured.get(1).get("pattern").get("id").textValue());
    }

    @Test
    void repeatsDoNothingAndSaySo() {
        String person = fresh("capture");
        capture(person, seen("o-1", AT, TEXT));
        JsonNode before = capture(person, seen("o-1", AT, TEXT));

        JsonNode again = capture(person, seen("o-1", AT, TEXT), seen("o-1", "2026-03-01T11:00:00+01:00", TEXT));

        assertThat(texts(before, "outcome")).containsExactly("repeated");
        assertThat(texts(again, "outcome")).as("the same instant").containsExactly("repeated", "repeated");
        assertThat(again.get(0).get("pattern").get("support").intValue()).isEqualTo(1);
        assertThat(observations(person)).isEqualTo(1);
    }

    @Test
    void refusesSomethingElseUnderAnIdThatIsTakenAndRecordsNothing() {
        String person = fresh("capture");
        capture(person, seen("o-1", AT, TEXT));

        String detail = problem(
                as(person)
                        .body(batch(seen("o-2", AT, TEXT), seen("o-1", AT, "another")))
                        .post(CAPTURE),
                409,
                "conflicting-duplicate");

        assertThat(detail).contains("/observations/1", "o-1", "nothing of this request");
        assertThat(observations(person)).isEqualTo(1);
        // Somebody else's ids are their own.
        assertThat(texts(capture(fresh("other"), seen("o-1", AT, "another")), "outcome"))
                .containsExactly("added");
    }

    @Test
    void refusesWhatTheEventWouldBeRefusedForAndSaysWhere() {
        String person = fresh("capture");
        Map<String, ObjectNode> bad = new LinkedHashMap<>();
        bad.put("/observations/1/text: required", seen("o", AT, "x").without("text"));
        bad.put("/observations/1/observationId: required", seen("o", AT, "x").without("observationId"));
        bad.put("/observations/1/observedAt: ", seen("o", "yesterday", "x"));
        bad.put("/observations/1/origin: ", seen("o", AT, "x").put("origin", "desk"));
        bad.put("/observations/1/text: ", seen("o", AT, "x".repeat(65_537)));
        bad.put("/observations/1/repository: ", seen("o", AT, "x").put("repository", "https://git@example.org/a"));
        bad.put("/observations/1/commit: ", seen("o", AT, "x").put("commit", "HEAD"));
        ObjectNode files = gone("o", AT, "x", "a");
        files.withArray("changedFiles").addNull();
        bad.put("/observations/1/changedFiles/1: ", files);
        bad.put("/observations/1/text:  ", seen("o", AT, "a\0b"));
        bad.forEach((where, observation) -> {
            String detail = problem(
                    as(person).body(batch(seen("good", AT, "x"), observation)).post(CAPTURE), 400, "invalid-request");
            assertThat(detail).startsWith(where.strip());
        });
        for (String body : new String[] {
            "",
            "{}",
            "{\"observations\":[]}",
            "{\"observations\":[null]}",
            "{\"observations\":[{\"learner\":\"somebody\"}]}",
            batch(seen("o", AT, "x").put("extra", 1)),
            batch(seen("o", AT, "x").put("exitCode", "1")),
            batch(seen("o", AT, "x")).replace("]}", "],\"more\":1}"),
        }) {
            problem(as(person).body(body).post(CAPTURE), 400, "invalid-request");
        }
        assertThat(observations(person)).isZero();
    }

    @Test
    void takesTheWorkOfOnesOwnTeamsOnly() {
        String person = fresh("capture");
        ObjectNode forTeam = seen("o-1", AT, TEXT).put("team", "checkout");

        assertThat(problem(as(person, "search").body(batch(forTeam)).post(CAPTURE), 403, "forbidden"))
                .isEqualTo("/observations/0/team: you don't belong to this team");
        assertThat(observations(person)).isZero();
        ok(as(person, "search", "checkout").body(batch(forTeam)).post(CAPTURE));
        assertThat(observations(person)).isEqualTo(1);
    }

    @Test
    void refusesWhatLiesFurtherAheadThanClocksDiffer() {
        String person = fresh("capture");
        Instant now = clock.instant();

        String detail = problem(
                as(person)
                        .body(batch(seen("o-1", now.plus(Duration.ofMinutes(6)).toString(), TEXT)))
                        .post(CAPTURE),
                400,
                "invalid-request");

        assertThat(detail).isEqualTo("/observations/0/observedAt: more than 5 minutes ahead");
        capture(person, seen("o-1", now.plus(Duration.ofMinutes(4)).toString(), TEXT));
    }

    @Test
    void takesTwoHundredErrorsWithTheirTracesAndNoMore() {
        String person = fresh("capture");
        ObjectNode[] most = new ObjectNode[200];
        for (int i = 0; i < most.length; i++) {
            most[i] = seen("o-" + i, AT, TEXT + "x".repeat(10_000));
        }
        assertThat(capture(person, most)).hasSize(200);

        ObjectNode[] tooMany = new ObjectNode[201];
        for (int i = 0; i < tooMany.length; i++) {
            tooMany[i] = seen("p-" + i, AT, "x");
        }
        problem(as(person).body(batch(tooMany)).post(CAPTURE), 413, "too-large");
        assertThat(observations(person)).isEqualTo(200);
    }

    @Test
    void learnsWhatEndedAnError() {
        String person = fresh("capture");

        JsonNode captured = capture(
                person,
                seen("o-1", AT, TEXT),
                gone("o-2", "2026-03-01T11:00:00Z", TEXT, "src/Orders.java").put("commit", "1f2e3d4"));

        JsonNode fix = captured.get(1).get("pattern").get("fixes").get(0);
        assertThat(fix.get("changedFiles").toString()).isEqualTo("[\"src/Orders.java\"]");
        assertThat(fix.get("at").textValue()).isEqualTo("2026-03-01T11:00:00Z");
        assertThat(fix.get("commit").textValue()).isEqualTo("1f2e3d4");
        assertThat(fix.get("times").intValue()).isEqualTo(1);
        assertThat(fix.get("probability").doubleValue()).isBetween(0.7, 0.8);
    }

    @Test
    void anErasedPersonHasNoLogAnyMore() {
        String person = fresh("capture");
        capture(person, seen("o-1", AT, TEXT));
        sendAndAwait(event(
                EventTypes.USER_ERASED,
                "erase-" + person,
                new UserErased(person, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));

        problem(as(person).body(batch(seen("o-2", AT, TEXT))).post(CAPTURE), 404, "not-found");
        assertThat(list(person, "scope=person").get("patterns")).isEmpty();
        problem(
                as(person)
                        .body("{\"shareWithTeams\":true,\"shareWithEveryone\":true}")
                        .put("/api/pbml/settings"),
                404,
                "not-found");
    }
}
