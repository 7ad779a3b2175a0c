package dev.devmentor.pbml.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.engine.owner.Observation;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contexts, and what a model is after one was taken up again. */
@QuarkusTest
class RestoreIT extends HttpIT {
    private static final String CONTEXT = "/api/pbml/context";

    @Inject
    Models models;

    @Inject
    Owners owners;

    @Inject
    ObservationTable log;

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private Owner owner(String person) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Objects.requireNonNull(owners.find(connection, OwnerName.person(person)));
        }
    }

    private byte[] state(String person) throws SQLException {
        return models.ask(OwnerName.person(person), OwnerState::snapshot);
    }

    /** The state of a log of which some rows are kept and not learned from; written beside what the service does. */
    private byte[] folded(String person, Predicate<String> leftOut) throws SQLException {
        OwnerState state = new OwnerState();
        Decoding decoding = new Decoding();
        try (Connection connection = dataSource.getConnection()) {
            log.visit(connection, owner(person).id(), null, Integer.MAX_VALUE, row -> {
                Observation observation = decoding.decode(row);
                state.apply(leftOut.test(row.key().id()) ? new Observation.Kept(observation.stamp()) : observation);
            });
        }
        state.lookAtLearning();
        state.rest();
        return state.snapshot();
    }

    private JsonNode save(String person, String name) {
        Response response = as(person)
                .body("{\"name\":\"" + name + "\",\"data\":{\"branch\":\"" + name + "\"}}")
                .post(CONTEXT + "/save");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        JsonNode saved = json(response.asString());
        assertThat(response.header("Location"))
                .isEqualTo(CONTEXT + "/" + saved.get("contextId").textValue());
        return saved;
    }

    private JsonNode restore(String person, JsonNode context) {
        return ok(as(person)
                .post(CONTEXT + "/{id}/restore", context.get("contextId").textValue()));
    }

    /** Errors and their ends at a time, captured one after the other; ids begin with a prefix. */
    private void live(String person, String prefix, Instant from, String service, int times) {
        for (int i = 0; i < times; i++) {
            String text = trace("Lost", service, i);
            capture(
                    person,
                    seen(prefix + "s" + i, from.plusSeconds(20L * i).toString(), text),
                    gone(
                            prefix + "g" + i,
                            from.plusSeconds(20L * i + 10).toString(),
                            text,
                            "src/" + service + ".java"));
        }
    }

    private String eventIds(String person, String observationPrefix) {
        return String.join(" ", rows("""
                        SELECT o.event_id FROM observation o JOIN owner w ON w.id = o.owner_id
                        WHERE w.name = ? AND o.data LIKE '%"observationId":"' || ? || '%'""", person, observationPrefix));
    }

    private Predicate<String> among(String person, String... prefixes) {
        StringBuilder ids = new StringBuilder();
        for (String prefix : prefixes) {
            String found = eventIds(person, prefix);
            assertThat(found).as(prefix).isNotBlank();
            ids.append(' ').append(found);
        }
        List<String> all = List.of(ids.toString().split(" "));
        return all::contains;
    }

    private JsonNode predictions(String person) {
        return ok(as(person)
                        .body("{\"kind\":\"next-action\",\"actions\":[\"build error comes\"]}")
                        .post("/api/pbml/predict"))
                .get("predictions");
    }

    @Test
    void theModelIsToTheLastByteWhatItWasAtTheSaving() throws SQLException {
        String person = fresh("restore");
        List<ProducerRecord<byte[], byte[]>> days = Days.of(person, 21, 300);
        sendAndAwait(days);
        JsonNode before = predictions(person);
        List<String> patterns = rows(
                "SELECT p.pattern_id || p.support FROM pattern p JOIN owner w ON w.id = p.owner_id WHERE w.name = ? ORDER BY 1",
                person);
        JsonNode context = save(person, "before");
        assertThat(context.get("observations").longValue()).isEqualTo(301);
        clock.moveTo(Duration.ofHours(2));
        live(person, "x-", clock.instant().minusSeconds(600), "Basket", 6);
        assertThat(predictions(person)).isNotEqualTo(before);

        JsonNode restored = restore(person, context);

        assertThat(restored.get("leftOut").longValue()).isEqualTo(12);
        assertThat(restored.get("observations").longValue()).isEqualTo(314);
        assertThat(restored.get("data").toString()).isEqualTo("{\"branch\":\"before\"}");
        assertThat(predictions(person)).isEqualTo(before);
        assertThat(rows(
                        "SELECT p.pattern_id || p.support FROM pattern p JOIN owner w ON w.id = p.owner_id WHERE w.name = ? ORDER BY 1",
                        person))
                .isEqualTo(patterns);
        assertThat(state(person)).isEqualTo(folded(person, among(person, "x-")));
        assertThat(models.differs(owner(person))).isFalse();
        assertThat(observations(person)).as("nothing leaves the log").isEqualTo(314);
    }

    @Test
    void whatComesAfterTheRestoreCountsAndWhatComesLateFromBeforeItDoesNot() throws SQLException {
        String person = fresh("late");
        live(person, "a-", clock.instant().minusSeconds(7_200), "Basket", 3);
        JsonNode context = save(person, "before");
        clock.moveTo(Duration.ofHours(1));
        Instant within = clock.instant().minusSeconds(1_000);
        live(person, "x-", within, "Order", 3);
        clock.moveTo(Duration.ofHours(2));
        restore(person, context);
        clock.moveTo(Duration.ofHours(3));

        live(person, "late-", within.plusSeconds(300), "Late", 2);
        live(person, "b-", clock.instant().minusSeconds(600), "Basket", 2);

        assertThat(state(person)).isEqualTo(folded(person, among(person, "x-", "late-")));
        assertThat(number("""
                        SELECT count(*) FROM pattern p JOIN owner w ON w.id = p.owner_id
                        WHERE w.name = ? AND p.detail LIKE '%Late.java%'""", person)).isZero();
        assertThat(models.differs(owner(person))).isFalse();
    }

    @Test
    void aContextThatWasSavedInBetweenBringsBackWhatAnotherLeftOut() throws SQLException {
        String person = fresh("again");
        live(person, "a-", clock.instant().minusSeconds(7_200), "Basket", 2);
        JsonNode first = save(person, "first");
        clock.moveTo(Duration.ofHours(1));
        live(person, "b-", clock.instant().minusSeconds(1_000), "Order", 2);
        JsonNode second = save(person, "second");
        byte[] atSecond = state(person);
        clock.moveTo(Duration.ofHours(2));
        live(person, "c-", clock.instant().minusSeconds(1_000), "Other", 2);
        restore(person, first);
        assertThat(state(person)).isEqualTo(folded(person, among(person, "b-", "c-")));
        clock.moveTo(Duration.ofHours(3));
        live(person, "d-", clock.instant().minusSeconds(1_000), "Fourth", 2);

        restore(person, second);

        assertThat(state(person)).isEqualTo(folded(person, among(person, "c-", "d-")));
        assertThat(state(person)).as("further in the log").isNotEqualTo(atSecond);
        assertThat(models.differs(owner(person))).isFalse();

        clock.moveTo(Duration.ofHours(4));
        restore(person, first);
        assertThat(state(person)).isEqualTo(folded(person, among(person, "b-", "c-", "d-")));
    }

    @Test
    void repeatsWithTheSameKeyDoNothing() throws SQLException {
        String person = fresh("key");
        String body = "{\"name\":\"n\",\"data\":[1, 2]}";
        Response once = as(person).header("Idempotency-Key", "k").body(body).post(CONTEXT + "/save");
        Response twice = as(person).header("Idempotency-Key", "k").body(body).post(CONTEXT + "/save");

        assertThat(once.statusCode()).isEqualTo(201);
        assertThat(json(twice.asString())).isEqualTo(json(once.asString()));
        problem(
                as(person).header("Idempotency-Key", "k").body("{\"data\":3}").post(CONTEXT + "/save"),
                409,
                "conflicting-duplicate");
        String id = json(once.asString()).get("contextId").textValue();
        JsonNode restored = ok(as(person).header("Idempotency-Key", "r").post(CONTEXT + "/{id}/restore", id));
        JsonNode again = ok(as(person).header("Idempotency-Key", "r").post(CONTEXT + "/{id}/restore", id));
        assertThat(again).isEqualTo(restored);
        assertThat(observations(person)).isEqualTo(2);
        JsonNode other = save(person, "other");
        problem(
                as(person)
                        .header("Idempotency-Key", "r")
                        .post(CONTEXT + "/{id}/restore", other.get("contextId").textValue()),
                409,
                "conflicting-duplicate");
    }

    @Test
    void contextsAreListedByPagesTheLatestFirstAndGoWhenTheyAreDeleted() {
        String person = fresh("list");
        for (int i = 0; i < 5; i++) {
            save(person, "c" + i);
        }
        JsonNode first = ok(as(person).get(CONTEXT + "?limit=2"));
        JsonNode second = ok(
                as(person).get(CONTEXT + "?limit=2&cursor=" + first.get("next").textValue()));
        JsonNode third = ok(
                as(person).get(CONTEXT + "?limit=2&cursor=" + second.get("next").textValue()));

        assertThat(texts(first.get("contexts"), "name")).containsExactly("c4", "c3");
        assertThat(texts(second.get("contexts"), "name")).containsExactly("c2", "c1");
        assertThat(texts(third.get("contexts"), "name")).containsExactly("c0");
        assertThat(third.has("next")).isFalse();
        assertThat(first.get("contexts").get(0).has("data")).isFalse();
        String id = first.get("contexts").get(0).get("contextId").textValue();
        assertThat(ok(as(person).get(CONTEXT + "/{id}", id)).get("data").toString())
                .isEqualTo("{\"branch\":\"c4\"}");

        assertThat(as(person).delete(CONTEXT + "/{id}", id).statusCode()).isEqualTo(204);

        problem(as(person).get(CONTEXT + "/{id}", id), 404, "not-found");
        problem(as(person).delete(CONTEXT + "/{id}", id), 404, "not-found");
        problem(as(person).post(CONTEXT + "/{id}/restore", id), 404, "not-found");
        problem(as(person).get(CONTEXT + "?cursor=none"), 400, "invalid-request");
        problem(as(person).get(CONTEXT + "?limit=101"), 400, "invalid-request");
    }

    @Test
    void aContextOfSomebodyElseIsNotFound() {
        String person = fresh("owner");
        String id = save(person, "mine").get("contextId").textValue();
        String other = fresh("other");

        problem(as(other).get(CONTEXT + "/{id}", id), 404, "not-found");
        problem(as(other).delete(CONTEXT + "/{id}", id), 404, "not-found");
        problem(as(other).post(CONTEXT + "/{id}/restore", id), 404, "not-found");
        assertThat(ok(as(other).get(CONTEXT)).get("contexts")).isEmpty();
        assertThat(ok(as(person).get(CONTEXT)).get("contexts")).hasSize(1);
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", other)).isZero();
    }

    @Test
    void nobodyHasMoreThanAHundredContextsOrLargerOnes() {
        String person = fresh("limit");
        for (int i = 0; i < 100; i++) {
            save(person, "c" + i);
        }
        problem(as(person).body("{\"data\":1}").post(CONTEXT + "/save"), 409, "limit-reached");
        String another = fresh("large");
        problem(
                as(another).body("{\"data\":\"" + "x".repeat(64 * 1024) + "\"}").post(CONTEXT + "/save"),
                413,
                "too-large");
        for (String bad : List.of("{}", "{\"data\":null}", "{\"data\":1,\"name\":\"\"}", "{\"data\":1,\"colour\":2}")) {
            problem(as(another).body(bad).post(CONTEXT + "/save"), 400, "invalid-request");
        }
        assertThat(number("SELECT count(*) FROM context c JOIN owner w ON w.id = c.owner_id WHERE w.name = ?", another))
                .isZero();
    }

    @Test
    void anErasureTakesTheContexts() {
        String person = fresh("erased");
        save(person, "mine");
        sendAndAwait(event(
                EventTypes.USER_ERASED,
                "erase-" + person,
                new UserErased(person, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));

        assertThat(ok(as(person).get(CONTEXT)).get("contexts")).isEmpty();
        assertThat(
                        number(
                                "SELECT count(*) FROM context c WHERE NOT EXISTS (SELECT 1 FROM owner w WHERE w.id = c.owner_id)"))
                .isZero();
        problem(as(person).body("{\"data\":1}").post(CONTEXT + "/save"), 404, "not-found");
    }
}
