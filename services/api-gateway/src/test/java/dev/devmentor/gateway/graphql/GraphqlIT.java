package dev.devmentor.gateway.graphql;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import dev.devmentor.gateway.tools.FakeService;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BehindResource.class)
class GraphqlIT {
    Behind behind;

    @BeforeEach
    void reset() {
        behind.reset();
    }

    @Test
    void oneRequestReadsOverAllServicesAsItsCaller() {
        behind.auth().answers("/api/auth/me", """
                {"id": "ada", "email": "ada@example.org", "emailVerified": true, "name": "Ada", "roles": ["learner"],
                 "tier": "free", "createdAt": "2026-01-02T03:04:05Z", "state": "new to the gateway"}""");
        behind.auth().answers("/api/auth/sessions", """
                {"sessions": [{"id": "s-1", "client": "browser", "current": true}]}""");
        behind.auth().answers("/api/auth/teams", "{\"teams\": [{\"id\": \"t-1\", \"name\": \"Engines\"}]}");
        behind.learning().answers("/api/learning/progress/ada", """
                {"learner": "ada", "answers": 412, "correct": 361, "cards": 120, "dueNow": 14,
                 "byState": {"new": 6, "learning": 4}, "activeDays": 23, "answersToday": 31, "recentAccuracy": 0.876,
                 "xp": {"points": 412, "today": 64, "level": 3, "levelFrom": 300, "nextLevelFrom": 600}}""");
        behind.pbml().answers("/api/pbml/models", "{\"models\": [{\"name\": \"owner-state\", \"observations\": 7}]}");
        String token = behind.learner("ada");

        JsonPath answer = ask(token, """
                { me { id name createdAt sessions { id current } teams { name } }
                  progress { answers recentAccuracy xp { level } cardsByState { state cards } }
                  models { name observations } }""");

        assertThat(answer.getList("errors")).isNull();
        assertThat(answer.<Object>get("data"))
                .isEqualTo(Map.of(
                        "me",
                        Map.of(
                                "id", "ada",
                                "name", "Ada",
                                "createdAt", "2026-01-02T03:04:05Z",
                                "sessions", List.of(Map.of("id", "s-1", "current", true)),
                                "teams", List.of(Map.of("name", "Engines"))),
                        "progress",
                        Map.of(
                                "answers",
                                412,
                                "recentAccuracy",
                                0.876f,
                                "xp",
                                Map.of("level", 3),
                                "cardsByState",
                                List.of(Map.of("state", "learning", "cards", 4), Map.of("state", "new", "cards", 6))),
                        "models",
                        List.of(Map.of("name", "owner-state", "observations", 7))));
        assertThat(behind.auth().asked())
                .hasSize(3)
                .allMatch(asked -> ("Bearer " + token).equals(asked.authorization()));
        assertThat(behind.pbml().asked()).allMatch(asked -> ("Bearer " + token).equals(asked.authorization()));
    }

    @Test
    void aListOfThingsCostsOneReadOfWhatTheyLeadTo() {
        behind.learning().answers("/api/learning/reviews/due", due(100));
        behind.learning().answers("/api/learning/skills/ada", """
                {"learner": "ada", "total": 1, "skills": [{"skill": "sql.joins", "rating": 0.62, "level": "intermediate"}],
                 "next": null}""");
        behind.learning().answers("/api/learning/hints", """
                {"total": 1, "hints": [{"patternId": "confusion-1", "kind": "confusion", "title": "Two are mixed up",
                  "items": [{"item": "card-7"}, {"item": "card-8"}]}], "next": null}""");
        behind.pbml().answers("/api/pbml/patterns", """
                {"patterns": [{"id": "confusion-1", "support": 31}], "next": null}""");

        JsonPath answer = ask(behind.learner("ada"), """
                { dueReviews(limit: 100) { total items { item standings { skill level } hints { title pattern { support } } } } }""");

        assertThat(answer.getList("errors")).isNull();
        assertThat(answer.getList("data.dueReviews.items")).hasSize(100);
        assertThat(answer.<Object>get("data.dueReviews.items[7]"))
                .isEqualTo(Map.of(
                        "item", "card-7",
                        "standings", List.of(Map.of("skill", "sql.joins", "level", "intermediate")),
                        "hints", List.of(Map.of("title", "Two are mixed up", "pattern", Map.of("support", 31)))));
        assertThat(answer.<Object>get("data.dueReviews.items[9].hints")).isEqualTo(List.of());
        assertThat(behind.learning().counts())
                .isEqualTo(Map.of(
                        "/api/learning/reviews/due", 1L, "/api/learning/skills/ada", 1L, "/api/learning/hints", 1L));
        assertThat(behind.pbml().counts()).isEqualTo(Map.of("/api/pbml/patterns", 1L));
    }

