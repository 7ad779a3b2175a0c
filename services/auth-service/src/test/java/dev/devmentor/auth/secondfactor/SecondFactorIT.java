package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.session.SecondFactorShown;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.problem.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecondFactorIT extends EnrolledPeopleIT {
    @Inject
    SecondFactorTable table;

    @Inject
    SecondFactorData data;

    @Test
    void whoSwitchesItOnIsAskedForACodeFromThenOn() {
        Account ann = account(registered("ann"));
        Response here = login(ann.email(), PASSWORD);
        Response there = login(ann.email(), PASSWORD);
        assertThat(amr(here)).isEqualTo("[\"pwd\"]");
        String token = here.jsonPath().getString("access_token");
        as(token).get(PATH).then().statusCode(200).body("on", equalTo(false)).body("since", nullValue());

        JsonPath begun = as(token).post(PATH).then().statusCode(200).extract().jsonPath();
        Authenticator app = new Authenticator(begun.getString("secret"));
        assertThat(app.secret()).hasSize(20);
        assertThat(begun.getString("uri"))
                .startsWith("otpauth://totp/DevMentor:ann-")
                .contains("?secret=" + begun.getString("secret") + "&issuer=DevMentor");
        assertThat(begun.getString("svg")).isEqualTo(QrPicture.svg(begun.getString("uri")));
        // Nobody is asked before the app has shown that it has the secret.
        login(ann.email(), PASSWORD).then().statusCode(200);
        as(token)
                .body(Map.of("code", app.wrongOnes(clock.instant(), 1).getFirst()))
                .post(PATH + "/confirm")
                .then()
                .statusCode(401)
                .body("type", endsWith("/wrong-second-factor"));
        // To begin again makes another secret.
        Authenticator again = new Authenticator(as(token).post(PATH).jsonPath().getString("secret"));
        assertThat(again.secret()).isNotEqualTo(app.secret());
        String code = again.code(clock.instant());
        Response confirmed = as(token).body(Map.of("code", code)).post(PATH + "/confirm");
        confirmed.then().statusCode(200);
        assertThat(confirmed.jsonPath().<String>getList("recoveryCodes"))
                .hasSize(10)
                .doesNotHaveDuplicates();

        as(token)
                .get(PATH)
                .then()
                .body("on", equalTo(true))
                .body("recoveryCodesLeft", equalTo(10))
                .body("since", matchesPattern("\\d{4}-.*Z"));
        as(token).post(PATH).then().statusCode(409).body("type", endsWith("/second-factor-on"));
        as(token).body(Map.of("code", code)).post(PATH + "/confirm").then().statusCode(409);
        assertThat(mail(ann.email(), "Your second factor is on")).doesNotContain(begun.getString("secret"));
        // The other session is over; this one has shown it.
        post("refresh", Map.of("refresh_token", there.jsonPath().getString("refresh_token")))
                .then()
                .statusCode(401);
        Response refreshed =
                post("refresh", Map.of("refresh_token", here.jsonPath().getString("refresh_token")));
        assertThat(amr(refreshed)).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");

        Response without = login(ann.email().toUpperCase(), PASSWORD);
        without.then().statusCode(401).body("type", endsWith("/second-factor-required"));
        assertThat(without.cookies()).isEmpty();
        login(ann.email(), PASSWORD, " ").then().statusCode(401).body("type", endsWith("/second-factor-required"));
        login(ann.email(), PASSWORD, code).then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
        later(Duration.ofSeconds(30));
        String next = again.code(clock.instant());
        Response in = login(ann.email(), PASSWORD, next.substring(0, 3) + " " + next.substring(3));
        in.then().statusCode(200);
        assertThat(amr(in)).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        assertThat(amr(post("refresh", Map.of("refresh_token", in.jsonPath().getString("refresh_token")))))
                .isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
    }

    @Test
    void aCodeIsGoodOnceAndThoseBeforeItAreGoodNoMore() {
        Person cleo = enrolled("cleo");
        later(Duration.ofSeconds(60));
        String before = cleo.app().code(clock.instant().minusSeconds(30));
        String code = now(cleo);
        login(cleo.email(), PASSWORD, code).then().statusCode(200);
        login(cleo.email(), PASSWORD, code).then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
        login(cleo.email(), PASSWORD, before).then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
        assertThat(actions(cleo).subList(2, actions(cleo).size()))
                .containsExactly("login.succeeded", "login.failed", "login.failed");
        assertThat(rows(
                        "SELECT origin FROM audit_entry WHERE subject = ? AND action = 'login.failed'",
                        cleo.account().id()))
                .hasSize(2)
                .allMatch(origin -> origin.contains("used-before"));
        assertThat(mail(cleo.email(), "Somebody tries codes of your second factor"))
                .contains("used before");
    }

    @Test
    void ofManyWhoComeWithOneCodeAtOnceOneGetsIn() throws Exception {
        Person dora = enrolled("dora");
        for (String code : List.of(now(dora), dora.codes().getFirst())) {
            List<Integer> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<Response>> logins = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    logins.add(threads.submit(() -> login(dora.email(), PASSWORD, code)));
                }
                for (Future<Response> login : logins) {
                    statuses.add(login.get().statusCode());
                }
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401);
        }
        assertThat(number(
                        "SELECT count(*) FROM session WHERE account_id = ? AND 'otp' = ANY (amr)",
                        dora.account().id()))
                .isEqualTo(3); // with that in which it was switched on
    }

    /** Two instances that have both found a code right: the database lets one of them have it. */
    @Test
    void aStepIsUsedUpOnceWhoeverHasSeenItUnused() throws SQLException {
        String emil = enrolled("emil").account().id();
        long step = clock.instant().getEpochSecond() / 30 + 10;
        transactions.execute(work -> {
            assertThat(table.use(work.connection(), emil, step)).isTrue();
        });
        transactions.execute(work -> {
            assertThat(table.use(work.connection(), emil, step)).isFalse();
            assertThat(table.use(work.connection(), emil, step - 1)).isFalse();
            assertThat(table.use(work.connection(), emil, step + 1)).isTrue();
        });
    }

    @Test
    void aRecoveryCodeLetsInOnceAndItsPersonIsTold() {
        Person fritz = enrolled("fritz");
        String code = fritz.codes().get(4);
        Response in = login(fritz.email(), PASSWORD, code.toLowerCase().replace('-', ' '));
        in.then().statusCode(200);
        assertThat(amr(in)).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        login(fritz.email(), PASSWORD, code).then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
        assertThat(mail(fritz.email(), "A recovery code was used")).contains("9 of 10 are left");
        as(fritz.token()).get(PATH).then().body("recoveryCodesLeft", equalTo(9));
        assertThat(actions(fritz)).contains("second-factor.recovery-code-used");

        // New ones, by another of the old: those are good for nothing then.
        Response made =
                as(fritz.token()).body(Map.of("code", fritz.codes().get(5))).post(PATH + "/recovery-codes");
        made.then().statusCode(200);
        List<String> fresh = made.jsonPath().getList("recoveryCodes");
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(fritz.codes());
        login(fritz.email(), PASSWORD, fritz.codes().get(6)).then().statusCode(401);
        login(fritz.email(), PASSWORD, fresh.get(9)).then().statusCode(200);
        mail(fritz.email(), "You have new recovery codes");
        assertThat(actions(fritz)).contains("second-factor.new-codes");
    }

    @Test
    void anotherPasswordByWhicheverWayDoesNotSwitchItOff() {
        Person ida = enrolled("ida");
        post("reset-password", Map.of("email", ida.email())).then().statusCode(202);
        String link = tokenOf(mail(ida.email(), "Set a new password"));
        post("reset-password/confirm", Map.of("token", link, "password", "amber cloud ladder"))
                .then()
                .statusCode(204);
        login(ida.email(), "amber cloud ladder")
                .then()
                .statusCode(401)
                .body("type", endsWith("/second-factor-required"));
        Response in = login(ida.email(), "amber cloud ladder", now(ida));
        String token = in.then().statusCode(200).extract().path("access_token");
        as(token)
                .body(Map.of("current", "amber cloud ladder", "new", "brass candle window"))
                .post("/api/auth/me/password")
                .then()
                .statusCode(204);
        login(ida.email(), "brass candle window")
                .then()
                .statusCode(401)
                .body("type", endsWith("/second-factor-required"));
        as(token).get(PATH).then().body("on", equalTo(true)).body("recoveryCodesLeft", equalTo(10));
    }

    @Test
    void itIsSwitchedOffByACodeAlone() {
        Person karl = enrolled("karl");
        as(karl.token())
                .body(Map.of("code", karl.app().wrongOnes(clock.instant(), 1).getFirst()))
                .post(PATH + "/off")
                .then()
                .statusCode(401)
                .body("type", endsWith("/wrong-second-factor"));
        as(karl.token()).body(Map.of()).post(PATH + "/off").then().statusCode(400);
        login(karl.email(), PASSWORD).then().statusCode(401);
        as(karl.token())
                .body(Map.of("code", now(karl)))
                .post(PATH + "/off")
                .then()
                .statusCode(204);

        assertThat(amr(login(karl.email(), PASSWORD))).isEqualTo("[\"pwd\"]");
        mail(karl.email(), "Your second factor is off");
        assertThat(actions(karl)).contains("second-factor.on", "second-factor.off");
        assertThat(rows(
                        "SELECT account_id FROM recovery_code WHERE account_id = ?",
                        karl.account().id()))
                .isEmpty();
        for (String path : List.of("/off", "/recovery-codes", "/confirm")) {
            as(karl.token())
                    .body(Map.of("code", karl.codes().getFirst()))
                    .post(PATH + path)
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("/second-factor-off"));
        }
    }

    @Test
    void itTakesALoginOfTheLastMinutesToSwitchItOn() {
        Account lena = person("lena");
        TokenAnswer old = signedIn(lena);
        later(Duration.ofMinutes(14));
        as(old).post(PATH).then().statusCode(401).body("type", endsWith("/login-not-recent"));
        as(old).body(Map.of("code", "123456"))
                .post(PATH + "/confirm")
                .then()
                .statusCode(401)
                .body("type", endsWith("/login-not-recent"));
    }

    /** The last step of every way in asks, also one that forgot to, or that began before it was switched on. */
    @Test
    void noWayInBeginsASessionWithoutIt() throws SQLException {
        Person mona = enrolled("mona");
        ClientInfo here = new ClientInfo("192.0.2.1", "tests");
        assertThatThrownBy(() -> signedIn(mona.account()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem().type()).asString().endsWith("/second-factor-required"));
        Instant since = transactions
                .run(work -> table.find(work.connection(), mona.account().id()))
                .orElseThrow()
                .since();
        // One that was shown of another factor, which was switched off meanwhile.
        SecondFactorShown another = new SecondFactorShown(since.minusSeconds(1));
        assertThatThrownBy(
                        () -> transactions.run(work -> signIns.signIn(work, mona.account(), here, "password", another)))
                .isInstanceOf(ProblemException.class);
        SecondFactorShown shown = new SecondFactorShown(since);
        transactions.run(work -> signIns.signIn(work, mona.account(), here, "password", shown));
    }

    @Test
    void aProgramThatIsLetInHasWhatItsPersonHasShown() {
        Person nora = enrolled("nora");
        Response browser = login(nora.email(), PASSWORD, now(nora));
        JsonPath begun = from(place())
                .contentType("application/x-www-form-urlencoded")
                .formParam("client_id", "devmentor-cli")
                .post("/api/auth/device_authorization")
                .jsonPath();
        as(browser.jsonPath().getString("access_token"))
                .body(Map.of("userCode", begun.getString("user_code"), "approve", true))
                .post("/api/auth/device")
                .then()
                .statusCode(204);
        Response tokens = from(place())
                .contentType("application/x-www-form-urlencoded")
                .formParam("client_id", "devmentor-cli")
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .formParam("device_code", begun.getString("device_code"))
                .post("/api/auth/token");
        tokens.then().statusCode(200);
        assertThat(amr(tokens)).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
    }

    @Test
    void theSecretIsSealedAndWithAnotherKeyRecoveryCodesLetInAlone() {
        Person olga = enrolled("olga");
        String id = olga.account().id();
        assertThat(rows("SELECT octet_length(sealed_secret) FROM second_factor WHERE account_id = ?", id))
                .containsExactly("48");
        // As after a change of the key, or a row that somebody took from another account.
        rows(
                "UPDATE second_factor SET sealed_secret = (SELECT sealed_secret FROM second_factor WHERE account_id = ?)"
                        + " WHERE account_id = ? RETURNING account_id",
                enrolled("other").account().id(),
                id);
        login(olga.email(), PASSWORD, now(olga)).then().statusCode(401);
        login(olga.email(), PASSWORD, olga.codes().getFirst()).then().statusCode(200);
    }

    @Test
    void anExportSaysSinceWhenAndNothingElse() throws Exception {
        Person paul = enrolled("paul");
        JsonNode section = exported(paul.account().id());
        assertThat(section.get("on").asBoolean()).isTrue();
        assertThat(Instant.parse(section.get("since").asText())).isBefore(clock.instant());
        assertThat(section.get("recoveryCodesLeft").asInt()).isEqualTo(10);
        assertThat(section.size()).isEqualTo(3);
        assertThat(exported(person("nobody").id()).toString()).isEqualTo("{\"on\":false}");
    }

    private JsonNode exported(String accountId) throws Exception {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            transactions.run(work -> {
                try {
                    data.write(work.connection(), accountId, out);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return true;
            });
        }
        return JSON.readTree(text.toString());
    }

    @Test
    void refusesBodiesThatAreNone() {
        String token = signedIn(person("sven")).accessToken();
        for (String path : List.of("/confirm", "/recovery-codes", "/off")) {
            for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                    Map.of(), Map.of("code", ""), Map.of("code", "1".repeat(65)), Map.of("code", "1", "more", 1))) {
                as(token).body(wrong).post(PATH + path).then().statusCode(400);
            }
        }
        post("login", Map.of("email", "a@b.example", "password", "x", "code", "1".repeat(65)))
                .then()
                .statusCode(400);
    }
}
