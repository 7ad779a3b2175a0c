package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.login.PeopleIT;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecondFactorIT extends PeopleIT {
    private static final String PATH = "/api/auth/me/second-factor";
    private static final String NEEDED = "devmentor.auth.operators-need-second-factor";

    @Inject
    SecondFactorTable table;

    @Inject
    SecondFactorData data;

    @AfterEach
    void itIsNow() {
        System.clearProperty(NEEDED);
        nowAgain();
    }

    /**
     * Somebody with a password and a second factor.
     *
     * @param token of the session in which they switched it on
     */
    private record Person(Account account, Authenticator app, List<String> codes, String token) {
        String email() {
            return account.email();
        }
    }

    private Person enrolled(String name) {
        Account account = account(registered(name));
        Response login = login(account.email(), PASSWORD);
        return enrolled(account, login.jsonPath().getString("access_token"));
    }

    private Person enrolled(Account account, String token) {
        Authenticator app = new Authenticator(
                as(token).post(PATH).then().statusCode(200).extract().path("secret"));
        Response confirmed =
                as(token).body(Map.of("code", app.code(clock.instant()))).post(PATH + "/confirm");
        confirmed.then().statusCode(200).header("Cache-Control", "no-store");
        // The step of the code that was taken is over.
        later(Duration.ofSeconds(30));
        return new Person(account, app, confirmed.jsonPath().getList("recoveryCodes"), token);
    }

    private Account account(String email) {
        try {
            return transactions
                    .run(work -> accounts.byEmail(work.connection(), email))
                    .orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response login(String email, String password, String code) {
        return login(place(), null, email, password, code);
    }

    private static Response login(String place, String device, String email, String password, String code) {
        var request = from(place);
        if (device != null) {
            request.cookie("devmentor_device", device);
        }
        return request.body(Map.of("email", email, "password", password, "code", code))
                .post("/api/auth/login");
    }

    private String now(Person person) {
        return person.app().code(clock.instant());
    }

    private static String amr(Response tokens) {
        return claims(tokens.jsonPath().getString("access_token")).path("amr").toString();
    }

    private List<String> actions(Person person) {
        return rows(
                "SELECT action FROM audit_entry WHERE subject = ? AND (action LIKE 'second-factor%' OR action LIKE 'login%')"
                        + " ORDER BY seq",
                person.account().id());
    }

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

    /** Only who has the password hears that there is more to show. */
    @Test
    void aWrongPasswordLooksAsIfThereWereNone() {
        Person ben = enrolled("ben");
        Response wrong = login(ben.email(), "wrong password", now(ben));
        Response nobody = login(address("nobody"), "wrong password", now(ben));
        wrong.then().statusCode(401).body("type", endsWith("/login-failed"));
        assertThat(nobody.asString()).isEqualTo(wrong.asString());
        assertThat(headers(nobody)).isEqualTo(headers(wrong));
        // The code has not been used up by that.
        login(ben.email(), PASSWORD, now(ben)).then().statusCode(200);
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

    /** Whoever has the password waits from everywhere together; the owner has ways in that nobody else can close. */
    @Test
    void whoGuessesCodesWaitsFromWhereverAndTheOwnerGetsIn() {
        Person greta = enrolled("greta");
        String device = login(greta.email(), PASSWORD, now(greta)).cookie("devmentor_device");
        later(Duration.ofSeconds(30));
        // Three are free, then each wait is twice as long as the last: the one in the end is longer than a login takes
        // anywhere.
        for (int waited : new int[] {0, 0, 0, 1, 2, 4, 8}) {
            later(Duration.ofSeconds(waited));
            // The right password in between takes nothing of it back.
            login(greta.email(), PASSWORD).then().statusCode(401);
            login(greta.email(), PASSWORD, wrongOne(greta)).then().statusCode(401);
        }
        login(greta.email(), PASSWORD, wrongOne(greta)).then().statusCode(429);
        login(greta.email(), PASSWORD, now(greta))
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("type", endsWith("/rate-limited"));
        assertThat(mail(greta.email(), "Somebody tries codes of your second factor"))
                .contains("They did not get in");
        assertThat(subjects(greta.email()).stream().filter("Somebody tries codes of your second factor"::equals))
                .hasSize(1);

        login(greta.email(), PASSWORD, greta.codes().getFirst()).then().statusCode(200);
        login(place(), device, greta.email(), PASSWORD, now(greta)).then().statusCode(200);
        later(Duration.ofSeconds(31));
        login(greta.email(), PASSWORD, now(greta)).then().statusCode(200);
    }

    private String wrongOne(Person person) {
        return person.app().wrongOnes(clock.instant(), 1).getFirst();
    }

    /** Of those who do not even have the password. */
    @Test
    void aFloodOfWrongPasswordsKeepsNobodyFromARecoveryCode() {
        Person gerd = enrolled("gerd");
        int tries = 0;
        while (login(gerd.email(), "wrong password").statusCode() == 401) {
            tries++;
        }
        assertThat(tries).isGreaterThanOrEqualTo(50);
        String place = place();
        Response asked = login(place, null, gerd.email(), PASSWORD, gerd.codes().getFirst());
        asked.then().statusCode(429).header("Retry-After", matchesPattern("[1-5]"));
        later(Duration.ofSeconds(Long.parseLong(asked.header("Retry-After"))));
        login(place, null, gerd.email(), PASSWORD, gerd.codes().getFirst())
                .then()
                .statusCode(200);
    }

    /** What may be tried within a day, at worst, of a million codes of which three are right. */
    @Test
    void guessingSixDigitsIsHopeless() {
        Person hanna = enrolled("hanna");
        Iterable<String> wrong = hanna.app().wrongOnes(clock.instant(), 1);
        int tries = 0;
        Instant end = clock.instant().plus(Duration.ofDays(1));
        String code = wrong.iterator().next();
        while (clock.instant().isBefore(end)) {
            Response answer = login(hanna.email(), PASSWORD, code);
            if (answer.statusCode() == 429) {
                later(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After"))));
            } else {
                answer.then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
                tries++;
            }
        }
        assertThat(tries).isBetween(15, 60);
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
                .body("$", not(org.hamcrest.Matchers.hasKey("secondFactorNeeded")));

        System.setProperty(NEEDED, "true");
        Response without = login(rosa.email(), PASSWORD);
        without.then().statusCode(200).body("scope", not(org.hamcrest.Matchers.containsString("operate")));
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
                .body("$", not(org.hamcrest.Matchers.hasKey("secondFactorNeeded")));
        as(again.jsonPath().getString("access_token"))
                .get("/api/auth/accounts/" + rosa.id())
                .then()
                .statusCode(200);
    }

    private static String roles(Response tokens) {
        return claims(tokens.jsonPath().getString("access_token")).get("roles").toString();
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
