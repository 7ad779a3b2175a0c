package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.systest.FrontDoor.Answer;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What people, programs and operators do, through three gateways, with real services behind them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontDoorIT {
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    private static FrontDoor door;

    @BeforeAll
    static void start() {
        door = new FrontDoor(TestPlatform.shared(), 3, Map.of());
    }

    @AfterAll
    static void stop() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void whoHasNoTokenIsToldSoAndWhoHasOneGetsTheirs() {
        Answer none = door.get("/api/learning/reviews/due", "").is(401);
        assertThat(none.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(none.headers().get("content-type")).startsWith("application/problem+json");
        String token = door.demo().get("access_token").asText();
        assertThat(FrontDoor.claims(token).get("sub").asText()).isEqualTo("demo");
        Answer due = door.get("/api/learning/reviews/due", token).is(200);
        assertThat(due.headers()).containsKeys("ratelimit-limit", "x-request-id", "x-content-type-options");
        door.get("/api/auth/me", token).is(200);
        door.get("/api/nothing", token).is(404);
    }

    @Test
    void aRefreshTokenThatIsUsedTwiceEndsTheSessionAndTheGatewayRefusesItsAccessToken() {
        JsonNode first = door.demo();
        String refresh = first.get("refresh_token").asText();
        JsonNode second = door.post("/api/auth/refresh", "", "{\"refresh_token\":\"" + refresh + "\"}")
                .is(200)
                .json();
        String access = second.get("access_token").asText();
        door.get("/api/auth/me", access).is(200);
        door.post("/api/auth/refresh", "", "{\"refresh_token\":\"" + refresh + "\"}")
                .is(401);
        Conditions.await(
                "every gateway refuses the session's token",
                () -> door.gateways().stream()
                        .allMatch(gateway -> door.send(gateway, "GET", "/api/auth/me", access, null, Map.of())
                                        .status()
                                == 401));
    }

    @Test
    void aProgramIsLetInByItsCode() {
        JsonNode begun = door.form("/api/auth/device_authorization", Map.of("client_id", "devmentor-cli"))
                .is(200)
                .json();
        Map<String, String> question = Map.of(
                "grant_type",
                DEVICE,
                "client_id",
                "devmentor-cli",
                "device_code",
                begun.get("device_code").asText());
        assertThat(door.form("/api/auth/token", question)
                        .is(400)
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("authorization_pending");
        assertThat(begun.get("verification_uri").asText())
                .startsWith(door.gateway(0).url());
        String person = door.demo().get("access_token").asText();
        door.post(
                        "/api/auth/device",
                        person,
                        "{\"userCode\":\"" + begun.get("user_code").asText() + "\",\"approve\":true}")
                .is(204);
        JsonNode tokens = Conditions.awaitValue("the program gets its tokens", () -> {
            Answer answer = door.form("/api/auth/token", question);
            return answer.status() == 200 ? java.util.Optional.of(answer.json()) : java.util.Optional.empty();
        });
        door.get("/api/auth/me", tokens.get("access_token").asText()).is(200);
        JsonNode refreshed = door.form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                "devmentor-cli",
                                "refresh_token",
                                tokens.get("refresh_token").asText()))
                .is(200)
                .json();
        door.get("/api/auth/me", refreshed.get("access_token").asText()).is(200);
    }

    @Test
    void nobodyNoticesThatTheKeyIsChanged() {
        String before = door.demo().get("access_token").asText();
        String operator = door.login("operator@devmentor.local", FrontDoor.DEMO_PASSWORD)
                .is(200)
                .json()
                .get("access_token")
                .asText();
        door.post("/api/auth/signing-keys/rotate", operator, "{\"distrustOld\":false}")
                .is(204);
        String after = Conditions.awaitValue("a token of the new key", () -> {
            String token = door.tokenFor("somebody", "learner", "free");
            boolean isNew = !FrontDoor.header(token)
                    .get("kid")
                    .equals(FrontDoor.header(before).get("kid"));
            return isNew ? java.util.Optional.of(token) : java.util.Optional.empty();
        });
        door.gateways().forEach(gateway -> {
            door.send(gateway, "GET", "/api/learning/reviews/due", before, null, Map.of())
                    .is(200);
            door.send(gateway, "GET", "/api/learning/reviews/due", after, null, Map.of())
                    .is(200);
        });
    }

    @Test
    void threeGatewaysShareOneLimit() throws Exception {
        String token = door.tokenFor("much-asked", "learner", "free");
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int gateway = i % 3;
            requests.add(() -> door.send(
                            door.gateway(gateway), "GET", "/api/learning/reviews/due?limit=1", token, null, Map.of())
                    .status());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (Future<Integer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(200, 429);
        assertThat(answers).filteredOn(status -> status == 200).hasSizeBetween(119, 121);
        Answer refused = door.get("/api/learning/reviews/due", token).is(429);
        assertThat(Integer.parseInt(refused.headers().get("retry-after"))).isBetween(1, 60);
    }

    @Test
    void aKeyOfAServiceAccountOpensTheDoorUntilItIsRevoked() {
        String token = door.demo().get("access_token").asText();
        String account = door.post(
                        "/api/auth/service-accounts", token, "{\"name\":\"front-door\",\"scopes\":[\"read\"]}")
                .is(201)
                .json()
                .get("id")
                .asText();
        JsonNode key = door.post("/api/auth/service-accounts/" + account + "/keys", token, "{\"perMinute\":10000}")
                .is(201)
                .json();
        Map<String, String> header = Map.of("X-API-Key", key.get("key").asText());
        Answer due = door.send(door.gateway(0), "GET", "/api/learning/reviews/due", "", null, header)
                .is(200);
        assertThat(due.json().get("learner").asText()).isEqualTo("demo");
        door.send(door.gateway(0), "POST", "/api/learning/reviews", "", "{}", header)
                .is(403);
        door.send(door.gateway(0), "GET", "/api/auth/me", "", null, header).is(403);
        door.send(door.gateway(0), "GET", "/api/learning/reviews/due", "", null, Map.of("X-API-Key", "dm_nothing"))
                .is(401);
        door.delete(
                        "/api/auth/service-accounts/" + account + "/keys/"
                                + key.get("id").asText(),
                        token)
                .is(204);
        Conditions.await(
                "the revoked key opens nothing",
                () -> door.send(door.gateway(0), "GET", "/api/learning/reviews/due", "", null, header)
                                .status()
                        == 401);
    }

    /** Last: the demo person is gone afterwards. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anErasureWithOneServiceStoppedFinishesAfterItsReturn() {
        String operator = door.login("operator@devmentor.local", FrontDoor.DEMO_PASSWORD)
                .is(200)
                .json()
                .get("access_token")
                .asText();
        JsonNode demo = door.demo();
        String token = demo.get("access_token").asText();
        door.learning().kill9();
        JsonNode erasure = door.post("/api/auth/me/erasure", token, "{\"confirm\":\"demo@devmentor.local\"}")
                .is(202)
                .json();
        String path = "/api/auth/erasures/" + erasure.at("/erasure/id").asText();
        // Through the gateway once; whoever asks in a loop is held to a limit there.
        door.get(path, operator).is(200);
        Conditions.await("the silent service is named", () -> {
            JsonNode state = door.send(door.auth(), "GET", path, operator, null, Map.of())
                    .is(200)
                    .json();
            return state.get("state").asText().equals("waiting")
                    && state.get("silent").toString().equals("[\"learning-service\"]");
        });
        door.login("demo@devmentor.local", FrontDoor.DEMO_PASSWORD).is(401);
        door.learning().start();
        Conditions.await(
                "it finishes",
                Counts.HANGS,
                () -> door.send(door.auth(), "GET", path, operator, null, Map.of())
                        .is(200)
                        .json()
                        .get("state")
                        .asText()
                        .equals("completed"));
    }
}
