package dev.devmentor.pbml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and single patterns. */
@QuarkusTest
class PatternsIT extends HttpIT {
    private static String id(JsonNode pattern) {
        return pattern.get("id").textValue();
    }

    private static List<String> ids(JsonNode page) {
        return texts(page.get("patterns"), "id");
    }

    @Test
    void somebodyOfWhomNothingIsKnownHasAnEmptyList() {
        JsonNode page = list(fresh("nobody"), "scope=person");

        assertThat(page.get("patterns")).isEmpty();
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void ordersByConfidenceOrLatestOrSupport() {
        String person = fresh("order");
        String often = id(learn(person, "a1", 1, trace("A", "Often", 1)));
        String once = id(learn(person, "b1", 20, trace("B", "Once", 1)));
        for (int i = 2; i <= 6; i++) {
            learn(person, "a" + i, i, trace("A", "Often", i));
        }

        assertThat(ids(list(person, "scope=person&sort=confidence"))).containsExactly(often, once);
        assertThat(ids(list(person, "scope=person&sort=support"))).containsExactly(often, once);
        assertThat(ids(list(person, "scope=person&sort=recent"))).containsExactly(once, often);
    }

    @Test
    void filtersByEachParameter() {
        String person = fresh("filter");
        String shop = id(capture(
                        person,
                        seen("s", "2026-03-01T10:00:00Z", trace("Refused", "Shop", 1))
                                .put("repository", "acme/shop"))
                .get(0)
                .get("pattern"));
        String other = id(learn(person, "o", 9, trace("Timeout", "Other", 1)));
        for (int i = 0; i < 8; i++) {
            learn(person, "o" + i, 10 + i, trace("Timeout", "Other", i));
        }
        String mine = "scope=person&";

        assertThat(ids(list(person, mine + "repository=acme/shop"))).containsExactly(shop);
        assertThat(ids(list(person, mine + "repository=acme"))).isEmpty();
        assertThat(ids(list(person, mine + "text=REFUSED"))).containsExactly(shop);
        assertThat(ids(list(person, mine + "text=%25"))).as("no wildcards").isEmpty();
        assertThat(ids(list(person, mine + "since=2026-03-09T00:00:00Z"))).containsExactly(other);
        assertThat(ids(list(person, mine + "until=2026-03-09T00:00:00Z"))).containsExactly(shop);
        assertThat(ids(list(person, mine + "since=2026-03-01T10:00:00Z&until=2026-03-01T10:00:00.000001Z")))
                .as("since belongs to it, until does not")
                .containsExactly(shop);
        assertThat(ids(list(person, mine + "minConfidence=0.5"))).containsExactly(other);
        assertThat(ids(list(person, mine + "kind=error,template"))).containsExactly(other, shop);
        assertThat(ids(list(person, mine + "kind=sequence"))).isEmpty();
        assertThat(ids(list(person, mine + "state=candidate"))).containsExactly(shop);
        assertThat(ids(list(person, mine + "state=active"))).containsExactly(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=x",
                "kind=errors",
                "state=new",
                "minConfidence=1.1",
                "minConfidence=NaN",
                "since=yesterday",
                "until=2026-03-01",
                "scope=all",
                "sort=title",
                "cursor=x",
                "cursor=MDox",
                "scope=person&team=t",
            })
    void refusesAQueryThatCantBeRead(String query) {
        String person = fresh("bad");
        problem(as(person, "t").get(PATTERNS + "?" + query), 400, "invalid-request");
        problem(as(person).get(PATTERNS + "?text=" + "x".repeat(201)), 400, "invalid-request");
    }

    @Test
    void refusesTheCursorOfAListOfAnotherOrder() {
        String person = fresh("cursor");
        learn(person, "a", 1, trace("A", "A", 1));
        learn(person, "b", 2, trace("B", "B", 1));
        String next = list(person, "scope=person&limit=1").get("next").textValue();

        assertThat(ids(list(person, "scope=person&limit=1&cursor=" + next))).hasSize(1);
        problem(as(person).get(PATTERNS + "?sort=recent&cursor=" + next), 400, "invalid-request");
    }

    @Test
    void showsWhatTeamsAndEveryoneShareOncePerScopeAndOthersTeamsNot() {
        String person = fresh("scopes");
        String mine = fresh("team");
        String theirs = fresh("team");
        JsonNode own = learn(person, "a", 1, trace("A", fresh("Service"), 1));
        String id = id(own);
        share(2, mine, id, "of my team", 0.6, null);
        share(2, theirs, "error-" + theirs, "of their team", 0.9, null);
        share(3, "", id, "of everyone", 0.7, null);

        JsonNode page = ok(as(person, mine).get(PATTERNS + "?limit=200"));
        List<JsonNode> ofThis = new ArrayList<>();
        page.get("patterns").forEach(pattern -> {
            assertThat(pattern.path("scopeId").asText(mine)).isEqualTo(mine);
            if (id(pattern).equals(id)) {
                ofThis.add(pattern);
            }
        });
        assertThat(ofThis)
                .extracting(pattern -> pattern.get("scope").textValue())
                .containsExactly("everyone", "team", "person");
        assertThat(ofThis.get(1).get("scopeId").textValue()).isEqualTo(mine);
        assertThat(ofThis.get(1).get("people").intValue()).isEqualTo(3);
        assertThat(ofThis.get(2).has("people")).isFalse();
        assertThat(texts(ok(as(person, mine).get(PATTERNS + "?scope=team")).get("patterns"), "title"))
                .containsExactly("of my team");
        assertThat(texts(ok(as(person, mine).get(PATTERNS + "?team=" + mine)).get("patterns"), "title"))
                .containsExactly("of my team");
        assertThat(ok(as(person).get(PATTERNS + "?scope=team")).get("patterns")).isEmpty();
        problem(as(person, mine).get(PATTERNS + "?team=" + theirs), 403, "forbidden");
        problem(as(person, mine).get(PATTERNS + "/error-" + theirs), 404, "not-found");

        assertThat(ok(as(person, mine).get(PATTERNS + "/" + id)).get("scope").textValue())
                .isEqualTo("person");
        JsonNode shared = ok(as(person, mine).get(PATTERNS + "/" + id + "?scope=team"));
        assertThat(shared.get("title").textValue()).isEqualTo("of my team");
        assertThat(shared.get("evidence")).isEmpty();
        assertThat(shared.get("epoch").intValue()).isEqualTo(7);
        assertThat(shared.get("version").intValue()).isEqualTo(2);
        assertThat(ok(as(fresh("other")).get(PATTERNS + "/" + id)).get("title").textValue())
                .isEqualTo("of everyone");
        problem(as(fresh("other")).get(PATTERNS + "/" + id + "?scope=person"), 404, "not-found");
        execute("DELETE FROM shared_pattern WHERE pattern_id = '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confidence", "recent", "support"})
    void whatDoesNotChangeIsListedExactlyOnceWhileOthersDo(String sort) {
        String person = fresh("paging");
        String team = fresh("team");
        Random random = new Random(7);
        Set<String> still = new HashSet<>();
        List<String> moving = new ArrayList<>();
        List<JsonNode> first = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (int n = 0; n <= i % 3; n++) {
                first.add(
                        seen("o" + i + "-" + n, "2026-03-%02dT10:00:00Z".formatted(1 + n), trace("E" + i, "S" + i, n)));
            }
        }
        Collections.shuffle(first, random);
        JsonNode captured = capture(person, first.toArray(JsonNode[]::new));
        captured.forEach(one -> still.add("person " + id(one.get("pattern"))));
        for (int i = 0; i < 60; i++) {
            share(2, team, "error-" + i + team, "shared " + i, i % 5 / 10.0, null);
            still.add("team error-" + i + team);
        }
        moving.addAll(still.stream()
                .filter(pattern -> pattern.startsWith("person "))
                .sorted()
                .limit(20)
                .toList());
        moving.forEach(still::remove);

        List<String> listed = new ArrayList<>();
        String cursor = "";
        int step = 0;
        do {
            JsonNode page = ok(as(person, team).get(PATTERNS + "?limit=7&sort=" + sort + cursor));
            page.get("patterns").forEach(pattern -> {
                if (!pattern.get("scope").textValue().equals("everyone")) {
                    listed.add(pattern.get("scope").textValue() + " " + id(pattern));
                }
            });
            cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").textValue() : "";
            // Others are given a new rank, and new ones come.
            execute(
                    "UPDATE pattern SET lower = random(), last_us = last_us + (random() * 1e9)::bigint, support = 1 + random() * 9"
                            + " WHERE pattern_id = '"
                            + moving.get(step % moving.size()).substring("person ".length()) + "'");
            share(2, team, "error-new-" + step + team, "new", random.nextDouble(), null);
            step++;
        } while (!cursor.isEmpty());

        // Others verify that rows follow from models.
        for (String table : List.of("observation", "fold", "model", "pattern", "announcement", "touched")) {
            execute("DELETE FROM " + table + " WHERE owner_id = (SELECT id FROM owner WHERE name = '" + person + "')");
        }
        execute("DELETE FROM owner WHERE name = '" + person + "'");

        List<String> unmoved = listed.stream().filter(still::contains).toList();
        assertThat(unmoved).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(still);
    }

