package dev.devmentor.pbml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with their patterns. */
@QuarkusTest
class ChangePatternIT extends HttpIT {
    private static String id(JsonNode pattern) {
        return pattern.get("id").textValue();
    }

    @Test
    void aTitleOfOnesOwnStaysUntilItIsTakenBack() {
        String person = fresh("rename");
        String id = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));

        assertThat(put(person, id, "{\"title\":\"  Where orders go \"}")
                        .get("title")
                        .textValue())
                .isEqualTo("Where orders go");
        learn(person, "b", 2, trace("Lost", "Orders", 2));
        JsonNode report = pattern(person, id);
        assertThat(report.get("title").textValue()).isEqualTo("Where orders go");
        assertThat(report.get("generated").textValue()).isEqualTo("com.acme.Lost: order <*> is lost");

        assertThat(put(person, id, "{\"title\":null}").get("title").textValue())
                .isEqualTo("com.acme.Lost: order <*> is lost");
        JsonNode history = pattern(person, id).get("history");
        assertThat(texts(history, "what")).containsExactly("renamed", "renamed");
        assertThat(history.get(0).has("title")).isFalse();
        assertThat(history.get(1).get("title").textValue()).isEqualTo("Where orders go");
    }

    @Test
    void patternsOfOneKindBecomeOneAndAreFoundByAllTheirIds() {
        String person = fresh("merge");
        String first = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));
        String second = id(learn(person, "b", 2, trace("Gone", "Basket", 1)));
        put(person, second, "{\"title\":\"second\"}");

        JsonNode merged = put(person, first, "{\"merge\":[\"" + second + "\"]}");

        assertThat(id(merged)).isEqualTo(first);
        assertThat(merged.get("support").intValue()).isEqualTo(2);
        assertThat(texts(list(person, "scope=person").get("patterns"), "id")).containsExactly(first);
        JsonNode report = pattern(person, second);
        assertThat(id(report)).isEqualTo(first);
        assertThat(report.get("mergedInto").textValue()).isEqualTo(first);
        assertThat(report.get("lineage").get(0).get("step").textValue()).isEqualTo("merged-from");
        assertThat(report.get("lineage").get(0).get("pattern").textValue()).isEqualTo(second);
        assertThat(texts(report.get("history"), "what")).containsExactly("merged", "renamed");
        assertThat(report.get("history").get(0).get("others").toString()).isEqualTo("[\"" + second + "\"]");
        assertThat(report.get("parts")).hasSize(2);
        // Both errors are of it from now on.
        assertThat(id(learn(person, "c", 3, trace("Gone", "Basket", 9)))).isEqualTo(first);
        long entries = observations(person);
        put(person, first, "{\"merge\":[\"" + second + "\"]}");
        assertThat(observations(person))
                .as("what is one already needs no merging")
                .isEqualTo(entries);

        String key = report.get("parts").get(1).get("key").textValue();
        put(person, first, "{\"split\":[\"" + key + "\"]}");
        report = pattern(person, first);
        assertThat(report.get("parts")).hasSize(1);
        JsonNode step = report.get("lineage").get(1);
        assertThat(step.get("step").textValue()).isEqualTo("split-into");
        JsonNode other = pattern(person, step.get("pattern").textValue());
        assertThat(other.get("support").intValue()).isEqualTo(2);
        assertThat(texts(other.get("lineage"), "step")).contains("split-from");
        assertThat(report.get("history").get(0).get("members").toString()).isEqualTo("[\"" + key + "\"]");
    }

    @Test
    void refusesToMergeWhatIsNotOfOneKind() {
        String person = fresh("kinds");
        String error = id(learn(person, "a", 1, trace("Lost", "Orders", 1) + "\nWARN pool of 10 is empty\n"));
        String line = list(person, "kind=template&scope=person")
                .get("patterns")
                .get(0)
                .get("id")
                .textValue();

        assertThat(problem(
                        as(person).body("{\"merge\":[\"" + line + "\"]}").put(PATTERNS + "/" + error),
                        409,
                        "not-mergeable"))
                .isEqualTo("a pattern of kind template can't be merged into one of kind error");
        problem(as(person).body("{\"merge\":[\"error-unknown\"]}").put(PATTERNS + "/" + error), 404, "not-found");
        String somebodyElses = id(learn(fresh("else"), "a", 1, trace("Other", "Other", 1)));
        problem(
                as(person).body("{\"merge\":[\"" + somebodyElses + "\"]}").put(PATTERNS + "/" + error),
                404,
                "not-found");
    }

    @Test
    void refusesToSplitOffWhatIsNoPartOrAllOfIt() {
        String person = fresh("split");
        JsonNode pattern = learn(person, "a", 1, trace("Lost", "Orders", 1));
        String key = pattern(person, id(pattern)).get("parts").get(0).get("key").textValue();

        assertThat(problem(
                        as(person).body("{\"split\":[\"" + key + "\"]}").put(PATTERNS + "/" + id(pattern)),
                        400,
                        "invalid-request"))
                .contains("nothing would stay");
        assertThat(problem(
                        as(person).body("{\"split\":[\"other\"]}").put(PATTERNS + "/" + id(pattern)),
                        400,
                        "invalid-request"))
                .contains("no part");
    }

    @Test
    void whatIsRetiredIsListedNoMoreKeepsItsHistoryAndCanComeBack() {
        String person = fresh("retire");
        String id = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));

        assertThat(as(person).delete(PATTERNS + "/" + id).statusCode()).isEqualTo(204);
        long entries = observations(person);
        assertThat(as(person).delete(PATTERNS + "/" + id).statusCode()).isEqualTo(204);
        assertThat(observations(person)).as("a repeat does nothing").isEqualTo(entries);

        assertThat(list(person, "scope=person").get("patterns")).isEmpty();
        assertThat(texts(list(person, "state=retired").get("patterns"), "id")).containsExactly(id);
        assertThat(texts(pattern(person, id).get("history"), "what")).containsExactly("retired");
        assertThat(put(person, id, "{\"state\":\"active\"}").get("state").textValue())
                .isNotEqualTo("retired");
        assertThat(texts(pattern(person, id).get("history"), "what")).containsExactly("revived", "retired");
        assertThat(put(person, id, "{\"state\":\"retired\"}").get("state").textValue())
                .isEqualTo("retired");
    }

    @Test
    void whatIsSharedIsNotChangedAndSomebodyElsesIsNotFound() {
        String person = fresh("shared");
        String team = fresh("team");
        share(2, team, "error-" + team, "shared", 0.5, null);
        String id = id(learn(fresh("else"), "a", 1, trace("Theirs", "Theirs", 1)));

        assertThat(problem(
                        as(person, team).body("{\"title\":\"mine\"}").put(PATTERNS + "/error-" + team),
                        403,
                        "forbidden"))
                .contains("shared");
        problem(as(person, team).delete(PATTERNS + "/error-" + team), 403, "forbidden");
        problem(as(person).body("{\"title\":\"mine\"}").put(PATTERNS + "/error-" + team), 404, "not-found");
        problem(as(person).body("{\"title\":\"mine\"}").put(PATTERNS + "/" + id), 404, "not-found");
        problem(as(person).delete(PATTERNS + "/" + id), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"title\":\"a\",\"state\":\"active\"}",
                "{\"title\":\"\"}",
                "{\"title\":\"   \"}",
                "{\"title\":7}",
                "{\"title\":\"a\\nb\"}",
                "{\"title\":\"a\\u0000b\"}",
                "{\"merge\":[]}",
                "{\"merge\":[null]}",
                "{\"merge\":[\"a\",\"a\"]}",
                "{\"split\":[\"\"]}",
                "{\"state\":\"stale\"}",
                "{\"name\":\"a\"}",
            })
    void refusesAChangeThatIsNone(String body) {
        String person = fresh("bad");
        String id = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));
        problem(as(person).body(body).put(PATTERNS + "/" + id), 400, "invalid-request");
        assertThat(observations(person)).isEqualTo(1);
    }

    @Test
    void refusesTitlesAndListsThatAreTooLong() {
        String person = fresh("long");
        String id = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));
        put(person, id, "{\"title\":\"" + "x".repeat(300) + "\"}");
        problem(
                as(person).body("{\"title\":\"" + "x".repeat(301) + "\"}").put(PATTERNS + "/" + id),
                400,
                "invalid-request");
        List<String> many = java.util.stream.IntStream.range(0, 51)
                .mapToObj(i -> "\"p" + i + "\"")
                .toList();
        problem(
                as(person).body("{\"merge\":[" + String.join(",", many) + "]}").put(PATTERNS + "/" + id),
                400,
                "invalid-request");
    }

    @Test
    void theSameKeyDoesTheSameThingOnceAlsoIfItIsNotPossibleAnyMore() {
        String person = fresh("key");
        String first = id(learn(person, "a", 1, trace("Lost", "Orders", 1)));
        String second = id(learn(person, "b", 2, trace("Gone", "Basket", 1)));
        put(person, first, "{\"merge\":[\"" + second + "\"]}");
        String key = pattern(person, first).get("parts").get(1).get("key").textValue();
        String split = "{\"split\":[\"" + key + "\"]}";

        ok(as(person).header("Idempotency-Key", "k-1").body(split).put(PATTERNS + "/" + first));
        long entries = observations(person);
        ok(as(person).header("Idempotency-Key", "k-1").body(split).put(PATTERNS + "/" + first));

        assertThat(observations(person)).isEqualTo(entries);
        problem(
                as(person)
                        .header("Idempotency-Key", "k-1")
                        .body("{\"title\":\"x\"}")
                        .put(PATTERNS + "/" + first),
                409,
                "conflicting-duplicate");
        problem(
                as(person)
                        .header("Idempotency-Key", "x".repeat(129))
                        .body("{\"title\":\"x\"}")
                        .put(PATTERNS + "/" + first),
                400,
                "invalid-request");
    }

    @Test
    void whatIsDoneLiesBehindWhatWasSeenAlsoIfThatLiesAhead() {
        String person = fresh("ahead");
        String ahead = clock.instant().plus(Duration.ofMinutes(4)).toString();
        String id = id(capture(person, seen("a", ahead, trace("Lost", "Orders", 1)))
                .get(0)
                .get("pattern"));

        assertThat(put(person, id, "{\"title\":\"named\"}").get("title").textValue())
                .isEqualTo("named");
        assertThat(put(person, id, "{\"title\":\"named again\"}").get("title").textValue())
                .isEqualTo("named again");
    }
}
