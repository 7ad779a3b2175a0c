package dev.devmentor.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.password.Passwords;
import dev.devmentor.auth.registration.Credentials;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.ProgramLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LoginIT extends PeopleIT {
    @Inject
    MeterRegistry meters;

    @Inject
    Credentials credentials;

    @Inject
    Passwords passwords;

    @AfterEach
    void theTimeIsRight() {
        nowAgain();
    }

    private static Map<String, Object> body(String email, String password) {
        return Map.of("email", email, "password", password);
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

    @Test
    void theRightPasswordGivesTokens() {
        String email = registered("anna");
        Response answer = login(email.toUpperCase(), PASSWORD);
        answer.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900));
        String token = answer.jsonPath().getString("access_token");
        as(token).get("/api/auth/me").then().statusCode(200).body("email", equalTo(email));
        assertThat(claims(token).get("sub").asText()).isEqualTo(account(email).id());

        Response cookie = post("login", Map.of("email", email, "password", PASSWORD, "cookie", true));
        cookie.then().statusCode(200).body("refresh_token", nullValue());
        assertThat(cookie.detailedCookie("devmentor_refresh").isHttpOnly()).isTrue();
        assertThat(cookie.detailedCookie("devmentor_device").getSameSite()).isEqualTo("Strict");
        from(place())
                .cookie("devmentor_refresh", cookie.cookie("devmentor_refresh"))
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/auth/refresh")
                .then()
                .statusCode(200);
    }

    /** The same answer and the same work for a wrong password and for an address that nobody has. */
    @Test
    void anUnknownAddressLooksLikeAWrongPassword() {
        String known = registered("bert");
        String unverified = address("bert");
        register(unverified, PASSWORD);
        Response wrong = login(known, "wrong password");
        wrong.then()
                .statusCode(401)
                .body("type", endsWith("/login-failed"))
                .body("detail", equalTo("the address and the password do not belong together"));
        for (String email : List.of(address("nobody"), unverified, "no address", "a@" + "b".repeat(200))) {
            double hashes = hashes();
            Response unknown = login(email, "wrong password");
            assertThat(hashes() - hashes).describedAs(email).isEqualTo(1);
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.body().asString()).isEqualTo(wrong.body().asString());
            assertThat(headers(unknown)).isEqualTo(headers(wrong));
        }
    }

    @Test
    void registeringAndAskingForALinkLookTheSameForAll() {
        String known = registered("carla");
        for (String path : List.of("register", "reset-password")) {
            Map<String, Object> wanted = new HashMap<>(Map.of("email", known));
            if (path.equals("register")) {
                wanted.put("password", PASSWORD);
            }
            double before = hashes();
            Response forKnown = post(path, wanted);
            double work = hashes() - before;
            wanted.put("email", address("nobody"));
            before = hashes();
            Response forUnknown = post(path, wanted);
            assertThat(hashes() - before).isEqualTo(work);
            assertThat(forUnknown.statusCode()).isEqualTo(forKnown.statusCode()).isEqualTo(202);
            assertThat(forUnknown.body().asString())
                    .isEqualTo(forKnown.body().asString())
                    .isEmpty();
            assertThat(headers(forUnknown)).isEqualTo(headers(forKnown));
        }
    }

    /** Medians of many, in turns, so that what else this machine does hits both; the work itself is compared above. */
    @Test
    void answersComeAtTheSameTime() {
        String known = registered("dora");
        for (String path : List.of("login", "reset-password")) {
            List<Long> forKnown = new ArrayList<>();
            List<Long> forUnknown = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                forKnown.add(time(path, known));
                forUnknown.add(time(path, address("nobody")));
            }
            double ratio = (double) median(forKnown) / median(forUnknown);
            assertThat(ratio)
                    .describedAs("%s: %s, %s", path, forKnown, forUnknown)
                    .isBetween(0.5, 2.0);
        }
    }

    private long time(String path, String email) {
        Map<String, Object> body = path.equals("login") ? body(email, "wrong password") : Map.of("email", email);
        long begun = System.nanoTime();
        post(path, body);
        return System.nanoTime() - begun;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private double hashes() {
        return meters.counter("devmentor.password.hashes").count();
    }

    @Test
    void whoGuessesWaitsLongerAndLongerAndTheOwnerDoesNot() {
        String email = registered("emil");
        String owner = place();
        String device =
                from(owner).body(body(email, PASSWORD)).post("/api/auth/login").cookie("devmentor_device");
        String attacker = place();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(from(attacker)
                    .body(body(email, "wrong " + i))
                    .post("/api/auth/login")
                    .statusCode());
        }
        assertThat(statuses).containsExactly(401, 401, 401, 429);
        from(attacker)
                .body(body(email, PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("type", endsWith("/rate-limited"));
        // From another place, and in the attacker's own net from a browser that has been here before.
        from(place()).body(body(email, PASSWORD)).post("/api/auth/login").then().statusCode(200);
        from(attacker)
                .cookie("devmentor_device", device)
                .body(body(email, PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(200);
        later(Duration.ofSeconds(2));
        from(attacker)
                .body(body(email, PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(200);

        String nobody = address("nobody");
        String other = place();
        statuses.clear();
        for (int i = 0; i < 4; i++) {
            statuses.add(from(other)
                    .body(body(nobody, "wrong " + i))
                    .post("/api/auth/login")
                    .statusCode());
        }
        assertThat(statuses).describedAs("an address that nobody has").containsExactly(401, 401, 401, 429);
    }

    @Test
    void everyTryStandsInTheLogAndNoPassword() {
        String email = registered("fritz");
        String attacker = place();
        from(attacker)
                .body(body(email, "a wrong secret"))
                .post("/api/auth/login")
                .then()
                .statusCode(401);
        login(email, PASSWORD).then().statusCode(200);
        String id = account(email).id();
        assertThat(rows("SELECT action FROM audit_entry WHERE subject = ? AND action LIKE 'login%' ORDER BY seq", id))
                .containsExactly("login.failed", "login.succeeded");
        assertThat(rows("SELECT origin FROM audit_entry WHERE subject = ? AND action = 'login.failed'", id))
                .singleElement()
                .asString()
                .contains(attacker)
                .doesNotContain("a wrong secret");
    }

    /** Neither with everything of ours logged that can be. */
    @Test
    void nothingOfAPersonIsInTheProgramsLog() {
        List<String> logged;
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, "a wrong secret", "amber cloud ladder"));
        try (ProgramLog log = ProgramLog.open()) {
            String email = registered("greta");
            login(email, "a wrong secret").then().statusCode(401);
            Response tokens = login(email, PASSWORD);
            String access = tokens.jsonPath().getString("access_token");
            String refresh = tokens.jsonPath().getString("refresh_token");
            as(access)
                    .body(Map.of("current", PASSWORD, "new", "amber cloud ladder"))
                    .post("/api/auth/me/password")
                    .then()
                    .statusCode(204);
            post("refresh", Map.of("refresh_token", refresh)).then().statusCode(200);
            post("refresh", Map.of("refresh_token", refresh)).then().statusCode(401);
            as(access + "x").get("/api/auth/me").then().statusCode(401);
            from(place())
                    .body("{\"email\":\"" + email + "\",\"password\":\"a wrong secret\"")
                    .post("/api/auth/login")
                    .then()
                    .statusCode(400);
            secrets.addAll(
                    List.of(email, account(email).id(), access, access.substring(access.lastIndexOf('.')), refresh));
            logged = log.lines();
        }
        secrets.forEach(secret -> assertThat(logged).noneMatch(line -> line.contains(secret)));
    }

    @Test
    void aHashOfOldParametersIsReplacedAtTheNextLogin() throws SQLException {
        String email = registered("gerd");
        String id = account(email).id();
        String old = com.password4j.Argon2Function.getInstance(64, 1, 1, 32, com.password4j.types.Argon2.ID)
                .hash(PASSWORD.getBytes(StandardCharsets.UTF_8), new byte[16])
                .getResult();
        transactions.execute(work -> {
            credentials.set(work.connection(), id, old);
        });
        login(email, PASSWORD).then().statusCode(200);
        assertThat(rows("SELECT phc FROM password WHERE account_id = ?", id))
                .singleElement()
                .asString()
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        login(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void anAccountOutOfUseLetsNobodyIn() throws SQLException {
        String email = registered("hanna");
        transactions.execute(work -> {
            accounts.state(work.connection(), account(email).id(), Account.State.SUSPENDED);
        });
        login(email, PASSWORD).then().statusCode(403).body("type", endsWith("/account-out-of-use"));
        login(email, "wrong password").then().statusCode(401);
    }

    @Test
    void refusesWhatIsNotAsDocumented() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("email", "a@b.example"),
                Map.of("password", "x"),
                Map.of("email", "", "password", "x"),
                Map.of("email", "a".repeat(255), "password", "x"),
                Map.of("email", "a@b.example", "password", "x".repeat(1_025)),
                Map.of("email", List.of("a@b.example"), "password", "x"),
                Map.of("email", "a@b.example", "password", 12345678),
                Map.of("email", "a@b.example", "password", "x", "admin", true))) {
            post("login", wrong).then().statusCode(400).contentType("application/problem+json");
        }
        login("a\0b@people.example", "x\0y").then().statusCode(401);
        from(place())
                .contentType("text/plain")
                .body("x")
                .post("/api/auth/login")
                .then()
                .statusCode(415);
        from(place()).get("/api/auth/login").then().statusCode(405);
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        String email = registered("ida");
        Response here = login(email, PASSWORD);
        Response there = login(email, PASSWORD);
        String token = here.jsonPath().getString("access_token");
        Map<String, String> change = Map.of("current", PASSWORD, "new", "amber cloud ladder");

        from(place()).body(change).post("/api/auth/me/password").then().statusCode(401);
        as(token)
                .body(Map.of("current", "wrong", "new", "amber cloud ladder"))
                .post("/api/auth/me/password")
                .then()
                .statusCode(401)
                .body("type", endsWith("/login-failed"));
        as(token)
                .body(Map.of("new", "amber cloud ladder"))
                .post("/api/auth/me/password")
                .then()
                .statusCode(400);
        as(token)
                .body(Map.of("current", PASSWORD, "new", PASSWORD))
                .post("/api/auth/me/password")
                .then()
                .statusCode(400);
        as(token)
                .body(Map.of("current", PASSWORD, "new", "Password2026!"))
                .post("/api/auth/me/password")
                .then()
                .statusCode(400);
        as(token).body(change).post("/api/auth/me/password").then().statusCode(204);

        post("refresh", Map.of("refresh_token", there.jsonPath().getString("refresh_token")))
                .then()
                .statusCode(401);
        post("refresh", Map.of("refresh_token", here.jsonPath().getString("refresh_token")))
                .then()
                .statusCode(200);
        login(email, PASSWORD).then().statusCode(401);
        login(email, "amber cloud ladder").then().statusCode(200);
        mail(email, "Your password was changed");
    }

    @Test
    void whoHasNoPasswordSetsOneAfterARecentLogin() {
        Account karl = person("karl");
        String token = signedIn(karl).accessToken();
        later(Duration.ofHours(2));
        String later = refreshed(karl);
        as(later)
                .body(Map.of("new", PASSWORD))
                .post("/api/auth/me/password")
                .then()
                .statusCode(401);
        nowAgain();
        as(token)
                .body(Map.of("new", PASSWORD))
                .post("/api/auth/me/password")
                .then()
                .statusCode(204);
        login(karl.email(), PASSWORD).then().statusCode(200);
    }

    /** A token that is good now of a session that began long ago. */
    private String refreshed(Account account) {
        nowAgain();
        String refresh = signedIn(account).refreshToken();
        later(Duration.ofHours(2));
        String token =
                post("refresh", Map.of("refresh_token", refresh)).jsonPath().getString("access_token");
        Conditions.await("a token", () -> token != null);
        return token;
    }

    @Test
    void aRemovedPasswordIsGoodNoMore() throws SQLException {
        String email = registered("lena");
        transactions.run(
                work -> credentials.remove(work.connection(), account(email).id()));
        login(email, PASSWORD).then().statusCode(401);
    }

    /** The answer to a guess that was right a moment ago. */
    @Test
    void whoSetsAnotherPasswordWhileTheOldOneIsCheckedIsSafeFromIt() throws Exception {
        String email = registered("ulla");
        Account ulla = account(email);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Response> login = transactions.run(work -> {
                accounts.lock(work.connection(), ulla.id());
                Future<Response> begun = thread.submit(() -> login(email, PASSWORD));
                Conditions.await("the login waits for the account", this::somebodyWaitsForARow);
                credentials.set(work.connection(), ulla.id(), passwords.hash("amber cloud ladder"));
                return begun;
            });
            login.get().then().statusCode(401).body("type", endsWith("/login-failed"));
        }
        assertThat(rows("SELECT id FROM session WHERE account_id = ?", ulla.id()))
                .isEmpty();
    }

    private boolean somebodyWaitsForARow() {
        return number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }
}