    @Test
    void theSameReadIsMadeOnceHoweverManyFieldsWantIt() {
        behind.learning().answers("/api/learning/skills/ada", """
                {"total": 1, "skills": [{"skill": "sql.joins", "rating": 0.62}], "next": null}""");
        behind.learning().answers("/api/learning/progress/ada", """
                {"skills": [{"skill": "sql.joins", "cards": 2}, {"skill": "sql.views", "cards": 1}]}""");
        behind.learning().answers("/api/learning/recommend", """
                {"items": [{"item": "a", "skills": ["sql.joins"]}, {"item": "b", "skills": []}]}""");
        behind.pbml().answers("/api/pbml/patterns", """
                {"patterns": [{"id": "mistake-1", "skills": ["sql.joins"]}], "next": null}""");

        JsonPath answer = ask(behind.learner("ada"), """
                { a: skills(limit: 200) { items { rating } } b: skills(limit: 200) { total }
                  progress { skills { cards standing { rating } } }
                  recommendations(limit: 2) { items { item standings { skill } } }
                  patterns { items { standings { skill } } } }""");

        assertThat(answer.getList("errors")).isNull();
        assertThat(answer.<Float>get("data.progress.skills[0].standing.rating")).isEqualTo(0.62f);
        assertThat(answer.<Object>get("data.progress.skills[1].standing")).isNull();
        assertThat(answer.<String>get("data.recommendations.items[0].standings[0].skill"))
                .isEqualTo("sql.joins");
        assertThat(answer.<String>get("data.patterns.items[0].standings[0].skill"))
                .isEqualTo("sql.joins");
        assertThat(behind.learning().counts())
                .isEqualTo(Map.of(
                        "/api/learning/skills/ada", 1L,
                        "/api/learning/progress/ada", 1L,
                        "/api/learning/recommend", 1L));
        assertThat(behind.learning().asked().stream()
                        .filter(asked -> asked.method().equals("POST"))
                        .map(FakeService.Asked::body))
                .containsExactly("{\"limit\":2}");
    }

    @Test
    void aNewRequestReadsAnew() {
        behind.learning().answers("/api/learning/load", "{\"load\": 0.25}");
        assertThat(ask(behind.learner("ada"), "{ load { load } }").<Float>get("data.load.load"))
                .isEqualTo(0.25f);
        behind.learning().answers("/api/learning/load", "{\"load\": 0.5}");
        assertThat(ask(behind.learner("bob"), "{ load { load } }").<Float>get("data.load.load"))
                .isEqualTo(0.5f);
    }

    @Test
    void whatAServiceThatIsDownWouldSayIsNullAndTheRestStays() {
        behind.learning().answers("/api/learning/load", "{\"load\": 0.25}");
        behind.pbml().stop();

        JsonPath answer = ask(
                behind.learner("ada"), "{ load { load } models { name } predictions(kind: \"next-action\") { kind } }");

        assertThat(answer.<Object>get("data.load")).isEqualTo(Map.of("load", 0.25f));
        assertThat(answer.<Object>get("data.models")).isNull();
        assertThat(answer.<List<String>>get("errors.path.flatten()"))
                .containsExactlyInAnyOrder("models", "predictions");
        assertThat(answer.<String>get("errors[0].message")).isEqualTo("pbml-service: it cannot be reached");
        assertThat(answer.<Map<String, Object>>get("errors[0].extensions"))
                .containsEntry("problem", "unavailable")
                .containsEntry("service", "pbml-service")
                .containsEntry("status", 503);
    }

    @Test
    void whatAServiceRefusesIsSaidWithItsProblem() {
        behind.learning().answers("/api/learning/load", 403, """
                {"type": "https://devmentor.dev/problems/forbidden", "title": "Not allowed", "status": 403,
                 "detail": "this is for learners"}""");
        behind.pbml().answers("/api/pbml/models", 500, "<html>secret stack trace</html>");
        behind.pbml().answers("/api/pbml/performance", "{\"models\": 1");

        JsonPath answer = ask(behind.learner("ada"), "{ load { load } }");
        assertThat(answer.<String>get("errors[0].message")).isEqualTo("learning-service: this is for learners");
        assertThat(answer.<Map<String, Object>>get("errors[0].extensions"))
                .containsEntry("problem", "forbidden")
                .containsEntry("status", 403);

        answer = ask(behind.learner("ada"), "{ models { name } }");
        assertThat(answer.<String>get("errors[0].message")).isEqualTo("pbml-service: it answered 500");
        assertThat(answer.<String>get("errors[0].extensions.problem")).isEqualTo("bad-upstream-answer");

        answer = ask(behind.learner("ada"), "{ performance { observations } }");
        assertThat(answer.<String>get("errors[0].message")).isEqualTo("pbml-service: it gave no proper answer");
    }

    @Test
    void aSilentServiceCostsItsTimeOutAndNoMore() {
        behind.learning().answers("/api/learning/load", "{\"load\": 0.25}");
        CountDownLatch gate = new CountDownLatch(1);
        behind.pbml().answersLater("/api/pbml/models", "{}", gate);
        try {
            JsonPath answer = ask(behind.learner("ada"), "{ load { load } models { name } }");
            assertThat(answer.<Float>get("data.load.load")).isEqualTo(0.25f);
            assertThat(answer.<String>get("errors[0].extensions.problem")).isEqualTo("upstream-timeout");
        } finally {
            gate.countDown();
        }
    }

