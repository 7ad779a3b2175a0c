package dev.devmentor.auth.team;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TeamIT extends AuthIT {
    private static String create(TokenAnswer tokens, String name) {
        return as(tokens)
                .body(Map.of("name", name))
                .post("/api/auth/teams")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void invite(TokenAnswer owner, String team, String email, int status) {
        as(owner)
                .body(Map.of("email", email))
                .post("/api/auth/teams/" + team + "/members")
                .then()
                .statusCode(status);
    }

    @Test
    void aPersonIsInATeamOnceTheyAcceptAndTheirTokensSaySo() {
        Account bob = person("bob");
        TokenAnswer ann = signedIn(person("ann"));
        TokenAnswer bobs = signedIn(bob);
        String team = create(ann, "Core");
        assertThat(claims(signedIn(bob).accessToken()).get("teams")).isEmpty();
        invite(ann, team, bob.email().toUpperCase(java.util.Locale.ROOT), 202);
        as(bobs).get("/api/auth/teams").then().body("teams[0].state", equalTo("invited"));
        as(bobs).get("/api/auth/teams/" + team + "/members").then().statusCode(404);
        assertThat(claims(signedIn(bob).accessToken()).get("teams")).isEmpty();
        as(bobs).post("/api/auth/teams/" + team + "/acceptance").then().statusCode(204);
        assertThat(claims(signedIn(bob).accessToken()).get("teams").get(0).asText())
                .isEqualTo(team);
        as(bobs).get("/api/auth/teams/" + team + "/members").then().body("members", hasSize(2));
        invite(bobs, team, "x@people.example", 403);
    }

    @Test
    void invitingSaysTheSameWhetherThereIsAnAccount() {
        TokenAnswer ann = signedIn(person("ann"));
        String team = create(ann, "Core");
        invite(ann, team, fresh("nobody") + "@people.example", 202);
        as(ann).get("/api/auth/teams/" + team + "/members").then().body("members", hasSize(1));
    }

    @Test
    void aTeamAlwaysHasAnOwnerAndGoesWithItsLastMember() {
        Account bob = person("bob");
        TokenAnswer ann = signedIn(person("ann"));
        TokenAnswer bobs = signedIn(bob);
        String team = create(ann, "Core");
        invite(ann, team, bob.email(), 202);
        as(bobs).post("/api/auth/teams/" + team + "/acceptance").then().statusCode(204);
        String annsId = claims(ann.accessToken()).get("sub").asText();
        as(bobs).delete("/api/auth/teams/" + team + "/members/" + annsId).then().statusCode(403);
        as(ann).delete("/api/auth/teams/" + team + "/members/" + annsId).then().statusCode(204);
        as(bobs).get("/api/auth/teams").then().body("teams[0].role", equalTo("owner"));
        as(bobs).delete("/api/auth/teams/" + team + "/members/" + bob.id())
                .then()
                .statusCode(204);
        assertThat(rows("SELECT id FROM team WHERE id = ?", team)).isEmpty();
    }

    @Test
    void somebodyElsesTeamDoesNotExist() {
        TokenAnswer eve = signedIn(person("eve"));
        String team = create(signedIn(person("ann")), "Core");
        as(eve).get("/api/auth/teams/" + team + "/members").then().statusCode(404);
        as(eve).post("/api/auth/teams/" + team + "/acceptance").then().statusCode(404);
        invite(eve, team, "x@people.example", 404);
        given().get("/api/auth/teams").then().statusCode(401);
    }
}