    @Test
    void pagesGiveTheSameAsOneListWhatEverTheirSize() {
        String person = fresh("pages");
        String team = fresh("team");
        List<JsonNode> observations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            observations.add(seen("o" + i, "2026-03-01T10:00:00Z", trace("E" + i, "S" + i, 1)));
        }
        JsonNode captured = capture(person, observations.toArray(JsonNode[]::new));
        for (int i = 0; i < 40; i++) {
            // The same ids with the same confidence: only the scope tells them apart.
            JsonNode pattern = captured.get(i).get("pattern");
            share(2, team, id(pattern), "shared", pattern.get("confidence").doubleValue(), null);
        }
        for (String sort : List.of("confidence", "recent", "support")) {
            for (String scopes : List.of("scope=person", "team=" + team)) {
                List<JsonNode> whole = all(as(person, team), scopes + "&kind=error&limit=200&sort=" + sort);
                assertThat(whole).hasSize(40);
                for (int limit : new int[] {1, 3, 39, 40, 41}) {
                    assertThat(all(as(person, team), scopes + "&kind=error&limit=" + limit + "&sort=" + sort))
                            .isEqualTo(whole);
                }
            }
        }
        List<JsonNode> both = all(as(person, team), "kind=error&limit=1&minConfidence=0");
        both.removeIf(pattern -> pattern.get("scope").textValue().equals("everyone"));
        assertThat(both).hasSize(80).doesNotHaveDuplicates();
        assertThat(both)
                .extracting(pattern -> id(pattern) + pattern.get("scope").textValue())
                .isEqualTo(all(as(person, team), "kind=error&limit=200").stream()
                        .filter(pattern -> !pattern.get("scope").textValue().equals("everyone"))
                        .map(pattern -> id(pattern) + pattern.get("scope").textValue())
                        .toList());
    }

    @Test
    void aPatternNamesTheEventsOfTheLogThatItRestsOn() {
        String person = fresh("evidence");
        String text = trace("Lost", "Orders", 1);
        learn(person, "o-1", 1, text);
        learn(person, "o-2", 2, text);
        String id = id(capture(person, gone("o-3", "2026-03-03T10:00:00Z", text, "src/Orders.java"))
                .get(0)
                .get("pattern"));

        JsonNode report = pattern(person, id);

        assertThat(report.get("evidence").toString())
                .isEqualTo(
                        "[{\"source\":\"/devmentor/pbml-service/capture\",\"id\":\"o-2\",\"at\":\"2026-03-02T10:00:00Z\",\"kind\":\"error\"},"
                                + "{\"source\":\"/devmentor/pbml-service/capture\",\"id\":\"o-1\",\"at\":\"2026-03-01T10:00:00Z\",\"kind\":\"error\"}]");
        assertThat(report.get("parts")).hasSize(1);
        assertThat(report.get("parts").get(0).get("support").intValue()).isEqualTo(2);
        assertThat(report.get("fixes").get(0).get("changedFiles").toString()).isEqualTo("[\"src/Orders.java\"]");
        assertThat(report.get("history")).isEmpty();
        assertThat(report.get("lineage")).isEmpty();
        assertThat(report.has("mergedInto")).isFalse();
        assertThat(report.get("generated")).isEqualTo(report.get("title"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-00000000000000000000000000000000", "x", "%00", "..%2f"})
    void anUnknownIdIsNotFound(String id) {
        String person = fresh("unknown");
        learn(person, "a", 1, trace("A", "A", 1));
        assertThat(as(person).urlEncodingEnabled(false).get(PATTERNS + "/" + id).statusCode())
                .isEqualTo(404);
        problem(as(person).get(PATTERNS + "/" + "x".repeat(65)), 404, "not-found");
    }
}