    @Test
    void anArgumentReachesNoOtherPath() {
        ask(
                behind.learner("ada"),
                "query($id: String) { path(id: $id) { id } }",
                Map.of("id", "../reviews/due?limit=1#x"));
        ask(behind.learner("ada"), "{ path(id: \"..\") { id } }");
        assertThat(behind.learning().asked().stream().map(FakeService.Asked::target))
                .containsExactly(
                        "/api/learning/paths/..%2Freviews%2Fdue%3Flimit%3D1%23x", "/api/learning/paths/%2E%2E");
    }

    @Test
    void whatIsTooMuchIsRefusedBeforeAnythingIsRead() {
        String deep = "{ hints { items { pattern { standings { bloom { level } } } } } }";
        assertThat(ask(behind.learner("ada"), deep).getList("errors.message"))
                .noneMatch(message -> message.toString().contains("deep"));
        behind.reset();
        Map<String, String> refused = Map.of(
                "{ dueReviews(limit: 200) { items { standings { skill rating answers right level trend bloom { level } } } } }",
                "the query costs 12411, and at most 5000 is allowed",
                "query($n: Int = 2000000000) { patterns(limit: $n) { items { report { generated } } } }",
                "the query costs 102000000011, and at most 5000 is allowed",
                "query { " + numbered(31, "a%d: load { load } ") + "}",
                "a document has at most 30 aliases",
                numbered(6, "query q%d { load { load } } "),
                "a document has at most 5 operations",
                "{ load { load } } # " + "x".repeat(10_000),
                "a query has at most 10000 characters",
                "{ ...a } fragment a on Query { load { load } ...a }",
                "a fragment holds itself",
                "{ hints { items { pattern { report { parts { key } evidence { id } lineage { step } } } } } ...d }"
                        + " fragment d on Query { load { load { load { load { load { load { load { load { load } } } } } } } } }",
                "fields are at most 8 deep");
        refused.forEach((query, reason) -> {
            JsonPath answer = ask(behind.learner("ada"), query);
            assertThat(answer.<String>get("errors[0].message")).as(query).startsWith(reason);
            assertThat(answer.<String>get("errors[0].extensions.problem")).isEqualTo("query-too-large");
        });
        assertThat(behind.learning().asked()).isEmpty();
        assertThat(behind.pbml().asked()).isEmpty();
    }

    /** Expanded, it would have 2^40 fields. */
    @Test
    void fragmentsInFragmentsAreCountedWithoutExpandingThem() {
        String bomb = "{ ...f0 } "
                + IntStream.range(0, 40)
                        .mapToObj(i -> "fragment f" + i + " on Query { ...f" + (i + 1) + " ...f" + (i + 1) + " } ")
                        .collect(Collectors.joining())
                + "fragment f40 on Query { load { load } }";
        JsonPath answer = ask(behind.learner("ada"), bomb);
        assertThat(answer.<String>get("errors[0].message")).startsWith("the query costs ");
        assertThat(behind.learning().asked()).isEmpty();
    }

    @Test
    void onlyWhoIsKnownMayAskAtAll() {
        for (String path :
                List.of("/api/graphql", "/api/graphql/schema.graphql", "/api/graphql?query=%7Bload%7Bload%7D%7D")) {
            given().get(path).then().statusCode(401);
        }
        given().contentType("application/json")
                .body(Map.of("query", "{ __schema { types { name } } }"))
                .post("/api/graphql")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer nonsense")
                .get("/api/graphql?query=%7Bload%7Bload%7D%7D")
                .then()
                .statusCode(401);
        assertThat(ask(behind.learner("ada"), "{ __schema { queryType { name } mutationType { name } } }")
                        .<Object>get("data.__schema.queryType.name"))
                .isEqualTo("Query");
    }

    @Test
    void thereIsNothingToChange() {
        assertThat(ask(behind.learner("ada"), "{ __schema { mutationType { name } subscriptionType { name } } }")
                        .<Map<String, Object>>get("data.__schema"))
                .containsEntry("mutationType", null)
                .containsEntry("subscriptionType", null);
    }

    @Test
    void aQueryMayComeByGet() {
        behind.learning().answers("/api/learning/load", "{\"load\": 0.25}");
        given().header("Authorization", "Bearer " + behind.learner("ada"))
                .queryParam("query", "{ load { load } }")
                .get("/api/graphql")
                .then()
                .statusCode(200)
                .body("data.load.load", org.hamcrest.Matchers.is(0.25f));
    }

    private static String due(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"item\": \"card-" + i + "\", \"overdueDays\": 1, \"skills\": [\"sql.joins\"]}")
                .collect(Collectors.joining(",", "{\"total\": " + count + ", \"items\": [", "], \"next\": null}"));
    }

    private static String numbered(int count, String text) {
        return IntStream.range(0, count).mapToObj(i -> text.formatted(i)).collect(Collectors.joining());
    }

    private JsonPath ask(String token, String query) {
        return ask(token, query, Map.of());
    }

    private JsonPath ask(String token, String query, Map<String, Object> variables) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(Map.of("query", query, "variables", variables))
                .post("/api/graphql")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
