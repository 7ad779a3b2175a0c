package dev.devmentor.auth.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditResourceIT extends AuthIT {
    @Inject
    AuditLog log;

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private void record(AuditEntry entry) throws SQLException {
        transactions.execute(work -> {
            log.record(work.connection(), entry);
        });
    }

    private String operator() {
        return signedIn(person("olga", List.of("operator"))).accessToken();
    }

    @Test
    void peopleSeeWhatConcernsThemAndNotWho() throws SQLException {
        Account anna = person("anna");
        Account bert = person("bert");
        String token = signedIn(anna).accessToken();
        record(AuditEntry.of("test.first", anna.id(), "192.0.2.4").with("n", "1"));
        record(AuditEntry.of("test.others", bert.id(), "192.0.2.5"));
        record(AuditEntry.of("test.second", anna.id(), "192.0.2.6").by("u-operator"));

        as(token)
                .get("/api/auth/audit")
                .then()
                .statusCode(200)
                .body("entries.subject", everyItem(equalTo(anna.id())))
                .body("entries[0].action", equalTo("test.second"))
                .body("entries[0].actor", equalTo("somebody else"))
                .body("entries[0].address", nullValue())
                .body("entries[1].action", equalTo("test.first"))
                .body("entries[1].address", equalTo("192.0.2.4"))
                .body("entries[1].details.n", equalTo("1"))
                .body("entries[1].actor", nullValue());
        as(token).get("/api/auth/audit?subject=" + bert.id()).then().statusCode(403);
        as(operator())
                .get("/api/auth/audit?subject=" + anna.id() + "&action=test.second")
                .then()
                .statusCode(200)
                .body("entries.size()", is(1))
                .body("entries[0].actor", equalTo("u-operator"));
    }

    /** Once an hour for each operation, however often and with which id somebody tries. */
    @Test
    void whoWantsWhatTheirRoleMayNotDoIsNotedOnceAnHour() {
        Account dora = person("dora");
        String token = signedIn(dora).accessToken();
        String place = "198.51.100.7";
        for (String id : List.of("a", "b", "c")) {
            as(token)
                    .header("X-Forwarded-For", place)
                    .get("/api/auth/accounts/" + id)
                    .then()
                    .statusCode(403);
        }
        given().get("/api/auth/accounts/a").then().statusCode(401);
        as(token).post("/api/auth/signing-keys/rotate").then().statusCode(403);
        Conditions.await("both are noted", () -> refusals(dora).size() == 2);
        assertThat(refusals(dora))
                .anyMatch(origin -> origin.contains("GET /api/auth/accounts/a") && origin.contains(place))
                .anyMatch(origin -> origin.contains("POST /api/auth/signing-keys/rotate"));
        later(Duration.ofMinutes(61));
        // Its token would have expired by then.
        String later = signedIn(dora).accessToken();
        as(later).get("/api/auth/accounts/d").then().statusCode(403);
        Conditions.await("it is noted again", () -> refusals(dora).size() == 3);
    }

    private List<String> refusals(Account account) {
        return rows(
                "SELECT origin FROM audit_entry WHERE subject = ? AND action = 'access.refused' ORDER BY seq",
                account.id());
    }

    @Test
    void pagesNameEachEntryOnce() throws SQLException {
        Account carla = person("carla");
        for (int i = 0; i < 5; i++) {
            record(AuditEntry.of("test.paged", carla.id(), null).with("n", "" + i));
        }
        String token = signedIn(carla).accessToken();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = as(token).get("/api/auth/audit?action=test.paged&limit=2" + cursor);
            seen.addAll(page.jsonPath().getList("entries.details.n"));
            String next = page.jsonPath().getString("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertThat(seen).containsExactly("4", "3", "2", "1", "0");
        for (String wrong :
                List.of("limit=0", "limit=x", "cursor=%21", "since=yesterday", "action=" + "x".repeat(129))) {
            as(token).get("/api/auth/audit?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void operatorsHaveTheChainChecked() throws SQLException {
        record(AuditEntry.of("test.checked", null, null));
        String operator = operator();
        Map<String, Object> head = as(operator)
                .post("/api/auth/audit/verify")
                .then()
                .statusCode(200)
                .body("verified", is(true))
                .body("firstDifference", nullValue())
                .extract()
                .jsonPath()
                .getMap("head");
        as(operator)
                .body(head)
                .post("/api/auth/audit/verify")
                .then()
                .statusCode(200)
                .body("verified", is(true));
        as(operator)
                .body(Map.of("seq", head.get("seq"), "hash", "0".repeat(64)))
                .post("/api/auth/audit/verify")
                .then()
                .body("verified", is(false))
                .body("firstDifference.seq", equalTo(head.get("seq")));
        as(operator)
                .body(Map.of("seq", 1, "hash", "short"))
                .post("/api/auth/audit/verify")
                .then()
                .statusCode(400);
        as(operator).get("/api/auth/audit").then().body("entries.action", hasItem("test.checked"));
    }

    @Test
    void refusesStrangersAndLearners() {
        given().get("/api/auth/audit").then().statusCode(401);
        given().contentType("application/json")
                .post("/api/auth/audit/verify")
                .then()
                .statusCode(401);
        as(signedIn(person("dora"))).post("/api/auth/audit/verify").then().statusCode(403);
    }
}
