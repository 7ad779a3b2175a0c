package dev.devmentor.auth.github;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.login.PeopleIT;
import dev.devmentor.auth.secondfactor.Authenticator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GitHubServer.class)
class GitHubIT extends PeopleIT {
    private static final AtomicLong IDS = new AtomicLong(1_000);

    @Inject
    GitHubTable table;

    @AfterEach
    void theTimeIsRight() {
        nowAgain();
    }

    /** A browser on its way: what it has to bring back, and where to. */
    private record Way(String cookie, String back) {
        Response go() {
            return go(cookie, back);
        }

        static Response go(String cookie, String back) {
            var request = from(place()).redirects().follow(false).urlEncodingEnabled(false);
            if (cookie != null) {
                request.cookie("devmentor_github", cookie);
            }
            return request.get(back);
        }
    }

    /** Begins here and agrees at GitHub. */
    private static Way way(String query, String person) {
        Response begun = from(place()).redirects().follow(false).get("/api/auth/github" + query);
        assertThat(begun.statusCode()).isEqualTo(303);
        return agreed(begun.cookie("devmentor_github"), begun.header("Location"), person);
    }

    private static Way agreed(String cookie, String authorize, String person) {
        String back = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .get(authorize + "&" + person)
                .header("Location");
        assertThat(back).contains("/api/auth/github/callback?state=");
        return new Way(cookie, back);
    }

    private static String person(long id, String email) {
        return "as=" + id + ":octo-" + id + "&email=" + email;
    }

