package dev.devmentor.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.devmentor.auth.secondfactor.EnrolledPeopleIT;
import dev.devmentor.auth.token.TokenAnswer;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators and second factors. */
@QuarkusTest
class OperatorPolicyIT extends EnrolledPeopleIT {
    @Test
    void anOperatorSwitchesItOffForWhoHasLostEverything() {
        Person quinn = enrolled("quinn");
        Account oz = person("oz", List.of("learner", "operator"));
        TokenAnswer operator = signedIn(oz);
        String path = "/api/auth/accounts/" + quinn.account().id() + "/second-factor";
        as(signedIn(person("ann"))).delete(path).then().statusCode(403);
        as(operator).delete("/api/auth/accounts/nobody/second-factor").then().statusCode(404);
        as(operator)
                .delete("/api/auth/accounts/" + oz.id() + "/second-factor")
                .then()
                .statusCode(409)
                .body("type", endsWith("/own-account"));

        as(operator).delete(path).then().statusCode(204);

        login(quinn.email(), PASSWORD).then().statusCode(200);
        assertThat(mail(quinn.email(), "Your second factor is off")).contains("An operator has switched off");
        assertThat(rows(
                        "SELECT actor FROM audit_entry WHERE subject = ? AND action = 'second-factor.off'",
                        quinn.account().id()))
                .containsExactly(oz.id());
        as(operator).delete(path).then().statusCode(409).body("type", endsWith("/second-factor-off"));
        later(Duration.ofMinutes(14));
        as(operator).delete(path).then().statusCode(401).body("type", endsWith("/login-not-recent"));
    }

    @Test
    void whereOperatorsNeedItTheyAreLearnersWithout() {
        Account rosa = account(registered("rosa"));
        rows("UPDATE account SET roles = '{learner,operator}' WHERE id = ? RETURNING id", rosa.id());
        Response before = login(rosa.email(), PASSWORD);
        assertThat(roles(before)).isEqualTo("[\"learner\",\"operator\"]");
        as(before.jsonPath().getString("access_token"))
                .get("/api/auth/me")
                .then()
                .body("$", not(hasKey("secondFactorNeeded")));

        QuarkusMock.installMockForType(new OperatorPolicy(true), OperatorPolicy.class);
        Response without = login(rosa.email(), PASSWORD);
        without.then().statusCode(200).body("scope", not(containsString("operate")));
        assertThat(roles(without)).isEqualTo("[\"learner\"]");
        String token = without.jsonPath().getString("access_token");
        as(token).get("/api/auth/me").then().statusCode(200).body("secondFactorNeeded", equalTo(true));
        as(token).get("/api/auth/accounts/" + rosa.id()).then().statusCode(403);
        // Nor by a session that began before, once its token is renewed.
        Response refreshed =
                post("refresh", Map.of("refresh_token", before.jsonPath().getString("refresh_token")));
        assertThat(roles(refreshed)).isEqualTo("[\"learner\"]");
        assertThat(refreshed.jsonPath().getString("scope")).doesNotContain("operate");

        // Whoever switches it on has shown it.
        Person enrolled = enrolled(rosa, token);
        Response with =
                post("refresh", Map.of("refresh_token", without.jsonPath().getString("refresh_token")));
        assertThat(roles(with)).isEqualTo("[\"learner\",\"operator\"]");
        assertThat(with.jsonPath().getString("scope")).contains("operate");
        Response again = login(rosa.email(), PASSWORD, now(enrolled));
        assertThat(roles(again)).isEqualTo("[\"learner\",\"operator\"]");
        as(again.jsonPath().getString("access_token"))
                .get("/api/auth/me")
                .then()
                .body("$", not(hasKey("secondFactorNeeded")));
        as(again.jsonPath().getString("access_token"))
                .get("/api/auth/accounts/" + rosa.id())
                .then()
                .statusCode(200);
    }

    private static String roles(Response tokens) {
        return claims(tokens.jsonPath().getString("access_token")).get("roles").toString();
    }
}
