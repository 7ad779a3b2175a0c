package dev.devmentor.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.testkit.Conditions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionIT extends AuthIT {
    @Inject
    RedisDataSource redis;

    @Inject
    SessionEndings endings;

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private static Response refresh(String token) {
        return given().contentType("application/json")
                .body(Map.of("refresh_token", token))
                .post("/api/auth/refresh");
    }

    @Test
    void aRefreshTokenIsGoodOnceAndGivesASuccessor() {
        TokenAnswer first = signedIn(person("ann"));
        Response second = refresh(first.refreshToken());
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.jsonPath().getString("refresh_token")).isNotEqualTo(first.refreshToken());
        assertThat(claims(second.jsonPath().getString("access_token")).get("sid"))
                .isEqualTo(claims(first.accessToken()).get("sid"));
        assertThat(refresh(second.jsonPath().getString("refresh_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void reuseEndsTheSessionForBoth() {
        Account ann = person("ann");
        TokenAnswer first = signedIn(ann);
        String second = refresh(first.refreshToken()).jsonPath().getString("refresh_token");
        refresh(first.refreshToken())
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("https://devmentor.dev/problems/session-ended"));
        assertThat(refresh(second).statusCode()).isEqualTo(401);
        assertThat(rows("SELECT end_reason FROM session WHERE account_id = ?", ann.id()))
                .containsExactly("refresh-reused");
    }

    @Test
    void ofManyWhoSendTheSameTokenAtOnceOneGetsOnAndTheSessionEnds() throws Exception {
        TokenAnswer first = signedIn(person("ann"));
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> refresh(first.refreshToken()).statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(7);
        assertThat(rows(
                        "SELECT end_reason FROM session WHERE id = ?",
                        claims(first.accessToken()).get("sid").asText()))
                .containsExactly("refresh-reused");
    }

    @Test
    void aRefreshTokenEndsAfterSevenDaysAndASessionAfterThirty() {
        TokenAnswer unused = signedIn(person("ann"));
        later(Duration.ofDays(7).minusSeconds(5));
        String token = refresh(unused.refreshToken()).jsonPath().getString("refresh_token");
        assertThat(token).isNotNull();
        later(Duration.ofDays(7).plusSeconds(1));
        assertThat(refresh(token).statusCode()).isEqualTo(401);

        nowAgain();
        String used = signedIn(person("bob")).refreshToken();
        for (int i = 1; i <= 5; i++) {
            later(Duration.ofDays(6).minusSeconds(2));
            Response answer = refresh(used);
            assertThat(answer.statusCode()).as("after " + 6 * i + " days").isEqualTo(200);
            used = answer.jsonPath().getString("refresh_token");
        }
        later(Duration.ofSeconds(20));
        assertThat(refresh(used).statusCode()).isEqualTo(401);
    }

    @Test
    void onesSessionsAreSeenAndEndedAndSomebodyElsesAreNot() {
        Account ann = person("ann");
        TokenAnswer here = signedIn(ann);
        TokenAnswer there = signedIn(ann);
        TokenAnswer bobs = signedIn(person("bob"));
        String thereId = claims(there.accessToken()).get("sid").asText();
        as(here).get("/api/auth/sessions")
                .then()
                .statusCode(200)
                .body("sessions", hasSize(2))
                .body("sessions.findAll { it.current }", hasSize(1))
                .body("sessions.find { !it.current }.id", equalTo(thereId))
                .body("sessions[0].lastAddress", equalTo("192.0.2.1"));

        as(bobs).delete("/api/auth/sessions/" + thereId).then().statusCode(404);
        as(here).delete("/api/auth/sessions/" + thereId).then().statusCode(204);
        assertThat(refresh(there.refreshToken()).statusCode()).isEqualTo(401);
        as(here).delete("/api/auth/sessions").then().statusCode(204);
        assertThat(refresh(here.refreshToken()).statusCode()).isEqualTo(401);
        assertThat(refresh(bobs.refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void theGatewaysAreToldOfASessionThatEnded() {
        TokenAnswer tokens = signedIn(person("ann"));
        String session = claims(tokens.accessToken()).get("sid").asText();
        List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        var subscriber = redis.pubsub(String.class).subscribe("session.ended", heard::add);
        try {
            given().contentType("application/json")
                    .body(Map.of("refresh_token", tokens.refreshToken()))
                    .post("/api/auth/logout")
                    .then()
                    .statusCode(204);
            Conditions.await("the gateways are told", Duration.ofSeconds(20), () -> heard.contains(session));
            assertThat(redis.key().ttl("session:ended:" + session)).isBetween(60L, 960L);
        } finally {
            subscriber.unsubscribe();
        }
    }

    /** Who has nothing to say needs no Content-Type: {@code curl -X POST} sends none, {@code curl -d ''} that of a form. */
    @Test
    void aSessionEndsAndGoesOnWithoutABody() throws Exception {
        for (String type : List.of("", "application/x-www-form-urlencoded", "text/plain")) {
            TokenAnswer tokens = signedIn(person("ann"));
            assertThat(emptyPost(
                            "refresh",
                            type,
                            "Cookie",
                            "devmentor_refresh=" + tokens.refreshToken(),
                            "Sec-Fetch-Site",
                            "same-origin"))
                    .as("refresh " + type)
                    .isEqualTo(200);
            assertThat(emptyPost("logout", type, "Authorization", "Bearer " + tokens.accessToken()))
                    .as("logout " + type)
                    .isEqualTo(204);
            as(tokens).get("/api/auth/me").then().statusCode(401);
        }
    }

    private static int emptyPost(String path, String type, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/api/auth/" + path))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.noBody());
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void whoseAccessTokenHasExpiredLogsOutAllTheSame() {
        TokenAnswer tokens = signedIn(person("ann"));
        later(Duration.ofMinutes(16));
        for (String bearer : List.of(tokens.accessToken(), "nonsense")) {
            Response answer = as(bearer)
                    .body(Map.of("refresh_token", tokens.refreshToken()))
                    .post("/api/auth/logout");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.detailedCookie("devmentor_refresh").getMaxAge()).isZero();
        }
        assertThat(refresh(tokens.refreshToken()).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutRedisPeopleStayLoggedInAndWhoEndedStaysOut() {
        Account ann = person("ann");
        TokenAnswer stays = signedIn(ann);
        TokenAnswer ended = signedIn(ann);
        as(stays)
                .delete("/api/auth/sessions/"
                        + claims(ended.accessToken()).get("sid").asText())
                .then()
                .statusCode(204);
        redis.flushall();
        assertThat(refresh(ended.refreshToken()).statusCode()).isEqualTo(401);
        assertThat(refresh(stays.refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void aCookieIsTakenFromOurOwnPagesAlone() {
        TokenAnswer tokens = signedIn(person("ann"));
        given().contentType("application/json")
                .cookie("devmentor_refresh", tokens.refreshToken())
                .header("Sec-Fetch-Site", "cross-site")
                .post("/api/auth/refresh")
                .then()
                .statusCode(401);
        given().contentType("application/json")
                .cookie("devmentor_refresh", tokens.refreshToken())
                .post("/api/auth/refresh")
                .then()
                .statusCode(401);
        Response answer = given().contentType("application/json")
                .cookie("devmentor_refresh", tokens.refreshToken())
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/auth/refresh");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("refresh_token")).isNull();
        assertThat(answer.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/auth")
                .startsWith("devmentor_refresh=");
    }

    /** What the gateway says of TLS counts. */
    @Test
    void overTlsTheCookieIsForTlsAlone() {
        for (String scheme : List.of("https", "http")) {
            Response answer = given().contentType("application/json")
                    .cookie("devmentor_refresh", signedIn(person("ann")).refreshToken())
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("X-Forwarded-Proto", scheme)
                    .post("/api/auth/refresh");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.detailedCookie("devmentor_refresh").isSecured()).isEqualTo(scheme.equals("https"));
        }
    }

    @Test
    void anAccountOutOfUseEndsItsSessionAtTheNextRefresh() throws Exception {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        transactions.execute(work -> {
            accounts.state(work.connection(), ann.id(), Account.State.SUSPENDED);
        });
        assertThat(refresh(tokens.refreshToken()).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionThatEndedIsForgottenAMonthLaterAndOneThatLivesIsNot() throws Exception {
        Account ann = person("ann");
        String ended = claims(signedIn(ann).accessToken()).get("sid").asText();
        TokenAnswer lives = signedIn(ann);
        as(lives).delete("/api/auth/sessions/" + ended).then().statusCode(204);
        later(Duration.ofDays(29));
        endings.deleteOld();
        assertThat(rows("SELECT id FROM session WHERE account_id = ?", ann.id()))
                .hasSize(2);
        later(Duration.ofDays(2));
        assertThat(endings.deleteOld()).isPositive();
        assertThat(rows("SELECT id FROM session WHERE account_id = ?", ann.id()))
                .containsExactly(claims(lives.accessToken()).get("sid").asText());
        assertThat(rows("SELECT 'x' FROM refresh_token WHERE session_id = ?", ended))
                .isEmpty();
    }

    /** The account can be read, the session can't. */
    @Test
    void whoMayHaveBeenLoggedOutIsNotLetIn() throws Exception {
        TokenAnswer tokens = signedIn(person("ann"));
        rename("session", "session_away");
        try {
            as(tokens)
                    .get("/api/auth/me")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("who calls cannot be checked at the moment"));
        } finally {
            rename("session_away", "session");
        }
        as(tokens).get("/api/auth/me").then().statusCode(200);
    }

    private void rename(String table, String name) throws SQLException {
        transactions.execute(work -> {
            try (Statement alter = work.connection().createStatement()) {
                alter.execute("ALTER TABLE " + table + " RENAME TO " + name);
            }
        });
    }

    @Test
    void noTokenNoSessions() {
        given().get("/api/auth/sessions").then().statusCode(401).header("WWW-Authenticate", "Bearer");
        as("x.y.z").get("/api/auth/sessions").then().statusCode(401);
    }

    /** It needs no gateway for that, and no Redis. */
    @Test
    void theAccessTokenOfAnEndedSessionIsGoodForNothingHere() {
        Account ann = person("ann");
        TokenAnswer here = signedIn(ann);
        TokenAnswer there = signedIn(ann);
        as(here).delete("/api/auth/sessions/"
                        + claims(there.accessToken()).get("sid").asText())
                .then()
                .statusCode(204);
        as(there)
                .get("/api/auth/me")
                .then()
                .statusCode(401)
                .body("type", equalTo("https://devmentor.dev/problems/unauthorized"));
        as(there)
                .body(Map.of("name", "ci", "scopes", List.of("write")))
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(401);
        as(here).get("/api/auth/me").then().statusCode(200);
    }

    /** Two seconds of patience for each of many would be an outage. */
    @Test
    void aFrozenRedisKeepsNobodyWaiting() {
        TokenAnswer tokens = signedIn(person("ann"));
        platform.redis().pause();
        try {
            String refreshed = refresh(tokens.refreshToken()).jsonPath().getString("refresh_token");
            long begun = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                refreshed = refresh(refreshed).jsonPath().getString("refresh_token");
                as(tokens).get("/api/auth/sessions").then().statusCode(200);
            }
            assertThat(refreshed).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        } finally {
            platform.redis().resume();
        }
    }
}