    private static String failure(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.cookie("devmentor_refresh")).isNull();
        String location = answer.header("Location");
        return location.substring(location.indexOf("/auth/"));
    }

    private static String token(Response arrived) {
        return from(place())
                .cookie("devmentor_refresh", arrived.cookie("devmentor_refresh"))
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/auth/refresh")
                .jsonPath()
                .getString("access_token");
    }

    @Test
    void somebodyNewLogsInWithGitHub() {
        String email = address("mona");
        long id = IDS.incrementAndGet();
        Response begun = from(place()).redirects().follow(false).get("/api/auth/github");
        assertThat(begun.header("Location"))
                .contains("code_challenge_method=S256")
                .contains("client_id=test-app")
                .contains("scope=read%3Auser+user%3Aemail&")
                .doesNotContain("test-secret");
        assertThat(begun.detailedCookie("devmentor_github").isHttpOnly()).isTrue();
        assertThat(begun.detailedCookie("devmentor_github").getSameSite()).isEqualTo("Lax");

        Response arrived = way("?next=/auth/device", person(id, email)).go();

        assertThat(arrived.statusCode()).isEqualTo(303);
        assertThat(arrived.header("Location")).endsWith("/auth/device").doesNotContain("token");
        assertThat(arrived.cookie("devmentor_device")).isNotEmpty();
        String token = token(arrived);
        as(token)
                .get("/api/auth/me")
                .then()
                .statusCode(200)
                .body("email", equalTo(email))
                .body("emailVerified", is(true))
                .body("name", equalTo("Mona Lisa"));
        as(token)
                .get("/api/auth/github/link")
                .then()
                .body("linked", is(true))
                .body("login", equalTo("octo-" + id))
                .body("repositories", is(false));
        assertThat(rows("SELECT sealed_token IS NULL FROM github_link WHERE github_id = ?", id))
                .containsExactly("t");
        // Again, with another address: it is the account of GitHub that counts.
        String again = token(way("", person(id, address("mona"))).go());
        assertThat(claims(again).get("sub")).isEqualTo(claims(token).get("sub"));
    }

    @Test
    void whoseAddressIsVerifiedOnBothSidesGetsTheirAccount() {
        String email = registered("bert");
        Response arrived =
                way("", person(IDS.incrementAndGet(), email.toUpperCase())).go();
        as(token(arrived)).get("/api/auth/me").then().body("email", equalTo(email));
        mail(email, "You can log in with GitHub now");
        login(email, PASSWORD).then().statusCode(200);
        // Another account of GitHub with the same address does not take its place.
        assertThat(failure(way("", person(IDS.incrementAndGet(), email)).go()))
                .isEqualTo("/auth/login?error=github-account");
    }

    /** Somebody registered the address before, without having it. */
    @Test
    void aRegistrationThatNobodyConfirmedGivesNoWayIn() {
        String email = address("carla");
        register(email, "attackers password 1");
        String attackers = tokenOf(mail(email, "Confirm your address"));
        Response arrived = way("", person(IDS.incrementAndGet(), email)).go();
        as(token(arrived)).get("/api/auth/me").then().body("emailVerified", is(true));
        login(email, "attackers password 1").then().statusCode(401);
        post("verify-email", Map.of("token", attackers)).then().statusCode(403);
        login(email, "attackers password 1").then().statusCode(401);
    }

    @Test
    void anAddressThatGitHubHasNotVerifiedIsNobodys() {
        String email = registered("dora");
        for (String unsure : List.of("&verified=false", "&primary=false", "&verified=\"true\"", "&verified=1")) {
            Way way = way("", person(IDS.incrementAndGet(), email) + unsure.replace("\"", "%22"));
            assertThat(failure(way.go())).describedAs(unsure).isEqualTo("/auth/login?error=github-email");
        }
    }

    @Test
    void onlyTheBrowserThatBeganComesToTheEndAndOnce() {
        String email = address("emil");
        String someone = person(IDS.incrementAndGet(), email);
        Way way = way("", someone);
        Way other = way("", person(IDS.incrementAndGet(), address("attacker")));
        String state = "/auth/login?error=github-state";
        assertThat(failure(Way.go(null, way.back()))).isEqualTo(state);
        assertThat(failure(Way.go(other.cookie(), way.back()))).isEqualTo(state);
        assertThat(failure(Way.go(way.cookie() + "A", way.back()))).isEqualTo(state);
        assertThat(failure(Way.go(way.cookie(), way.back().replaceFirst("state=[^&]*", "state="))))
                .isEqualTo(state);
        assertThat(failure(Way.go(way.cookie(), way.back().replaceFirst("&code=.*", ""))))
                .isEqualTo(state);
        // That one has used it up.
        assertThat(failure(way.go())).isEqualTo(state);

        Way good = way("", someone);
        assertThat(good.go().cookie("devmentor_refresh")).isNotNull();
        assertThat(failure(good.go())).isEqualTo(state);

        Way late = way("", someone);
        later(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(failure(late.go())).isEqualTo(state);
    }

    /** The code of another way, as an attacker would slip it in: PKCE binds it to the way it was got on. */
    @Test
    void aCodeIsGoodOnTheWayAlone() {
        Way mine = way("", person(IDS.incrementAndGet(), address("fritz")));
        Way theirs = way("", person(IDS.incrementAndGet(), address("attacker")));
        String code = theirs.back().replaceFirst(".*&code=", "");
        assertThat(failure(Way.go(mine.cookie(), mine.back().replaceFirst("&code=.*", "&code=" + code))))
                .isEqualTo("/auth/login?error=github-refused");
    }

    /** Between GitHub and the session stands the login page, which asks for the code. */
    @Test
    void whoHasASecondFactorShowsItAfterGitHub() {
        String email = address("lisa");
        long id = IDS.incrementAndGet();
        String token = token(way("", person(id, email)).go());
        Authenticator app = new Authenticator(
                as(token).post("/api/auth/me/second-factor").jsonPath().getString("secret"));
        List<String> codes = as(token)
                .body(Map.of("code", app.code(clock.instant())))
                .post("/api/auth/me/second-factor/confirm")
                .jsonPath()
                .getList("recoveryCodes");
        later(Duration.ofSeconds(30));

        Response arrived = way("?next=/auth/vault", person(id, email)).go();
        assertThat(failure(arrived)).isEqualTo("/auth/login?second-factor=github&next=%2Fauth%2Fvault");
        assertThat(arrived.cookie("devmentor_device")).isNull();
        String waiting = arrived.cookie("devmentor_github_waiting");
        assertThat(arrived.detailedCookie("devmentor_github_waiting").isHttpOnly())
                .isTrue();
        assertThat(arrived.detailedCookie("devmentor_github_waiting").getSameSite())
                .isEqualTo("Strict");

        goOn(waiting, app.wrongOnes(clock.instant(), 1).getFirst())
                .then()
                .statusCode(401)
                .body("type", endsWith("/wrong-second-factor"));
        goOn(waiting, "").then().statusCode(401).body("type", endsWith("/second-factor-required"));
        String code = app.code(clock.instant());
        // Neither without what GitHub has shown, nor with something else of the same way.
        for (String none : List.of("", waiting + "A", "x")) {
            goOn(none, code).then().statusCode(401).body("type", endsWith("/login-failed"));
        }
        Response in = goOn(waiting, code);
        in.then().statusCode(200).body("refresh_token", nullValue());
        assertThat(in.cookie("devmentor_github_waiting")).isEmpty();
        assertThat(in.cookie("devmentor_device")).isNotEmpty();
        assertThat(claims(in.jsonPath().getString("access_token")).get("amr").toString())
                .isEqualTo("[\"otp\",\"mfa\"]");
        assertThat(claims(token(in)).get("amr").toString()).isEqualTo("[\"otp\",\"mfa\"]");
        // Once, also with another code.
        goOn(waiting, codes.getFirst()).then().statusCode(401).body("type", endsWith("/login-failed"));

        String late = way("", person(id, email)).go().cookie("devmentor_github_waiting");
        later(Duration.ofMinutes(10).plusSeconds(1));
        goOn(late, app.code(clock.instant())).then().statusCode(401).body("type", endsWith("/login-failed"));
    }

    /** Who has only an address in common with an account, and not its second factor, changes nothing of it. */
    @Test
    void gitHubIsNotLinkedWithSomebodysAccountWithoutTheirSecondFactor() {
        String email = registered("maja");
        String token = login(email, PASSWORD).jsonPath().getString("access_token");
        Authenticator app = new Authenticator(
                as(token).post("/api/auth/me/second-factor").jsonPath().getString("secret"));
        as(token)
                .body(Map.of("code", app.code(clock.instant())))
                .post("/api/auth/me/second-factor/confirm")
                .then()
                .statusCode(200);
        later(Duration.ofSeconds(30));
        long id = IDS.incrementAndGet();
        String waiting = way("", person(id, email)).go().cookie("devmentor_github_waiting");
        as(token).get("/api/auth/github/link").then().body("linked", is(false));
        goOn(waiting, app.code(clock.instant())).then().statusCode(200);
        as(token).get("/api/auth/github/link").then().body("linked", is(true));
        mail(email, "You can log in with GitHub now");
    }

    private static Response goOn(String waiting, String code) {
        return from(place())
                .cookie("devmentor_github_waiting", waiting)
                .body(Map.of("code", code))
                .post("/api/auth/github/second-factor");
    }

    @Test
    void whatGitHubSaysIsSaidOnTheLoginPage() {
        String someone = person(IDS.incrementAndGet(), address("gerd"));
        assertThat(failure(way("", someone + "&deny=1").go())).isEqualTo("/auth/login?error=github-denied");
        assertThat(failure(way("", someone + "&mode=expired").go())).isEqualTo("/auth/login?error=github-refused");
        assertThat(failure(way("", someone + "&mode=down").go())).isEqualTo("/auth/login?error=github-unavailable");
        assertThat(failure(way("", someone + "&mode=nonsense").go())).isEqualTo("/auth/login?error=github-unavailable");
    }

    @Test
    void leadsToNoOtherServer() {
        for (String next :
                List.of("//evil.example", "https://evil.example", "/\\evil.example", "/a%0d%0ax", "javascript:x")) {
            String query = "?next=" + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8);
            Response begun = from(place())
                    .redirects()
                    .follow(false)
                    .urlEncodingEnabled(false)
                    .get("/api/auth/github" + query);
            Way way = agreed(
                    begun.cookie("devmentor_github"),
                    begun.header("Location"),
                    person(IDS.incrementAndGet(), address("hanna")));
            String location = way.go().header("Location");
            assertThat(location)
                    .describedAs(next)
                    .startsWith("http://127.0.0.1")
                    .doesNotContain("evil")
                    .doesNotContain("\n");
        }
    }

    @Test
    void whoIsLoggedInLinksAndAgreesToHaveRepositoriesRead() throws SQLException {
        Account ida = person("ida");
        String token = signedIn(ida).accessToken();
        long id = IDS.incrementAndGet();
        Response begun = as(token).body(Map.of("repositories", true)).post("/api/auth/github/link");
        assertThat(begun.statusCode()).isEqualTo(200);
        String authorize = begun.jsonPath().getString("authorize_url");
        assertThat(authorize).contains("scope=read%3Auser+user%3Aemail+repo");

        // Another address at GitHub: being logged in is what counts.
        Response arrived = agreed(begun.cookie("devmentor_github"), authorize, person(id, address("other")))
                .go();

        assertThat(arrived.header("Location")).endsWith("/auth/account");
        assertThat(arrived.cookie("devmentor_refresh")).isNull();
        mail(ida.email(), "You can log in with GitHub now");
        as(token).get("/api/auth/github/link").then().body("linked", is(true)).body("repositories", is(true));
        String kept = transactions
                .run(work -> table.token(work.connection(), ida.id()))
                .orElseThrow();
        assertThat(kept).startsWith("gho_");
        assertThat(rows("SELECT encode(sealed_token, 'escape') FROM github_link WHERE account_id = ?", ida.id()))
                .noneMatch(text -> text.contains("gho_"));
        assertThat(claims(token(way("", person(id, address("other"))).go()))
                        .get("sub")
                        .asText())
                .isEqualTo(ida.id());

        // Nobody else links the same account of GitHub.
        String karls = signedIn(person("karl")).accessToken();
        Response second = as(karls).body(Map.of()).post("/api/auth/github/link");
        assertThat(failure(agreed(
                                second.cookie("devmentor_github"),
                                second.jsonPath().getString("authorize_url"),
                                person(id, address("x")))
                        .go()))
                .isEqualTo("/auth/login?error=github-linked-elsewhere");

        as(token).delete("/api/auth/github/link").then().statusCode(204);
        as(token).delete("/api/auth/github/link").then().statusCode(404);
        Optional<String> forgotten = transactions.run(work -> table.token(work.connection(), ida.id()));
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aTokenIsDroppedWhereRepositoriesAreNotGranted() {
        Account lena = person("lena");
        String token = signedIn(lena).accessToken();
        Response begun = as(token).body(Map.of("repositories", true)).post("/api/auth/github/link");
        agreed(
                        begun.cookie("devmentor_github"),
                        begun.jsonPath().getString("authorize_url"),
                        person(IDS.incrementAndGet(), address("x")) + "&granted=read:user,public_repo")
                .go();
        as(token).get("/api/auth/github/link").then().body("linked", is(true)).body("repositories", is(false));
    }

    @Test
    void aRenamedAccountIsTheSameAndSoCalled() {
        String email = address("olga");
        long id = IDS.incrementAndGet();
        String first = token(way("", person(id, email)).go());
        String again =
                token(way("", "as=" + id + ":renamed-" + id + "&email=" + email).go());
        assertThat(claims(again).get("sub")).isEqualTo(claims(first).get("sub"));
        as(again).get("/api/auth/github/link").then().statusCode(200).body("login", equalTo("renamed-" + id));
    }

    @Test
    void linkingNeedsALoginOfTheLastMinutes() {
        from(place()).body(Map.of()).post("/api/auth/github/link").then().statusCode(401);
        from(place()).get("/api/auth/github/link").then().statusCode(401);
        Account mia = person("mia");
        String refresh = signedIn(mia).refreshToken();
        later(Duration.ofHours(2));
        String old =
                post("refresh", Map.of("refresh_token", refresh)).jsonPath().getString("access_token");
        as(old).body(Map.of())
                .post("/api/auth/github/link")
                .then()
                .statusCode(401)
                .body("type", endsWith("/login-not-recent"));
        from(place()).get("/api/auth/github/status").then().statusCode(200).body("enabled", is(true));
    }

    @Test
    void anAccountOutOfUseStaysOutOfUse() throws SQLException {
        String email = registered("nora");
        long id = IDS.incrementAndGet();
        String token = token(way("", person(id, email)).go());
        transactions.execute(work -> {
            accounts.state(work.connection(), claims(token).get("sub").asText(), Account.State.SUSPENDED);
        });
        assertThat(failure(way("", person(id, email)).go())).isEqualTo("/auth/login?error=github-account");
    }
}
