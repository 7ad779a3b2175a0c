package dev.devmentor.auth.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.secondfactor.Authenticator;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.events.EventTypes;
import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureIT extends AuthIT {
    private static final String LEARNING = "learning-service";
    private static final String PBML = "pbml-service";

    @Inject
    Tombstones tombstones;

    @AfterEach
    void resetClock() {
        nowAgain();
    }

    private static JsonNode json(Response response) {
        try {
            return JSON.readTree(response.asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.asString(), e);
        }
    }

    private static JsonNode accepted(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        JsonNode body = json(response);
        assertThat(response.header("Location"))
                .isEqualTo("/api/auth/erasures/" + body.at("/erasure/id").textValue());
        return body;
    }

    private JsonNode begin(TokenAnswer tokens) {
        return accepted(as(tokens).body("{\"confirm\":\"erase\"}").post("/api/auth/me/erasure"));
    }

    private static JsonNode byReceipt(JsonNode begun) {
        Response response = given().header(
                        "X-Erasure-Receipt", begun.get("receipt").textValue())
                .get("/api/auth/erasures/" + begun.at("/erasure/id").textValue());
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode awaitState(JsonNode begun, String state) {
        Conditions.await(state, () -> byReceipt(begun).get("state").textValue().equals(state));
        return byReceipt(begun);
    }

    private static JsonNode service(JsonNode view, String name) {
        for (JsonNode service : view.get("services")) {
            if (service.get("service").textValue().equals(name)) {
                return service;
            }
        }
        throw new AssertionError(name + " is not in " + view);
    }

    private static String problem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        return json(response).get("type").textValue().replace("https://devmentor.dev/problems/", "");
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> record, String person) {
        return new String(record.key(), StandardCharsets.UTF_8).equals(person);
    }

    private List<ConsumerRecord<byte[], byte[]>> requests(String person) {
        return topics.readAll(EventTypes.USER_ERASED.topic()).stream()
                .filter(record -> isOf(record, person))
                .toList();
    }

    private TokenAnswer operator() {
        return signedIn(person("operator", List.of("learner", "operator")));
    }

    @Test
    void aPersonIsForgottenEverywhereAndNothingNamesThemAfterwards() throws SQLException {
        Account person = person("ann");
        TokenAnswer tokens = signedIn(person);
        signedIn(person);
        Authenticator app = new Authenticator(
                as(tokens).post("/api/auth/me/second-factor").jsonPath().getString("secret"));
        assertThat(as(tokens)
                        .body(Map.of("code", app.code(clock.instant())))
                        .post("/api/auth/me/second-factor/confirm")
                        .statusCode())
                .isEqualTo(200);
        assertThat(as(tokens)
                        .body("{\"name\":\"crew\"}")
                        .post("/api/auth/teams")
                        .statusCode())
                .isLessThan(300);
        Account other = person("bob");
        TokenAnswer others = signedIn(other);
        try (AnsweringService learning = new AnsweringService(LEARNING, Map.of("entry", 7L), topics);
                AnsweringService pbml = new AnsweringService(PBML, Map.of("observation", 3L), topics)) {
            JsonNode begun = begin(tokens);

            assertThat(begun.get("receipt").textValue()).hasSize(43);
            assertThat(as(tokens)
                            .body("{\"refresh_token\":\"" + tokens.refreshToken() + "\"}")
                            .post("/api/auth/refresh")
                            .statusCode())
                    .isGreaterThanOrEqualTo(400);
            Account asErasing = new Account(
                    person.id(),
                    person.email(),
                    true,
                    "",
                    List.of("learner"),
                    "free",
                    Account.State.ERASING,
                    person.createdAt());
            assertThatThrownBy(() -> signedIn(asErasing)).isInstanceOf(ProblemException.class);

            JsonNode done = awaitState(begun, "completed");
            assertThat(done.get("requestedBy").textValue()).isEqualTo("person");
            assertThat(done.has("account")).isFalse();
            assertThat(done.get("silent")).isEmpty();
            assertThat(done.get("completedAt").textValue()).isNotEmpty();
            assertThat(service(done, LEARNING).get("counts").toString()).isEqualTo("{\"entry\":7}");
            assertThat(service(done, PBML).get("counts").toString()).isEqualTo("{\"observation\":3}");
            JsonNode own = service(done, "auth-service");
            assertThat(own.get("state").textValue()).isEqualTo("answered");
            assertThat(own.get("counts").get("account").longValue()).isEqualTo(1);
            assertThat(own.get("counts").get("second_factor").longValue()).isEqualTo(1);
            assertThat(own.get("counts").get("recovery_code").longValue()).isEqualTo(10);
            assertThat(own.get("counts").get("session").longValue()).isEqualTo(2);
            assertThat(own.get("counts").get("team_member").longValue()).isEqualTo(1);
            assertThat(learning.heard()).contains(done.get("id").textValue());
            assertThat(pbml.heard()).contains(done.get("id").textValue());
        }
        assertThat(rows("SELECT id FROM account WHERE id = ?", person.id())).isEmpty();
        boolean remembered = transactions.run(work -> tombstones.has(work.connection(), person.id()));
        assertThat(remembered).isTrue();
        for (String table : rows("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'outbox'""")) {
            for (String word : List.of(person.id(), person.email())) {
                assertThat(number("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%' || ? || '%'", word))
                        .as(table)
                        .isZero();
            }
        }
        assertThat(as(others).get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    @Test
    void aSilentServiceIsNamedAndAskedAgainWithTheSameEventUntilItAnswers() {
        Account person = person("cleo");
        TokenAnswer operator = operator();
        try (AnsweringService learning = new AnsweringService(LEARNING, Map.of("entry", 1L), topics)) {
            JsonNode begun = begin(signedIn(person));
            String id = begun.at("/erasure/id").textValue();

            awaitState(begun, "waiting");
            Conditions.await(
                    "only pbml is silent", () -> byReceipt(begun).get("silent").size() == 1);
            JsonNode waiting = byReceipt(begun);
            assertThat(waiting.get("silent").toString()).isEqualTo("[\"pbml-service\"]");
            assertThat(service(waiting, PBML).get("state").textValue()).isEqualTo("silent");
            assertThat(service(waiting, PBML).get("since").textValue())
                    .isEqualTo(waiting.get("requestedAt").textValue());
            JsonNode open = json(as(operator).get("/api/auth/erasures?state=open&limit=200"));
            assertThat(open.get("erasures").toString()).contains(id, person.id());
            Conditions.await("one request is sent", () -> requests(person.id()).size() == 1);

            later(Duration.ofMinutes(2));
            Conditions.await("it is asked again", () -> requests(person.id()).size() == 2);
            Conditions.await("it is told how old it is", () -> gauge("devmentor_auth_erasure_oldest_seconds") >= 120);
            assertThat(gauge("devmentor_auth_erasures_open")).isGreaterThanOrEqualTo(1);
            List<ConsumerRecord<byte[], byte[]>> both = requests(person.id());
            assertThat(both.get(1).value()).isEqualTo(both.get(0).value());
            assertThat(both)
                    .extracting(record -> TestTopics.header(record, "ce_id"))
                    .containsExactly(id, id);
            assertThat(byReceipt(begun).get("asked").intValue()).isEqualTo(2);
            Conditions.await(
                    "the other has heard it twice",
                    () -> learning.heard().stream().filter(id::equals).count() == 2);
            assertThat(byReceipt(begun).get("state").textValue()).isEqualTo("waiting");

            try (AnsweringService pbml = new AnsweringService(PBML, Map.of(), topics)) {
                JsonNode done = awaitState(begun, "completed");
                assertThat(service(done, PBML).get("counts").toString()).isEqualTo("{}");
                assertThat(done.has("nextAskAt")).isFalse();
                assertThat(pbml.heard()).contains(id);
            }
            assertThat(requests(person.id())).hasSize(2);
        }
    }

    private static double gauge(String name) {
        return given().get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void answersThatAreRepeatedOrOfStrangersOrOfOtherPeopleDoNoHarm() {
        Account person = person("dora");
        JsonNode begun = begin(signedIn(person));
        String id = begun.at("/erasure/id").textValue();
        try (Tail dead = new Tail(topics, "user.erasure-completed.dlq.auth-service")) {
            AnsweringService.answer(topics, LEARNING, id, "somebody-else", Map.of("entry", 9L));
            AnsweringService.answer(topics, LEARNING, id + "-unknown", person.id(), Map.of("entry", 9L));
            AnsweringService.answer(topics, "auth-service", id, person.id(), Map.of("account", 9L));
            AnsweringService.answer(topics, "memory-service", id, person.id(), Map.of("memory", 2L));
            AnsweringService.answer(topics, LEARNING, id, person.id(), Map.of("entry", 1L));

            assertThat(TestTopics.header(dead.await(record -> isOf(record, "somebody-else")), "devmentor-dlq-reason"))
                    .isEqualTo("conflicting-duplicate");
        }
        Conditions.await("two are silent no more", () -> {
            JsonNode view = byReceipt(begun);
            return view.get("services").size() == 4
                    && view.get("silent").toString().equals("[\"pbml-service\"]");
        });
        AnsweringService.answer(topics, LEARNING, id, person.id(), Map.of("entry", 0L));
        AnsweringService.answer(topics, PBML, id, person.id(), Map.of("observation", 5L));

        JsonNode done = awaitState(begun, "completed");
        assertThat(service(done, "memory-service").get("expected").booleanValue())
                .isFalse();
        assertThat(service(done, LEARNING).get("counts").toString()).isEqualTo("{\"entry\":1}");
        assertThat(service(done, "auth-service").get("counts").get("account").longValue())
                .isEqualTo(1);

        // Late: the erasure is completed and knows its person no more.
        AnsweringService.answer(topics, PBML, id, person.id(), Map.of("observation", 0L));
        Conditions.await(
                "the repeats are counted",
                () -> number("SELECT sum(repeats) FROM erasure_service WHERE erasure_id = ?", id) == 2);
        assertThat(byReceipt(begun)).isEqualTo(done);
    }

    @Test
    void beingForgottenNeedsARecentLoginAndAWord() {
        Account person = person("emma");
        TokenAnswer tokens = signedIn(person);
        String path = "/api/auth/me/erasure";

        assertThat(problem(as(tokens).post(path), 400)).isEqualTo("invalid-request");
        assertThat(problem(as(tokens).body("{\"confirm\":\"yes\"}").post(path), 400))
                .isEqualTo("invalid-request");
        assertThat(given().contentType("application/json")
                        .body("{\"confirm\":\"erase\"}")
                        .post(path)
                        .statusCode())
                .isEqualTo(401);
        later(Duration.ofMinutes(11));
        assertThat(problem(as(tokens).body("{\"confirm\":\"erase\"}").post(path), 401))
                .isEqualTo("login-not-recent");
        nowAgain();
        assertThat(rows("SELECT state FROM account WHERE id = ?", person.id())).containsExactly("active");

        accepted(as(tokens)
                .body("{\"confirm\":\"" + person.email().toUpperCase(java.util.Locale.ROOT) + "\"}")
                .post(path));
    }

    @Test
    void onlyItsPersonTheHolderOfItsReceiptAndOperatorsSeeAnErasure() {
        Account person = person("fay");
        TokenAnswer tokens = signedIn(person);
        TokenAnswer other = signedIn(person("gil"));
        TokenAnswer operator = operator();
        JsonNode begun = begin(tokens);
        String path = "/api/auth/erasures/" + begun.at("/erasure/id").textValue();

        assertThat(json(as(tokens).get(path)).get("id")).isEqualTo(begun.at("/erasure/id"));
        JsonNode forOperator = json(as(operator).get(path));
        assertThat(forOperator.get("account").textValue()).isEqualTo(person.id());
        assertThat(given().queryParam("receipt", begun.get("receipt").textValue())
                        .get(path)
                        .statusCode())
                .isEqualTo(200);
        assertThat(problem(as(other).get(path), 404)).isEqualTo("not-found");
        assertThat(problem(given().header("X-Erasure-Receipt", "x".repeat(43)).get(path), 404))
                .isEqualTo("not-found");
        assertThat(problem(as(operator).get(path + "x"), 404)).isEqualTo("not-found");
        assertThat(problem(given().get(path), 401)).isEqualTo("unauthorized");
        assertThat(as(other).get("/api/auth/erasures").statusCode()).isEqualTo(403);
        assertThat(as(other).post(path + "/ask").statusCode()).isEqualTo(403);
        assertThat(as(other)
                        .body("{\"account\":\"" + person.id() + "\"}")
                        .post("/api/auth/erasures")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOperatorBeginsForAPersonAndMayAskAnew() {
        Account person = person("hal");
        TokenAnswer operator = operator();
        String order = "{\"account\":\"" + person.id() + "\"}";

        JsonNode begun = accepted(as(operator).body(order).post("/api/auth/erasures"));
        assertThat(begun.hasNonNull("receipt")).isFalse();
        assertThat(begun.at("/erasure/requestedBy").textValue()).isEqualTo("operator");
        String id = begun.at("/erasure/id").textValue();
        assertThat(accepted(as(operator).body(order).post("/api/auth/erasures"))
                        .at("/erasure/id")
                        .textValue())
                .isEqualTo(id);
        assertThat(problem(as(operator).body("{\"account\":\"u-nobody\"}").post("/api/auth/erasures"), 404))
                .isEqualTo("not-found");
        assertThat(problem(as(operator).body("{}").post("/api/auth/erasures"), 400))
                .isEqualTo("invalid-request");

        assertThat(as(operator).post("/api/auth/erasures/" + id + "/ask").statusCode())
                .isEqualTo(200);
        Conditions.await("both events are sent", () -> requests(person.id()).size() == 2);
        assertThat(requests(person.id()))
                .extracting(record -> TestTopics.header(record, "ce_id"))
                .containsExactly(id, id + "~1");
        AnsweringService.answer(topics, LEARNING, id + "~1", person.id(), Map.of());
        AnsweringService.answer(topics, PBML, id, person.id(), Map.of());
        Conditions.await(
                "it is completed",
                () -> json(as(operator).get("/api/auth/erasures/" + id))
                        .get("state")
                        .textValue()
                        .equals("completed"));
        assertThat(problem(as(operator).post("/api/auth/erasures/" + id + "/ask"), 409))
                .isEqualTo("erasure-completed");
        JsonNode page = json(as(operator).get("/api/auth/erasures?limit=1"));
        assertThat(page.get("erasures")).hasSize(1);
        JsonNode next = json(
                as(operator).queryParam("cursor", page.get("next").textValue()).get("/api/auth/erasures?limit=1"));
        assertThat(next.at("/erasures/0/id")).isNotEqualTo(page.at("/erasures/0/id"));
    }
}
