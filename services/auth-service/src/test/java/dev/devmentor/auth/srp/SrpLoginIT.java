package dev.devmentor.auth.srp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.srp6.SRP6CryptoParams;
import com.nimbusds.srp6.SRP6Routines;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.login.PeopleIT;
import dev.devmentor.auth.secondfactor.Authenticator;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.auth.vault.RecordingHttp;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.ServerRefused;
import dev.devmentor.clientcrypto.SrpClient;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import dev.devmentor.testkit.Conditions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SrpLoginIT extends PeopleIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    Enabled enabled;

    @Inject
    RedisDataSource redis;

    /** Hears that somebody's password has become one that never comes here. */
    @Singleton
    static class Enabled {
        final List<String> accounts = new ArrayList<>();

        void heard(@Observes ZeroKnowledgeEnabled event) {
            accounts.add(event.accountId());
        }
    }

    /** Somebody with a zero-knowledge password, without the half second that it takes to make a key of one. */
    private record Person(Account account, MasterKey key, KdfParams kdf) {}

    private Person zeroKnowledgePerson(String name) throws Exception {
        Account account = person(name);
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        MasterKey key = MasterKey.of(bytes);
        KdfParams kdf = KdfParams.fresh(RANDOM);
        register(signedIn(account), key, kdf).then().statusCode(204);
        return new Person(account, key, kdf);
    }

    private static Response register(TokenAnswer tokens, MasterKey key, KdfParams kdf) throws Exception {
        return as(tokens).body(ZeroKnowledgeLogin.parameters(key, kdf)).post("/api/auth/srp/register");
    }

    private static JsonNode challenge(String email) throws Exception {
        Response answer = post("srp/challenge", Map.of("email", email));
        answer.then().statusCode(200);
        return JSON.readTree(answer.asString());
    }

    private static Response proof(String id, String a, String m1) {
        return proof(place(), id, a, m1);
    }

    private static Response proof(String place, String id, String a, String m1) {
        return from(place).body(Map.of("id", id, "A", a, "M1", m1)).post("/api/auth/srp/proof");
    }

    private static Response prove(String email, MasterKey key) throws Exception {
        return prove(email, key, "");
    }

    private static Response prove(String email, MasterKey key, String code) throws Exception {
        JsonNode challenge = challenge(email);
        KdfParams kdf = new KdfParams(
                challenge.get("salt").asText(), challenge.get("iterations").asInt());
        SrpClient client = new SrpClient(RANDOM);
        String m1 = client.prove(key, kdf, challenge.get("B").asText());
        Map<String, String> body =
                Map.of("id", challenge.get("id").asText(), "A", client.publicValue(), "M1", m1, "code", code);
        return from(place()).body(body).post("/api/auth/srp/proof");
    }

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    @Test
    void logsInWithoutThePasswordAndTheServerProvesItselfToo() throws Exception {
        Account ann = person("ann");
        KdfParams kdf = KdfParams.fresh(RANDOM);
        register(signedIn(ann), MasterKey.derive(PASSWORD.toCharArray(), kdf), kdf)
                .then()
                .statusCode(204);

        ZeroKnowledgeLogin.LoggedIn loggedIn =
                new ZeroKnowledgeLogin(new RecordingHttp(), RANDOM).login(ann.email(), PASSWORD.toCharArray());

        assertThat(claims(loggedIn.accessToken()).get("sub").asText()).isEqualTo(ann.id());
        assertThat(loggedIn.refreshToken()).startsWith("rt_");
        assertThat(loggedIn.expiresIn()).isEqualTo(900);
        assertThat(rows("SELECT method FROM session WHERE account_id = ? ORDER BY created_at DESC LIMIT 1", ann.id()))
                .containsExactly("zero-knowledge");
    }

    @Test
    void tellsThoseWhoKeepAPasswordHashAndItsPerson() throws Exception {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        as(tokens).get("/api/auth/srp").then().body("enabled", equalTo(false)).body("salt", nullValue());
        KdfParams kdf = KdfParams.fresh(RANDOM);
        register(tokens, MasterKey.of(new byte[32]), kdf).then().statusCode(204);

        assertThat(enabled.accounts).contains(ann.id());
        mail(ann.email(), "Your password was changed");
        as(tokens)
                .get("/api/auth/srp")
                .then()
                .body("enabled", equalTo(true))
                .body("salt", equalTo(kdf.salt()))
                .body("iterations", equalTo(600_000));
        register(tokens, MasterKey.of(new byte[32]), kdf)
                .then()
                .statusCode(409)
                .body("type", endsWith("/already-zero-knowledge"));
    }

    @Test
    void aSecondFactorIsAskedForAfterARightProof() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        String email = ann.account().email();
        TokenAnswer tokens = signedIn(ann.account());
        Authenticator app = new Authenticator(
                as(tokens).post("/api/auth/me/second-factor").jsonPath().getString("secret"));
        as(tokens)
                .body(Map.of("code", app.code(clock.instant())))
                .post("/api/auth/me/second-factor/confirm")
                .then()
                .statusCode(200);
        later(Duration.ofSeconds(30));

        Response without = prove(email, ann.key());
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.jsonPath().getString("type")).endsWith("/second-factor-required");
        assertThat(without.jsonPath().getString("M2")).isNull();
        Response wrong =
                prove(email, ann.key(), app.wrongOnes(clock.instant(), 1).getFirst());
        assertThat(wrong.jsonPath().getString("type")).endsWith("/wrong-second-factor");
        Response wrongProof = prove(email, MasterKey.of(new byte[32]), app.code(clock.instant()));
        assertThat(wrongProof.jsonPath().getString("type")).endsWith("/login-failed");

        Response in = prove(email, ann.key(), app.code(clock.instant()));
        in.then().statusCode(200);
        assertThat(claims(in.jsonPath().getString("access_token")).get("amr").toString())
                .isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        assertThat(prove(email, ann.key(), app.code(clock.instant())).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownAddressAlike() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        Account ordinary = person("ordinary");
        MasterKey wrong = MasterKey.of(new byte[32]);

        Response known = prove(ann.account().email(), wrong);
        Response unknown = prove(address("nobody"), wrong);
        Response without = prove(ordinary.email(), wrong);

        assertThat(known.statusCode()).isEqualTo(401);
        assertThat(known.jsonPath().getString("type")).endsWith("/login-failed");
        for (Response other : List.of(unknown, without)) {
            assertThat(other.statusCode()).isEqualTo(known.statusCode());
            assertThat(other.asString()).isEqualTo(known.asString());
            assertThat(names(other)).isEqualTo(names(known));
        }
        assertThat(prove(ann.account().email(), ann.key()).statusCode()).isEqualTo(200);
    }

    private static List<String> names(Response response) {
        return response.headers().asList().stream()
                .map(header -> header.getName())
                .toList();
    }

    @Test
    void theChallengeOfAnUnknownAddressIsAlwaysTheSameInWhateverSpelling() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        String nobody = fresh("nobody") + "@people.example";
        JsonNode real = challenge(ann.account().email());
        JsonNode first = challenge(nobody);
        JsonNode second = challenge(" " + nobody.toUpperCase(java.util.Locale.ROOT));

        assertThat(second.get("salt")).isEqualTo(first.get("salt"));
        assertThat(second.get("B")).isNotEqualTo(first.get("B"));
        assertThat(second.get("id")).isNotEqualTo(first.get("id"));
        assertThat(challenge(ann.account().email().toUpperCase(java.util.Locale.ROOT))
                        .get("salt")
                        .asText())
                .isEqualTo(ann.kdf().salt());
        assertThat(first.get("salt").asText()).hasSameSizeAs(real.get("salt").asText());
        assertThat(first.get("iterations")).isEqualTo(real.get("iterations"));
        assertThat(first.get("group")).isEqualTo(real.get("group"));
        assertThat(first.get("id").asText()).hasSameSizeAs(real.get("id").asText());
        assertThat(new ArrayList<>(first.properties())
                        .stream().map(Map.Entry::getKey).toList())
                .isEqualTo(new ArrayList<>(real.properties())
                        .stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void anUnknownAddressTakesAsLongAsAKnownOne() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        String nobody = fresh("nobody") + "@people.example";
        MasterKey wrong = MasterKey.of(new byte[32]);
        long[] known = new long[15];
        long[] unknown = new long[15];
        for (int i = 0; i < known.length; i++) {
            known[i] = time(ann.account().email(), wrong);
            unknown[i] = time(nobody, wrong);
        }
        Arrays.sort(known);
        Arrays.sort(unknown);
        double ratio = (double) known[known.length / 2] / unknown[unknown.length / 2];

        // Without the arithmetic for unknown addresses it would be 3 at least.
        assertThat(ratio).isBetween(0.5, 2.0);
    }

    private static long time(String email, MasterKey key) throws Exception {
        SrpClient client = new SrpClient(RANDOM);
        long start = System.nanoTime();
        JsonNode challenge = challenge(email);
        long challenged = System.nanoTime() - start;
        String m1 = client.prove(
                key,
                new KdfParams(challenge.get("salt").asText(), 600_000),
                challenge.get("B").asText());
        start = System.nanoTime();
        proof(challenge.get("id").asText(), client.publicValue(), m1).then().statusCode(401);
        return challenged + System.nanoTime() - start;
    }

    @Test
    void aChallengeIsGoodOnce() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        JsonNode challenge = challenge(ann.account().email());
        SrpClient client = new SrpClient(RANDOM);
        String m1 = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
        String id = challenge.get("id").asText();

        assertThat(proof(id, client.publicValue(), m1).statusCode()).isEqualTo(200);
        assertThat(proof(id, client.publicValue(), m1).statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongProofUsesTheChallengeUp() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        JsonNode challenge = challenge(ann.account().email());
        SrpClient client = new SrpClient(RANDOM);
        String m1 = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
        String id = challenge.get("id").asText();

        assertThat(proof(id, client.publicValue(), "1").statusCode()).isEqualTo(401);
        assertThat(proof(id, client.publicValue(), m1).statusCode()).isEqualTo(401);
    }

    @Test
    void aChallengeEndsAfterTwoMinutes() throws Exception {
        String id = challenge(fresh("nobody") + "@people.example").get("id").asText();

        assertThat(redis.key().ttl("session:srp:" + id)).isBetween(100L, 120L);

        Person ann = zeroKnowledgePerson("ann");
        JsonNode challenge = challenge(ann.account().email());
        SrpClient client = new SrpClient(RANDOM);
        String m1 = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
        later(Duration.ofMinutes(2).plusSeconds(1));
        assertThat(proof(challenge.get("id").asText(), client.publicValue(), m1).statusCode())
                .isEqualTo(401);
    }

    /** Whoever chose the server's b would need no password: with b = 0 the key is 1, whatever the verifier is. */
    @Test
    void whoWritesToRedisGetsInNowhere() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        JsonNode challenge = challenge(ann.account().email());
        String id = challenge.get("id").asText();
        var values = redis.value(String.class);
        String sealed = values.get("session:srp:" + id);
        assertThat(sealed).matches("[A-Za-z0-9_-]{500,}");

        SRP6Routines routines = new SRP6Routines();
        BigInteger a = BigInteger.TWO;
        BigInteger b = BigInteger.TEN;
        String m1 = routines.computeClientEvidence(MessageDigest.getInstance("SHA-256"), a, b, BigInteger.ONE)
                .toString(16);
        String forged = ann.account().id() + "\n" + ann.account().email() + "\n0\na";
        long until = clock.instant().getEpochSecond() + 100;
        for (String text : List.of(forged, until + "\n" + forged, "", "!")) {
            for (String value :
                    List.of(text, Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))) {
                values.set("session:srp:" + id, value);
                assertThat(proof(id, a.toString(16), m1).statusCode()).isEqualTo(401);
            }
        }

        // Nor is one handshake good under the id of another.
        SrpClient client = new SrpClient(RANDOM);
        String proof = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
        String other = challenge(ann.account().email()).get("id").asText();
        values.set("session:srp:" + other, sealed);
        assertThat(proof(other, client.publicValue(), proof).statusCode()).isEqualTo(401);
        values.set("session:srp:" + id, sealed);
        assertThat(proof(id, client.publicValue(), proof).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAPublicValueThatMakesTheKeyKnown() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        BigInteger n = SRP6CryptoParams.N_3072;
        for (String a :
                List.of("0", "00", n.toString(16), n.shiftLeft(1).toString(16), "-1", "", "x", "f".repeat(769))) {
            String id = challenge(ann.account().email()).get("id").asText();
            proof(id, a, "1").then().statusCode(400).body("type", endsWith("/invalid-request"));
            proof(id, "5", "1").then().statusCode(401);
        }
    }

    @Test
    void refusesParametersThatProtectNobody() throws Exception {
        TokenAnswer tokens = signedIn(person("ann"));
        String good = ZeroKnowledgeLogin.parameters(MasterKey.of(new byte[32]), KdfParams.fresh(RANDOM));
        for (String bad : List.of(
                good.replace("600000", "599999"),
                good.replace("600000", "10000001"),
                good.replaceAll("\"salt\":\"[^\"]*\"", "\"salt\":\"AAAA\""),
                good.replaceAll("\"salt\":\"[^\"]*\"", "\"salt\":\"%%%%\""),
                good.replaceAll("\"verifier\":\"[^\"]*\"", "\"verifier\":\"0\""),
                good.replaceAll("\"verifier\":\"[^\"]*\"", "\"verifier\":\"1\""),
                good.replaceAll("\"verifier\":\"[^\"]*\"", "\"verifier\":\"" + "f".repeat(768) + "\""),
                "{}")) {
            as(tokens).body(bad).post("/api/auth/srp/register").then().statusCode(400);
        }
    }

    @Test
    void guessesFromOnePlaceAreSlowedDownAndThePersonIsNot() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        String place = place();
        for (int i = 0; i < 3; i++) {
            proof(place, challenge(ann.account().email()).get("id").asText(), "5", "1")
                    .then()
                    .statusCode(401);
        }
        Response fourth =
                proof(place, challenge(ann.account().email()).get("id").asText(), "5", "1");

        fourth.then().statusCode(429).body("type", endsWith("/rate-limited"));
        assertThat(Integer.parseInt(fourth.header("Retry-After"))).isBetween(1, 2);
        assertThat(prove(ann.account().email(), ann.key()).statusCode()).isEqualTo(200);
        assertThat(number(
                        "SELECT count(*) FROM audit_entry WHERE subject = ? AND action = 'login.failed'",
                        ann.account().id()))
                .isEqualTo(3);
    }

    @Test
    void becomingZeroKnowledgeNeedsALoginOfTheLastMinutes() throws Exception {
        TokenAnswer tokens = signedIn(person("ann"));
        later(Duration.ofMinutes(11));

        register(tokens, MasterKey.of(new byte[32]), KdfParams.fresh(RANDOM))
                .then()
                .statusCode(401)
                .body("type", endsWith("/login-not-recent"));
        given().contentType("application/json")
                .body("{}")
                .post("/api/auth/srp/register")
                .then()
                .statusCode(401);
        as(signedIn(person("robot", List.of("service"))))
                .body("{}")
                .post("/api/auth/srp/register")
                .then()
                .statusCode(403);
    }

    @Test
    void becomingZeroKnowledgeEndsTheOtherSessions() throws Exception {
        Account ann = person("ann");
        TokenAnswer there = signedIn(ann);
        TokenAnswer here = signedIn(ann);
        register(here, MasterKey.of(new byte[32]), KdfParams.fresh(RANDOM))
                .then()
                .statusCode(204);
        post("refresh", Map.of("refresh_token", there.refreshToken())).then().statusCode(401);
        post("refresh", Map.of("refresh_token", here.refreshToken())).then().statusCode(200);
    }

    @Test
    void aPageOfOurOwnGetsTheRefreshTokenInACookieThatNoScriptReads() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        JsonNode challenge = challenge(ann.account().email());
        SrpClient client = new SrpClient(RANDOM);
        String m1 = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
        Response answer = given().contentType("application/json")
                .body(Map.of("id", challenge.get("id").asText(), "A", client.publicValue(), "M1", m1, "cookie", true))
                .post("/api/auth/srp/proof");

        answer.then().statusCode(200).body("refresh_token", nullValue());
        assertThat(answer.getHeaders().getValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("devmentor_refresh=rt_") && cookie.contains("HttpOnly"))
                .anyMatch(cookie -> cookie.startsWith("devmentor_device="));
        client.verifyServer(answer.jsonPath().getString("M2"));
    }

    @Test
    void aSuspendedAccountIsNotLetIn() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        transactions.execute(work -> {
            accounts.state(work.connection(), ann.account().id(), Account.State.SUSPENDED);
        });

        assertThat(prove(ann.account().email(), ann.key()).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesBodiesThatAreNone() {
        for (String body : List.of("", "{}", "{\"email\":5}", "{\"email\":\"nobody\"}", "[]")) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/auth/srp/challenge")
                    .then()
                    .statusCode(400);
        }
        for (String body : List.of("{}", "{\"id\":\"x\"}")) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/auth/srp/proof")
                    .then()
                    .statusCode(401);
        }
        assertThatThrownBy(() ->
                        new ZeroKnowledgeLogin(new RecordingHttp(), RANDOM).login("no address", PASSWORD.toCharArray()))
                .isInstanceOfSatisfying(ServerRefused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.type()).isEqualTo("invalid-request");
                });
    }

    /** Between the proof and the session. */
    @Test
    void whoIsSuspendedWhileTheProofIsLookedAtGetsNoSession() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        String id = ann.account().id();
        long before = number("SELECT count(*) FROM session WHERE account_id = ?", id);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Response> login = transactions.run(work -> {
                accounts.lock(work.connection(), id);
                Future<Response> begun = thread.submit(() -> prove(ann.account().email(), ann.key()));
                Conditions.await(
                        "the login waits for the account",
                        () -> number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock'")
                                > 0);
                accounts.state(work.connection(), id, Account.State.SUSPENDED);
                return begun;
            });
            login.get().then().statusCode(403).body("type", endsWith("/account-out-of-use"));
        }
        assertThat(number("SELECT count(*) FROM session WHERE account_id = ?", id))
                .isEqualTo(before);
    }

    /** It takes connections and never answers. */
    @Test
    void withRedisFrozenOneLogsInAllTheSameAndAChallengeIsGoodOnce() throws Exception {
        Person ann = zeroKnowledgePerson("ann");
        platform.redis().pause();
        try {
            JsonNode challenge = challenge(ann.account().email());
            SrpClient client = new SrpClient(RANDOM);
            String m1 = client.prove(ann.key(), ann.kdf(), challenge.get("B").asText());
            String id = challenge.get("id").asText();
            proof(id, client.publicValue(), m1).then().statusCode(200);
            proof(id, client.publicValue(), m1).then().statusCode(401);
        } finally {
            platform.redis().resume();
        }
        Conditions.await("Redis is asked again", () -> {
            prove(ann.account().email(), ann.key()).then().statusCode(200);
            return !redis.key().keys("session:s-*").isEmpty();
        });
    }
}
