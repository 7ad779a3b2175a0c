package dev.devmentor.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.devmentor.auth.login.PeopleIT;
import dev.devmentor.auth.srp.ZeroKnowledgeEnabled;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RegistrationIT extends PeopleIT {
    @Inject
    Event<ZeroKnowledgeEnabled> enabled;

    private static final String OTHER = "amber cloud ladder";

    @AfterEach
    void theTimeIsRight() {
        nowAgain();
    }

    private static Response verify(String token) {
        return post("verify-email", Map.of("token", token));
    }

    private static Response reset(String token, String password) {
        return post("reset-password/confirm", Map.of("token", token, "password", password));
    }

    @Test
    void somebodyRegistersConfirmsTheAddressAndLogsIn() {
        String email = address("anna");
        Response answer = register(email, PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body().asString()).isEmpty();

        login(email, PASSWORD)
                .then()
                .statusCode(403)
                .body("type", endsWith("/email-not-verified"))
                .body("detail", equalTo("confirm your address first: a link was sent to it by mail"));
        login(email, "another password").then().statusCode(401);

        String text = mail(email, "Confirm your address");
        assertThat(text)
                .contains("/auth/verify#token=")
                .doesNotContain("Somebody,\n")
                .doesNotContain(PASSWORD);
        Response confirmed = verify(tokenOf(text));
        assertThat(confirmed.statusCode()).isEqualTo(204);
        assertThat(confirmed.detailedCookie("devmentor_device").isHttpOnly()).isTrue();

        login(email, PASSWORD).then().statusCode(200);
        assertThat(rows("SELECT name FROM account WHERE email = ?", email)).containsExactly("Somebody");
        assertThat(number("""
                        SELECT count(*) FROM audit_entry e JOIN account a ON a.id = e.subject WHERE a.email = ?
                        AND action IN ('account.registered', 'email.verified', 'login.not-verified', 'login.succeeded')""", email)).isEqualTo(4);
    }

    /** An account is known by NFKC of its address, so its letters go there: not to the mailbox of one that only looks so. */
    @Test
    void lettersGoToTheAddressThatTheAccountIsKnownBy() {
        String email = address("anna");
        String wide = "\uff41" + email.substring(1); // a full-width a
        register(wide, PASSWORD).then().statusCode(202);
        mail(email, "Confirm your address");
        assertThat(rows("SELECT email FROM account WHERE email_key = ?", email)).containsExactly(email);
    }

    @Test
    void aLinkIsGoodOnceAndForADay() {
        String email = address("bert");
        register(email, PASSWORD);
        String token = tokenOf(mail(email, "Confirm your address"));
        assertThat(rows("SELECT encode(hash, 'escape') FROM mail_token")).noneMatch(hash -> hash.contains(token));
        verify(token).then().statusCode(204);
        verify(token).then().statusCode(403).body("type", endsWith("/link-not-good"));

        String late = address("bert");
        register(late, PASSWORD);
        String old = tokenOf(mail(late, "Confirm your address"));
        later(Duration.ofHours(24).plusSeconds(1));
        verify(old).then().statusCode(403).body("type", endsWith("/link-not-good"));
        for (String wrong : List.of("x", "A".repeat(43), "é\n")) {
            verify(wrong).then().statusCode(403);
        }
        verify("x".repeat(101)).then().statusCode(400);
    }

    @Test
    void whoHasAnAccountIsToldByMailAlone() {
        String email = registered("carla");
        Response answer = register(email, OTHER);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(mail(email, "You have an account already"))
                .contains("nothing has changed")
                .contains("/auth/reset");
        login(email, PASSWORD).then().statusCode(200);
        login(email, OTHER).then().statusCode(401);
    }

    /** Somebody registers a stranger's address first: the stranger's own registration is the one that counts. */
    @Test
    void nobodysPasswordIsGoodForAnAddressThatTheyDidNotConfirm() {
        String email = address("dora");
        register(email, "attackers password 1");
        mail(email, "Confirm your address");
        register(email, PASSWORD);
        String own = tokenOf(mail(email, "Confirm your address", 2));
        register(email, "attackers password 2");
        String attackers = tokenOf(mail(email, "Confirm your address", 3));
        verify(own).then().statusCode(204);

        login(email, PASSWORD).then().statusCode(200);
        login(email, "attackers password 1").then().statusCode(401);
        login(email, "attackers password 2").then().statusCode(401);
        verify(attackers).then().statusCode(403);
        login(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void refusesWhatIsNotAsDocumented() {
        String email = address("emil");
        Map<String, String> good = Map.of("email", email, "password", PASSWORD);
        Map<String, Map<String, String>> wrong = Map.of(
                "'email' is no mail address", Map.of("email", "nobody"),
                "the password has fewer than 12 characters", Map.of("password", "short"),
                "the password is one that many people have, or nearly", Map.of("password", "P@ssword2026!"),
                "the password contains your name, your address or ours", Map.of("password", email.split("@")[0] + "!!"),
                "'password' is missing, or longer than any that is taken", Map.of("password", "x".repeat(1_025)),
                "'name' has at most 100 characters, none of them a control", Map.of("name", "a\nb"));
        wrong.forEach((detail, change) -> {
            Map<String, String> body = new HashMap<>(good);
            body.putAll(change);
            post("register", body).then().statusCode(400).body("detail", equalTo(detail));
        });
        from(place()).post("/api/auth/register").then().statusCode(400);
        post("register", Map.of("email", email, "password", PASSWORD, "role", "operator"))
                .then()
                .statusCode(400);
        assertThat(number("SELECT count(*) FROM account WHERE email = ?", email))
                .isZero();
        from(place()).get("/api/auth/password-policy").then().statusCode(200).body("minLength", equalTo(12));
    }

    @Test
    void aForgottenPasswordIsSetAnewByALinkAndEndsAllSessions() {
        String email = registered("fritz");
        String before = login(email, PASSWORD).jsonPath().getString("refresh_token");
        assertThat(post("reset-password", Map.of("email", email.toUpperCase())).statusCode())
                .isEqualTo(202);
        String token = tokenOf(mail(email, "Set a new password"));

        reset(token, "short").then().statusCode(400);
        Response done = reset(token, OTHER);
        assertThat(done.statusCode()).isEqualTo(204);
        String device = done.cookie("devmentor_device");
        assertThat(device).isNotEmpty();

        reset(token, PASSWORD).then().statusCode(403).body("type", endsWith("/link-not-good"));
        login(email, PASSWORD).then().statusCode(401);
        login(email, OTHER).then().statusCode(200);
        post("refresh", Map.of("refresh_token", before)).then().statusCode(401);
        mail(email, "Your password was changed");
    }

    /** Who thinks of a password that is taken after some attempts has caused no mail, and waits for none. */
    @Test
    void aPasswordThatIsRefusedCountsAsNoMail() {
        String email = address("lena");
        String here = place();
        for (int i = 0; i < 6; i++) {
            from(here)
                    .body(Map.of("email", email, "password", "password" + i + "word"))
                    .post("/api/auth/register")
                    .then()
                    .statusCode(400);
        }
        from(here)
                .body(Map.of("email", email, "password", PASSWORD))
                .post("/api/auth/register")
                .then()
                .statusCode(202);
    }

    /** Somebody reads another's mail and has asked for a link: whoever changes the password for that has locked them out. */
    @Test
    void aLinkThatWasAskedForBeforeThePasswordWasChangedSetsNone() {
        String email = registered("mara");
        post("reset-password", Map.of("email", email)).then().statusCode(202);
        String token = tokenOf(mail(email, "Set a new password"));
        as(login(email, PASSWORD).jsonPath().getString("access_token"))
                .body(Map.of("current", PASSWORD, "new", OTHER))
                .post("/api/auth/me/password")
                .then()
                .statusCode(204);
        reset(token, PASSWORD).then().statusCode(403).body("type", endsWith("/link-not-good"));
        login(email, OTHER).then().statusCode(200);
    }

    @Test
    void theWayByMailWorksHoweverManyGuess() {
        String email = registered("gerd");
        String attacker = place();
        Response refused =
                from(attacker).body(Map.of("email", email, "password", "wrong")).post("/api/auth/login");
        for (int i = 0; i < 5 && refused.statusCode() == 401; i++) {
            refused = from(attacker)
                    .body(Map.of("email", email, "password", "wrong"))
                    .post("/api/auth/login");
        }
        assertThat(refused.statusCode()).isEqualTo(429);
        // Even from the attacker's own address.
        from(attacker)
                .body(Map.of("email", email))
                .post("/api/auth/reset-password")
                .then()
                .statusCode(202);
        String token = tokenOf(mail(email, "Set a new password"));
        Response done =
                from(attacker).body(Map.of("token", token, "password", OTHER)).post("/api/auth/reset-password/confirm");
        assertThat(done.statusCode()).isEqualTo(204);
        from(attacker)
                .cookie("devmentor_device", done.cookie("devmentor_device"))
                .body(Map.of("email", email, "password", OTHER))
                .post("/api/auth/login")
                .then()
                .statusCode(200);
    }

    @Test
    void aLinkConfirmsTheAddressAndWithdrawsOlderRegistrations() {
        String email = address("hanna");
        register(email, "attackers password 1");
        String attackers = tokenOf(mail(email, "Confirm your address"));
        post("reset-password", Map.of("email", email)).then().statusCode(202);
        reset(tokenOf(mail(email, "Set a new password")), PASSWORD).then().statusCode(204);
        login(email, PASSWORD).then().statusCode(200);
        verify(attackers).then().statusCode(403);
    }

    @Test
    void nobodysMailboxIsFlooded() {
        String email = registered("ida");
        int accepted = 0;
        for (int i = 0; i < 8; i++) {
            accepted += post("reset-password", Map.of("email", email)).statusCode() == 202 ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(8);
        mail(email, "Set a new password", 5);
        Conditions.await("all are sent", () -> number("SELECT count(*) FROM mail WHERE kind = 'reset-password'") == 0);
        assertThat(subjects(email)).filteredOn("Set a new password"::equals).hasSize(5);

        String here = place();
        int status = 202;
        for (int i = 0; i < 5 && status == 202; i++) {
            status = from(here)
                    .body(Map.of("email", email))
                    .post("/api/auth/reset-password")
                    .statusCode();
        }
        assertThat(status).isEqualTo(429);
        from(here)
                .body(Map.of("email", email))
                .post("/api/auth/reset-password")
                .then()
                .header("Retry-After", org.hamcrest.Matchers.matchesPattern("[1-9][0-9]*"))
                .body("type", endsWith("/rate-limited"))
                .body("detail", containsString("mailbox"));
    }

    @Test
    void whoBecomesZeroKnowledgeHasNoHashHereAnyMore() throws SQLException {
        String email = registered("jana");
        post("reset-password", Map.of("email", email)).then().statusCode(202);
        transactions.execute(work -> {
            String id = accounts.byEmail(work.connection(), email).orElseThrow().id();
            enabled.fire(new ZeroKnowledgeEnabled(work, id));
        });
        login(email, PASSWORD).then().statusCode(401);
        assertThat(number("""
                        SELECT count(*) FROM account a LEFT JOIN password p ON p.account_id = a.id
                        LEFT JOIN mail_token t ON t.account_id = a.id
                        WHERE a.email = ? AND (p.phc IS NOT NULL OR t.hash IS NOT NULL)""", email)).isZero();
    }
}
