package dev.devmentor.pbml.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.model.Days;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PredictIT extends HttpIT {
    private static final String PREDICT = "/api/pbml/predict";
    private static final String FORGET = "/api/pbml/forget";

    private JsonNode predict(String person, String body) {
        return ok(as(person).body(body).post(PREDICT));
    }

    private static String forget(JsonNode evidence) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode events = body.putArray("events");
        for (JsonNode event : evidence) {
            events.addObject()
                    .put("source", event.get("source").textValue())
                    .put("id", event.get("id").textValue());
        }
        return body.toString();
    }

    /** A question of each kind that {@link Days} gives an answer to. */
    private static String question(String kind) {
        ObjectNode body = JSON.createObjectNode().put("kind", kind);
        switch (kind) {
            case "next-action" -> body.putArray("actions").add("commit code with tests");
            case "related-files" ->
                body.put("repository", "acme/shop").putArray("files").add("src/Service1.java");
            case "likely-error" ->
                body.put("repository", "acme/shop").putArray("files").add("src/Service1.java");
            default -> body.put("text", Days.trace(1, 4_711));
        }
        return body.toString();
    }

    private long stored(String person, JsonNode event) {
        return number(
                """
                SELECT count(*) FROM observation o JOIN owner w ON w.id = o.owner_id
                WHERE w.kind = 1 AND w.name = ? AND o.source = ? AND o.event_id = ? AND o.data <> ''
                    AND o.at_us = (extract(epoch FROM ?::timestamptz) * 1000000)::int8""",
                person,
                event.get("source").textValue(),
                event.get("id").textValue(),
                event.get("at").textValue());
    }

    private List<String> patternsOf(String person) {
        return rows("""
                SELECT concat_ws(' ', p.pattern_id, p.state, p.lower, p.mean, p.support, p.title, p.detail) FROM pattern p
                JOIN owner w ON w.id = p.owner_id WHERE w.kind = 1 AND w.name = ? ORDER BY 1""", person);
    }

    @ParameterizedTest
    @CsvSource({
        "next-action, task-created answer memory code error",
        "related-files, code",
        "likely-error, code error",
        "likely-fix, error"
    })
    void restsOnEventsThatExistAndIsAnotherOneWithoutThem(String kind, String kinds) {
        String person = fresh("predict");
        List<ProducerRecord<byte[], byte[]>> events = Days.of(person, 11, 400);
        sendAndAwait(events);
        JsonNode before = predict(person, question(kind));
        JsonNode top = before.get("predictions").get(0);

        assertThat(before.get("kind").textValue()).isEqualTo(kind);
        assertThat(before.get("model").get("scope").textValue()).isEqualTo("person");
        assertThat(before.get("model").get("observations").longValue()).isEqualTo(400);
        assertThat(top.get("probability").doubleValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
        assertThat(top.get("reason").textValue()).isNotBlank();
        for (JsonNode prediction : before.get("predictions")) {
            assertThat(prediction.get("evidence").size())
                    .as(prediction.toString())
                    .isBetween(1, 10);
            for (JsonNode event : prediction.get("evidence")) {
                assertThat(stored(person, event)).as(event.toString()).isEqualTo(1);
                assertThat(kinds.split(" ")).contains(event.get("kind").textValue());
            }
            assertThat(texts(prediction.get("evidence"), "at"))
                    .isSortedAccordingTo((a, b) -> java.time.Instant.parse(b).compareTo(java.time.Instant.parse(a)));
        }

        JsonNode forgotten = ok(as(person).body(forget(top.get("evidence"))).post(FORGET));

        assertThat(forgotten.get("forgotten").intValue())
                .isEqualTo(top.get("evidence").size());
        JsonNode after = predict(person, question(kind));
        for (JsonNode prediction : after.get("predictions")) {
            boolean same = prediction.get("subject").equals(top.get("subject"))
                    && prediction.get("probability").equals(top.get("probability"));
            assertThat(same).as(top + " is still predicted").isFalse();
            for (JsonNode event : prediction.get("evidence")) {
                assertThat(top.get("evidence")).doesNotContain(event);
            }
        }
        assertThat(observations(person)).isEqualTo(400);
        assertThat(after.get("model").get("observations").longValue()).isEqualTo(400);
        assertThat(miscounted()).isEmpty();

        // They come again from Kafka, as they were.
        Set<String> ids = new TreeSet<>(texts(top.get("evidence"), "id"));
        List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> event : events) {
            if (ids.contains(utf8(event.headers().lastHeader("ce_id").value()))) {
                again.add(new ProducerRecord<byte[], byte[]>(
                        event.topic(), (Integer) null, (byte[]) null, event.value(), event.headers()));
            }
        }
        assertThat(again).hasSameSizeAs(ids);
        List<String> log = log(person);
        List<String> patterns = patternsOf(person);
        sendAndAwait(again);

        assertThat(log(person)).isEqualTo(log);
        assertThat(predict(person, question(kind)).get("predictions")).hasSameSizeAs(after.get("predictions"));
        assertThat(patternsOf(person)).isEqualTo(patterns);
    }

    @Test
    void whatWasLearnedFromForgottenEventsIsSaidToBeNoMore() {
        String person = fresh("forget");
        JsonNode pattern = null;
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            ids.add("o-" + day);
            pattern = learn(person, "o-" + day, day, trace("Lost", "Basket", day));
        }
        assertThat(pattern).isNotNull();
        String id = pattern.get("id").textValue();
        List<String> sources = rows(
                "SELECT DISTINCT o.source FROM observation o JOIN owner w ON w.id = o.owner_id WHERE w.name = ?",
                person);
        List<String> eventIds =
                rows("SELECT o.event_id FROM observation o JOIN owner w ON w.id = o.owner_id WHERE w.name = ?", person);
        ObjectNode body = JSON.createObjectNode();
        ArrayNode events = body.putArray("events");
        eventIds.forEach(
                event -> events.addObject().put("source", sources.getFirst()).put("id", event));

        assertThat(ok(as(person).body(body.toString()).post(FORGET))
                        .get("forgotten")
                        .intValue())
                .isEqualTo(5);

        problem(as(person).get(PATTERNS + "/{id}", id), 404, "not-found");
        assertThat(patternsOf(person)).isEmpty();
        assertThat(number("""
                        SELECT count(*) FROM announcement a JOIN owner w ON w.id = a.owner_id
                        WHERE w.name = ? AND a.pattern_id = ? AND a.said <> 0""", person, id)).as("said to be there").isZero();
        assertThat(ok(as(person).body(body.toString()).post(FORGET))
                        .get("forgotten")
                        .intValue())
                .as("a second time")
                .isZero();
    }

    @Test
    void forgetsNothingOfAnybodyElse() {
        String person = fresh("mine");
        String other = fresh("theirs");
        learn(other, "o", 1, trace("Lost", "Basket", 1));
        String source = rows(
                        "SELECT o.source FROM observation o JOIN owner w ON w.id = o.owner_id WHERE w.name = ?", other)
                .getFirst();
        String id = rows(
                        "SELECT o.event_id FROM observation o JOIN owner w ON w.id = o.owner_id WHERE w.name = ?",
                        other)
                .getFirst();
        List<String> log = log(other);
        String body = JSON.createObjectNode()
                .set(
                        "events",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("source", source)
                                        .put("id", id)))
                .toString();

        assertThat(ok(as(person).body(body).post(FORGET)).get("forgotten").intValue())
                .isZero();

        assertThat(log(other)).isEqualTo(log);
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person)).isZero();
    }

    @Test
    void anErrorThatNobodyKnowsHasNoFixAndAStrangerNoPrediction() {
        String person = fresh("nobody");
        for (String kind : List.of("next-action", "related-files", "likely-error", "likely-fix")) {
            JsonNode answer = predict(person, question(kind));
            assertThat(answer.get("model").get("observations").longValue()).isZero();
            assertThat(answer.get("model").has("foldedAt")).isFalse();
            assertThat(answer.get("predictions")).as(kind).isEmpty();
        }
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person)).isZero();
    }

    @Test
    void aFixThatOnlyTheTeamKnowsStandsInAndTheAnswerSaysSo() {
        String person = fresh("shared");
        String team = fresh("team");
        String text = trace("Nowhere", "Else" + person, 3);
        String key = ErrorText.read(text, new MessageMask()).key();
        share(2, team, "error-" + fresh("t"), "lost <*>", 0.9, key);
        share(3, "", "error-" + fresh("e"), "lost <*> everywhere", 0.99, key);
        String body = JSON.createObjectNode()
                .put("kind", "likely-fix")
                .put("text", text)
                .toString();

        JsonNode ofTeam = ok(as(person, team).body(body).post(PREDICT));
        JsonNode ofEveryone = ok(as(person).body(body).post(PREDICT));

        assertThat(ofTeam.get("model").get("scope").textValue()).isEqualTo("team");
        assertThat(ofTeam.get("model").get("team").textValue()).isEqualTo(team);
        assertThat(ofTeam.get("pattern").get("title").textValue()).isEqualTo("lost <*>");
        assertThat(ofTeam.get("predictions").get(0).get("subject").textValue()).isEqualTo("src/Shared.java");
        assertThat(ofTeam.get("predictions").get(0).get("probability").doubleValue())
                .isEqualTo(0.75);
        assertThat(ofTeam.get("predictions").get(0).get("evidence")).isEmpty();
        assertThat(ofEveryone.get("model").get("scope").textValue()).isEqualTo("everyone");
        assertThat(ofEveryone.get("model").has("team")).isFalse();
        assertThat(ofEveryone.get("pattern").get("title").textValue()).isEqualTo("lost <*> everywhere");

        // Who has seen the error themselves, and no end of it, is helped by the others too.
        learn(person, "o", 1, text);
        assertThat(ok(as(person, team).body(body).post(PREDICT))
                        .get("model")
                        .get("scope")
                        .textValue())
                .isEqualTo("team");
        // Once it ended, one's own knowledge goes first.
        capture(
                person,
                gone("g", "2026-03-02T10:00:00Z", text, "src/Mine.java"),
                seen("o2", "2026-03-03T10:00:00Z", text));
        JsonNode own = ok(as(person, team).body(body).post(PREDICT));
        assertThat(own.get("model").get("scope").textValue()).isEqualTo("person");
        assertThat(own.get("predictions").get(0).get("subject").textValue()).isEqualTo("src/Mine.java");
        assertThat(own.get("pattern").get("how").textValue()).isEqualTo("exact");
    }

    @Test
    void aPatternOfSomebodyElseIsNotFound() {
        String owner = fresh("owner");
        String id =
                learn(owner, "o", 1, trace("Theirs", "Of" + owner, 1)).get("id").textValue();
        String body = JSON.createObjectNode()
                .put("kind", "likely-fix")
                .put("pattern", id)
                .toString();

        problem(as(fresh("other")).body(body).post(PREDICT), 404, "not-found");
        assertThat(predict(owner, body).get("predictions")).isEmpty();
        assertThat(predict(owner, body).get("pattern").get("id").textValue()).isEqualTo(id);
    }

    @Test
    void whatIsDoneNowDecidesWhatComesNext() {
        String person = fresh("session");
        sendAndAwait(Days.of(person, 3, 200));

        JsonNode beginning = predict(person, "{\"kind\":\"next-action\",\"limit\":50}");
        JsonNode after = predict(person, "{\"kind\":\"next-action\",\"actions\":[\"begin a task\"],\"limit\":50}");

        assertThat(beginning.get("predictions").size()).isGreaterThan(1);
        assertThat(after.get("predictions")).isNotEqualTo(beginning.get("predictions"));
        assertThat(predict(person, "{\"kind\":\"next-action\",\"limit\":1}").get("predictions"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"weather\"}",
                "{\"kind\":\"next-action\",\"limit\":0}",
                "{\"kind\":\"next-action\",\"limit\":51}",
                "{\"kind\":\"next-action\",\"actions\":[]}",
                "{\"kind\":\"next-action\",\"actions\":[null]}",
                "{\"kind\":\"next-action\",\"colour\":\"red\"}",
                "{\"kind\":\"related-files\",\"files\":[\"a\"]}",
                "{\"kind\":\"related-files\",\"repository\":\"acme/shop\"}",
                "{\"kind\":\"likely-error\",\"files\":[\"a\"]}",
                "{\"kind\":\"likely-fix\"}",
                "{\"kind\":\"likely-fix\",\"text\":\"x\",\"pattern\":\"error-1\"}",
                "{\"kind\":\"likely-fix\",\"text\":\"\"}",
                "[1]",
                "null"
            })
    void refusesWhatIsNoQuestion(String body) {
        assertThat(problem(as(fresh("bad")).body(body).post(PREDICT), 400, "invalid-request"))
                .isNotBlank();
    }

    @Test
    void refusesMoreThanALimit() {
        String person = fresh("limits");
        ObjectNode files = JSON.createObjectNode().put("kind", "related-files").put("repository", "acme/shop");
        ArrayNode paths = files.putArray("files");
        for (int i = 0; i < 33; i++) {
            paths.add("src/" + i);
        }
        problem(as(person).body(files.toString()).post(PREDICT), 400, "invalid-request");
        String text = JSON.createObjectNode()
                .put("kind", "likely-fix")
                .put("text", "x".repeat(65_537))
                .toString();
        problem(as(person).body(text).post(PREDICT), 413, "too-large");
        ObjectNode many = JSON.createObjectNode();
        ArrayNode events = many.putArray("events");
        for (int i = 0; i < 1_001; i++) {
            events.addObject().put("source", SOURCE).put("id", "e" + i);
        }
        problem(as(person).body(many.toString()).post(FORGET), 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"events\":[]}",
                "{\"events\":[null]}",
                "{\"events\":[{\"source\":\"s\"}]}",
                "{\"events\":[{\"source\":\"\",\"id\":\"i\"}]}",
                "{\"events\":[{\"source\":\"s\",\"id\":\"i\",\"at\":1}]}"
            })
    void refusesToForgetWhatIsNoEvent(String body) {
        Response response = as(fresh("bad")).body(body).post(FORGET);
        problem(response, 400, "invalid-request");
    }
}
