package dev.devmentor.auth.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeviceFlowIT extends AuthIT {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private static JsonPath begin() {
        return given().formParam("client_id", "devmentor-cli")
                .post("/api/auth/device_authorization")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath begin(String scope) {
        return given().formParam("client_id", "devmentor-cli")
                .formParam("scope", scope)
                .post("/api/auth/device_authorization")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response poll(JsonPath begun) {
        return given().formParam("grant_type", GRANT)
                .formParam("client_id", "devmentor-cli")
                .formParam("device_code", begun.getString("device_code"))
                .post("/api/auth/token");
    }

    private void laterBy(long seconds) {
        later(Duration.ofSeconds(seconds));
    }

    private static void decide(TokenAnswer tokens, String code, boolean approve, int status) {
        as(tokens)
                .body(Map.of("userCode", code, "approve", approve))
                .post("/api/auth/device")
                .then()
                .statusCode(status);
    }

    @Test
    void aProgramIsLetInByAPersonWhoApprovesElsewhere() {
        Account ann = person("ann");
        TokenAnswer browser = signedIn(ann);
        JsonPath begun = begin();
        assertThat(begun.getString("user_code")).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        poll(begun).then().statusCode(400).body("error", equalTo("authorization_pending"));
        as(browser)
                .get("/api/auth/device/" + begun.getString("user_code").toLowerCase(java.util.Locale.ROOT))
                .then()
                .statusCode(200)
                .body("client", equalTo("devmentor-cli"));
        decide(browser, begun.getString("user_code").replace("-", ""), true, 204);
        laterBy(6);
        Response tokens = poll(begun);
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(claims(tokens.jsonPath().getString("access_token"))
                        .get("sub")
                        .asText())
                .isEqualTo(ann.id());
        assertThat(claims(tokens.jsonPath().getString("access_token"))
                        .get("client_id")
                        .asText())
                .isEqualTo("devmentor-cli");
        laterBy(6);
        poll(begun).then().statusCode(400).body("error", equalTo("invalid_grant"));
        as(browser).get("/api/auth/sessions").then().body("sessions.size()", equalTo(2));
    }

    @Test
    void theSecretOfAProgramIsKeptAsAHash() {
        JsonPath begun = begin();
        assertThat(rows(
                        "SELECT encode(device_code_hash, 'hex') FROM device_grant WHERE user_code = ?",
                        begun.getString("user_code")))
                .containsExactly(HexFormat.of().formatHex(sha256(begun.getString("device_code"))));
        assertThat(rows("SELECT g::text || encode(device_code_hash, 'escape') FROM device_grant g"))
                .noneMatch(row -> row.contains(begun.getString("device_code")));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whoAsksTooOftenIsToldToSlowDown() {
        JsonPath begun = begin();
        poll(begun).then().body("error", equalTo("authorization_pending"));
        poll(begun).then().body("error", equalTo("slow_down"));
        laterBy(6);
        poll(begun).then().body("error", equalTo("slow_down")); // every 10 seconds from now on, RFC 8628 3.5
        laterBy(60);
        poll(begun).then().body("error", equalTo("authorization_pending"));
    }

    @Test
    void whoIsRefusedOrLateGetsNothing() {
        TokenAnswer browser = signedIn(person("ann"));
        JsonPath denied = begin();
        decide(browser, denied.getString("user_code"), false, 204);
        poll(denied).then().statusCode(400).body("error", equalTo("access_denied"));
        decide(browser, denied.getString("user_code"), true, 404);

        JsonPath late = begin();
        later(Duration.ofMinutes(10).plusSeconds(1));
        poll(late).then().statusCode(400).body("error", equalTo("expired_token"));
        TokenAnswer again = signedIn(person("ann"));
        decide(again, late.getString("user_code"), true, 404);
    }

    @Test
    void aCodeThatIsNoneIsNotFoundAndNobodyApprovesWithoutAToken() {
        TokenAnswer browser = signedIn(person("ann"));
        decide(browser, "AAAA-AAAA", true, 404);
        as(browser).get("/api/auth/device/XXXX-XXXX").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"userCode\":\"BBBB-BBBB\",\"approve\":true}")
                .post("/api/auth/device")
                .then()
                .statusCode(401);
        given().formParam("client_id", "nobody")
                .post("/api/auth/device_authorization")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    /** RFC 8628 3.1: what a program asks for is what it gets, and no more. */
    @Test
    void aProgramThatAsksForLessGetsLess() {
        TokenAnswer browser = signedIn(person("ann"));
        JsonPath begun = begin("learning:read operate");
        as(browser)
                .get("/api/auth/device/" + begun.getString("user_code"))
                .then()
                .body("scope", equalTo("learning:read")); // she is no operator
        decide(browser, begun.getString("user_code"), true, 204);
        Response tokens = poll(begun);
        assertThat(tokens.jsonPath().getString("scope")).isEqualTo("learning:read");
        assertThat(claims(tokens.jsonPath().getString("access_token"))
                        .get("scope")
                        .asText())
                .isEqualTo("learning:read");
        given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "devmentor-cli")
                .formParam("refresh_token", tokens.jsonPath().getString("refresh_token"))
                .formParam("scope", "learning:read account")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));

        JsonPath nothing = begin("operate");
        decide(browser, nothing.getString("user_code"), true, 204);
        poll(nothing).then().statusCode(400).body("error", equalTo("access_denied"));
        given().formParam("client_id", "devmentor-cli")
                .formParam("scope", "learning:read everything")
                .post("/api/auth/device_authorization")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void whoLetsSeveralProgramsInIsTakenForNobodyWhoGuesses() {
        TokenAnswer browser = signedIn(person("ann"));
        for (int i = 0; i < 6; i++) {
            JsonPath begun = begin();
            as(browser)
                    .get("/api/auth/device/" + begun.getString("user_code"))
                    .then()
                    .statusCode(200);
            decide(browser, begun.getString("user_code"), true, 204);
        }
    }

    /** Nor does a code of one's own, shown in between, make guesses at those of others free. */
    @Test
    void whoGuessesIsNotForgivenForACodeOfTheirOwn() {
        TokenAnswer browser = signedIn(person("ann"));
        String own = "/api/auth/device/" + begin().getString("user_code");
        // As often as it takes for a wait that is longer than two requests on any machine: 16 seconds.
        for (int i = 0; i < 7; i++) {
            later(Duration.ofSeconds(16));
            as(browser).get("/api/auth/device/BCDF-GHJK").then().statusCode(404);
            later(Duration.ofSeconds(16));
            as(browser).get(own).then().statusCode(200);
        }
        as(browser).get("/api/auth/device/BCDF-GHJK").then().statusCode(429);
    }

    @Test
    void aDecisionSaysWhatItIs() {
        TokenAnswer browser = signedIn(person("ann"));
        JsonPath begun = begin();
        as(browser)
                .body(Map.of("userCode", begun.getString("user_code")))
                .post("/api/auth/device")
                .then()
                .statusCode(400);
        poll(begun).then().body("error", equalTo("authorization_pending"));
    }

    /** Whoever had the session that is distrusted now may have let the program in. */
    @Test
    void whatWasApprovedIsWorthNoMoreThanTheSessionsOfThen() throws Exception {
        for (String end : List.of("all", "one", "reuse", "suspended", "logout")) {
            Account ann = person("ann");
            TokenAnswer browser = signedIn(ann);
            TokenAnswer other = signedIn(ann);
            JsonPath begun = begin();
            decide(browser, begun.getString("user_code"), true, 204);
            switch (end) {
                case "all" -> as(other).delete("/api/auth/sessions").then().statusCode(204);
                case "one" ->
                    as(other)
                            .delete("/api/auth/sessions/"
                                    + claims(browser.accessToken()).get("sid").asText())
                            .then()
                            .statusCode(204);
                case "reuse" -> {
                    for (int status : new int[] {200, 401}) {
                        given().contentType("application/json")
                                .body(Map.of("refresh_token", browser.refreshToken()))
                                .post("/api/auth/refresh")
                                .then()
                                .statusCode(status);
                    }
                }
                case "suspended" -> {
                    TokenAnswer oz = signedIn(person("oz", List.of("learner", "operator")));
                    for (String state : List.of("suspended", "active")) {
                        as(oz).body(Map.of("state", state))
                                .patch("/api/auth/accounts/" + ann.id())
                                .then()
                                .statusCode(200);
                    }
                }
                default -> as(browser).post("/api/auth/logout").then().statusCode(204);
            }
            // To leave is no sign of distrust: who approves and logs out has let the program in.
            int expected = end.equals("logout") ? 200 : 400;
            assertThat(poll(begun).statusCode()).as(end).isEqualTo(expected);
        }
    }

    @Test
    void anEndedSessionLetsNoProgramIn() {
        Account ann = person("ann");
        TokenAnswer stolen = signedIn(ann);
        as(signedIn(ann)).delete("/api/auth/sessions").then().statusCode(204);
        JsonPath begun = begin();
        decide(stolen, begun.getString("user_code"), true, 401);
        poll(begun).then().statusCode(400).body("error", equalTo("authorization_pending"));
    }
}
