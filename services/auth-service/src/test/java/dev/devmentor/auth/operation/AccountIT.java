package dev.devmentor.auth.operation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountIT extends AuthIT {
    private Account oz;
    private TokenAnswer operator;

    @BeforeEach
    void anOperator() {
        oz = person("oz", List.of("learner", "operator"));
        operator = signedIn(oz);
    }

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private Response decide(String id, String body) {
        return as(operator).body(body).patch("/api/auth/accounts/" + id);
    }

    /** As the account is now. */
    private Account now(Account account) throws SQLException {
        return transactions
                .run(work -> accounts.byId(work.connection(), account.id()))
                .orElseThrow();
    }

    private static int refresh(TokenAnswer tokens) {
        return given().contentType("application/json")
                .body(Map.of("refresh_token", tokens.refreshToken()))
                .post("/api/auth/refresh")
                .statusCode();
    }

    @Test
    void aTierIsInTheNextTokenAndNobodyIsLoggedOutByIt() throws Exception {
        Account ann = person("ann");
        TokenAnswer before = signedIn(ann);
        as(operator)
                .queryParam("email", ann.email())
                .get("/api/auth/accounts")
                .then()
                .statusCode(200)
                .body("id", equalTo(ann.id()))
                .body("tier", equalTo("free"));
        decide(ann.id(), "{\"tier\":\"premium\"}")
                .then()
                .statusCode(200)
                .body("tier", equalTo("premium"))
                .body("roles", contains("learner"));
        assertThat(claims(signedIn(now(ann)).accessToken()).get("tier").asText())
                .isEqualTo("premium");
        assertThat(refresh(before)).isEqualTo(200);
        assertThat(rows("SELECT action FROM audit_entry WHERE subject = ? AND action = 'account.decided'", ann.id()))
                .hasSize(1);
    }

    @Test
    void whoIsSuspendedIsOutAtOnceAndBackWhenItIsTakenBack() {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        decide(ann.id(), "{\"state\":\"suspended\"}").then().statusCode(200).body("state", equalTo("suspended"));
        assertThat(refresh(tokens)).isEqualTo(401);
        decide(ann.id(), "{\"state\":\"active\"}").then().statusCode(200);
        assertThat(refresh(signedIn(ann))).isEqualTo(200);
    }

    @Test
    void whoLosesARoleIsLoggedOutAndWhoGetsOneIsNot() throws Exception {
        Account ann = person("ann");
        TokenAnswer learner = signedIn(ann);
        decide(ann.id(), "{\"roles\":[\"operator\",\"learner\"]}").then().statusCode(200);
        assertThat(refresh(learner)).isEqualTo(200);
        TokenAnswer both = signedIn(now(ann));
        assertThat(claims(both.accessToken()).get("roles").toString()).isEqualTo("[\"learner\",\"operator\"]");
        decide(ann.id(), "{\"roles\":[\"learner\"]}").then().statusCode(200);
        assertThat(refresh(both)).isEqualTo(401);
    }

    @Test
    void nobodyTakesThemselvesOut() {
        decide(oz.id(), "{\"state\":\"suspended\"}").then().statusCode(409);
        decide(oz.id(), "{\"roles\":[\"learner\"]}").then().statusCode(409);
        decide(oz.id(), "{\"tier\":\"premium\"}").then().statusCode(200);
    }

    @Test
    void itIsForOperatorsWhoHaveJustLoggedIn() {
        Account ann = person("ann");
        as(signedIn(ann))
                .body("{\"tier\":\"premium\"}")
                .patch("/api/auth/accounts/" + ann.id())
                .then()
                .statusCode(403);
        given().get("/api/auth/accounts/" + ann.id()).then().statusCode(401);
        later(Duration.ofMinutes(11));
        decide(ann.id(), "{\"tier\":\"premium\"}")
                .then()
                .statusCode(401)
                .body("type", equalTo("https://devmentor.dev/problems/login-not-recent"));
    }

    @Test
    void inputIsChecked() throws Exception {
        Account ann = person("ann");
        decide(ann.id(), "{\"tier\":\"gold\"}").then().statusCode(400);
        decide(ann.id(), "{\"roles\":[\"service\"]}").then().statusCode(400);
        decide(ann.id(), "{\"roles\":[]}").then().statusCode(400);
        decide(ann.id(), "{\"state\":\"erasing\"}").then().statusCode(400);
        decide("nobody", "{\"tier\":\"free\"}").then().statusCode(404);
        as(operator).get("/api/auth/accounts").then().statusCode(400);
        as(operator).get("/api/auth/accounts/nobody").then().statusCode(404);
        transactions.execute(work -> accounts.state(work.connection(), ann.id(), Account.State.ERASING));
        decide(ann.id(), "{\"state\":\"active\"}").then().statusCode(409);
    }
}
