package dev.devmentor.pbml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a person asks, they see nothing that belongs to another. */
@QuarkusTest
class IsolationIT extends HttpIT {
    private static final int QUERIES = Boolean.getBoolean("devmentor.long") ? 100_000 : 5_000;
    private static final long SEED = 20_261_129;
    private static final int PEOPLE = 8;
    private static final int ERRORS = 12;

    private final Random random = new Random(SEED);
    private final List<Person> people = new ArrayList<>();
    private final String team = fresh("team");

    /**
     * @param secret in all that they are the only one to have: titles, texts, repositories, ids of events
     */
    private final class Person {
        final String name = fresh("isolated");
        final String secret = "Secret" + name.substring(name.lastIndexOf('-') + 1) + "x";
        final List<String> ids = new ArrayList<>();
        /** The last of them belongs to nobody else's team. */
        final String[] teams = people.size() % 2 == 0 ? new String[] {team} : new String[] {team, "team" + secret};

        String text(int i) {
            return "com.acme." + secret + "Exception" + i + ": it failed\n\tat com.acme." + secret + ".call(" + secret
                    + ".java:7)\n\tat com.acme.E" + i + ".run(E.java:1)\n";
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void learnEverything() {
        for (int p = 0; p < PEOPLE; p++) {
            Person person = new Person();
            people.add(person);
            List<ObjectNode> errors = new ArrayList<>();
            for (int i = 0; i < ERRORS; i++) {
                errors.add(seen("o" + i + person.secret, "2026-03-01T10:%02d:00Z".formatted(i), person.text(i))
                        .put("repository", "acme/" + person.secret));
                // What everybody meets has the same id with everybody, and yet everybody has their own.
                errors.add(seen(
                        "c" + i + person.secret,
                        "2026-03-02T10:%02d:00Z".formatted(i),
                        trace("Common" + i, "Common" + i, i)));
            }
            for (JsonNode one : capture(person.name, errors.toArray(JsonNode[]::new))) {
                person.ids.add(one.get("pattern").get("id").textValue());
            }
            put(person.name, person.ids.get(1), "{\"title\":\"" + person.secret + " title\"}");
            if (person.teams.length > 1) {
                share(2, person.teams[1], "error-" + person.secret, person.secret + " of the team", 0.5, null);
                person.ids.add("error-" + person.secret);
            }
        }
    }

    @Test
    void randomQueriesNeverShowWhatIsAnothers() {
        learnEverything();
        Map<Integer, Integer> statuses = new HashMap<>();
        int ownSeen = 0;
        for (int i = 0; i < QUERIES; i++) {
            Person asking = people.get(random.nextInt(PEOPLE));
            // Half of what is asked is about somebody else.
            Person about = people.get(random.nextInt(PEOPLE));
            Response response = ask(as(asking.name, asking.teams), asking, about);
            statuses.merge(response.statusCode(), 1, Integer::sum);
            assertThat(response.statusCode()).as(response.asString()).isIn(200, 204, 400, 403, 404, 409);
            String shown = response.asString();
            ownSeen += shown.contains(asking.secret) ? 1 : 0;
            for (Person other : people) {
                if (other != asking) {
                    assertThat(shown).as("query %s of seed %s", i, SEED).doesNotContain(other.secret);
                }
            }
        }
        assertThat(statuses.get(200)).isGreaterThan(QUERIES / 4);
        assertThat(ownSeen).as("what is their own is shown").isGreaterThan(QUERIES / 10);
        assertThat(statuses.get(404)).isGreaterThan(QUERIES / 20);
        // Nobody's history has what another did with a pattern of the same id.
        for (Person person : people) {
            for (JsonNode pattern :
                    all(as(person.name), "scope=person&limit=200&state=candidate,active,stale,retired")) {
                JsonNode report = pattern(person.name, pattern.get("id").textValue());
                assertThat(report.get("evidence"))
                        .allSatisfy(event ->
                                assertThat(event.get("id").textValue()).matches(".*" + person.secret + "|o[0-9]"));
            }
        }
    }

    private Response ask(RequestSpecification request, Person asking, Person about) {
        String id = pick(about.ids);
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                request.get(PATTERNS + "/" + id + pick(List.of("", "?scope=person", "?scope=team", "?scope=everyone")));
            case 2, 3 ->
                request.get(PATTERNS + "?limit=" + (1 + random.nextInt(200)) + "&sort="
                        + pick(List.of("confidence", "recent", "support"))
                        + pick(List.of("", "&scope=person", "&scope=team", "&scope=everyone"))
                        + pick(List.of(
                                "",
                                "&text=" + about.secret.substring(0, 6),
                                "&kind=error,template",
                                "&state=retired")));
            case 4 -> request.get(PATTERNS + "?repository=acme/" + about.secret);
            case 5 -> request.get(PATTERNS + "?team=" + about.teams[about.teams.length - 1]);
            case 6, 7 ->
                request.body(JSON.createObjectNode()
                                .put("text", about.text(random.nextInt(ERRORS)))
                                .toString())
                        .post(PATTERNS + "/match");
            case 8 ->
                request.body(JSON.createObjectNode()
                                .put("text", "it failed with an exception " + random.nextInt(9))
                                .toString())
                        .post(PATTERNS + "/match");
            case 9 ->
                request.body("{\"pattern\":\"" + id + "\",\"helpful\":" + random.nextBoolean() + "}")
                        .post("/api/pbml/feedback");
            case 10 ->
                about == asking
                        ? request.get("/api/pbml/settings")
                        : request.body(pick(List.of(
                                        "{\"state\":\"retired\"}",
                                        "{\"state\":\"active\"}",
                                        "{\"merge\":[\"" + pick(asking.ids) + "\"]}",
                                        "{\"split\":[\"x\"]}")))
                                .put(PATTERNS + "/" + pick(about.ids.subList(0, 1)));
            default ->
                // Somebody else's id of an event is free for everybody.
                request.body(batch(seen(
                                "o" + random.nextInt(3),
                                "2026-03-03T10:00:00Z",
                                trace("Common" + random.nextInt(3), "Common", 1))))
                        .post(CAPTURE);
        };
    }
}
