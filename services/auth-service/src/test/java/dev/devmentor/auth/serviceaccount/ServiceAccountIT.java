package dev.devmentor.auth.serviceaccount;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.testkit.Conditions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ServiceAccountIT extends AuthIT {
    @Inject
    RedisDataSource redis;

    private static final String GRANT = "urn:devmentor:oauth:grant-type:api-key";

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private static String create(TokenAnswer tokens, String name) {
        return as(tokens)
                .body(Map.of("name", name, "scopes", List.of("read")))
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static JsonPath issue(TokenAnswer tokens, String id, String body) {
        return as(tokens)
                .body(body)
                .post("/api/auth/service-accounts/" + id + "/keys")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static Response exchange(String key) {
        return asClient("api-gateway")
                .formParam("grant_type", GRANT)
                .formParam("api_key", key)
                .post("/api/auth/token");
    }

    @Test
    void aKeyIsShownOnceKeptAsAHashAndWorthAServicesToken() {
        Account person = person("ann");
        TokenAnswer ann = signedIn(person);
        String id = create(ann, "build");
        JsonPath key = issue(ann, id, "{\"perMinute\":7,\"perDay\":100}");
        String text = key.getString("key");
        assertThat(text).startsWith("dm_" + key.getString("id") + "_");

        Response answer = exchange(text);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("key_id")).isEqualTo(key.getString("id"));
        assertThat(answer.jsonPath().getInt("per_minute")).isEqualTo(7);
        assertThat(answer.jsonPath().getInt("per_day")).isEqualTo(100);
        var claims = claims(answer.jsonPath().getString("access_token"));
        assertThat(claims.get("sub").asText()).isEqualTo(person.id());
        assertThat(claims.get("client_id").asText()).isEqualTo(id);
        assertThat(claims.get("roles").toString()).isEqualTo("[\"learner\"]");
        assertThat(claims.get("scope").asText()).isEqualTo("read");
        assertThat(claims.has("auth_time")).isFalse();

        Response list = as(ann).get("/api/auth/service-accounts");
        list.then()
                .body("serviceAccounts[0].keys[0].prefix", equalTo("dm_" + key.getString("id") + "_"))
                .body("serviceAccounts[0].keys[0].lastUsedAt", not(nullValue()));
        String secret = text.substring(text.lastIndexOf('_') + 1);
        assertThat(list.asString()).doesNotContain(secret);
        assertThat(rows("SELECT k::text FROM api_key k WHERE id = ?", key.getString("id")))
                .noneMatch(row -> row.contains(secret));
    }

    @Test
    void theGatewaysAreToldOfAKeyThatIsGoodNoMore() {
        TokenAnswer tokens = signedIn(person("ann"));
        String account = create(tokens, "ci");
        String keys = "/api/auth/service-accounts/" + account + "/keys/";
        String revoked = issue(tokens, account, "{}").getString("id");
        String rotated = issue(tokens, account, "{}").getString("id");
        List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        var subscriber = redis.pubsub(String.class).subscribe("session.ended", heard::add);
        try {
            as(tokens).delete(keys + revoked).then().statusCode(204);
            String next = as(tokens)
                    .body("{\"overlapHours\": 0}")
                    .post(keys + rotated + "/rotate")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            as(tokens).delete("/api/auth/service-accounts/" + account).then().statusCode(204);
            Conditions.await(
                    "the gateways are told",
                    () -> heard.containsAll(List.of("key:" + revoked, "key:" + rotated, "key:" + next)));
            assertThat(redis.key().ttl("session:ended:key:" + next)).isBetween(60L, 960L);
        } finally {
            subscriber.unsubscribe();
        }
    }

    @Test
    void aKeyIsIssuedAndRotatedWithoutSayingMore() {
        TokenAnswer tokens = signedIn(person("ann"));
        String keys = "/api/auth/service-accounts/" + create(tokens, "ci") + "/keys";
        String bearer = "Bearer " + tokens.accessToken();
        String key = given().header("Authorization", bearer)
                .post(keys)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given().header("Authorization", bearer)
                .post(keys + "/" + key + "/rotate")
                .then()
                .statusCode(201);
    }

    @Test
    void onlyAnOperatorsServiceAccountActsForItself() {
        TokenAnswer operator = signedIn(person("oz", List.of("learner", "operator")));
        String id = as(operator)
                .body("{\"name\":\"points\",\"scopes\":[\"service\"]}")
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String token =
                exchange(issue(operator, id, "{}").getString("key")).jsonPath().getString("access_token");
        assertThat(claims(token).get("sub").asText()).isEqualTo(id);
        assertThat(claims(token).get("roles").toString()).isEqualTo("[\"service\"]");
        as(signedIn(person("ann")))
                .body("{\"name\":\"points\",\"scopes\":[\"service\"]}")
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(400);
    }

    @Test
    void whatIsNoKeyIsWorthNothing() {
        TokenAnswer ann = signedIn(person("ann"));
        String text = issue(ann, create(ann, "build"), "{}").getString("key");
        for (String wrong : List.of(text + "x", text.substring(0, text.length() - 1) + "_", "dm_x_y", "nothing")) {
            exchange(wrong).then().statusCode(400).body("error", equalTo("invalid_grant"));
        }
        given().formParam("client_id", "devmentor-cli")
                .formParam("grant_type", GRANT)
                .formParam("api_key", text)
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
    }

    @Test
    void aRotatedKeyGoesOnForADayARevokedOneDoesNotAndOneThatExpiresEnds() {
        TokenAnswer ann = signedIn(person("ann"));
        String id = create(ann, "build");
        JsonPath old = issue(ann, id, "{\"expiresInDays\":10,\"perMinute\":3}");
        String keys = "/api/auth/service-accounts/" + id + "/keys/";
        JsonPath fresh = as(ann).post(keys + old.getString("id") + "/rotate")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(exchange(old.getString("key")).statusCode()).isEqualTo(200);
        assertThat(exchange(fresh.getString("key")).jsonPath().getInt("per_minute"))
                .isEqualTo(3);
        later(Duration.ofHours(24).plusSeconds(1));
        assertThat(exchange(old.getString("key")).statusCode()).isEqualTo(400);
        assertThat(exchange(fresh.getString("key")).statusCode()).isEqualTo(200);
        later(Duration.ofDays(9));
        assertThat(exchange(fresh.getString("key")).statusCode()).isEqualTo(400);

        nowAgain();
        TokenAnswer again = signedIn(person("bob"));
        String other = create(again, "build");
        JsonPath revoked = issue(again, other, "{}");
        as(again)
                .delete("/api/auth/service-accounts/" + other + "/keys/" + revoked.getString("id"))
                .then()
                .statusCode(204);
        assertThat(exchange(revoked.getString("key")).statusCode()).isEqualTo(400);
    }

    @Test
    void somebodyElsesServiceAccountDoesNotExist() {
        TokenAnswer ann = signedIn(person("ann"));
        TokenAnswer bob = signedIn(person("bob"));
        String id = create(ann, "build");
        String key = issue(ann, id, "{}").getString("id");
        String base = "/api/auth/service-accounts/" + id;
        as(bob).body("{}").post(base + "/keys").then().statusCode(404);
        as(bob).post(base + "/keys/" + key + "/rotate").then().statusCode(404);
        as(bob).delete(base + "/keys/" + key).then().statusCode(404);
        as(bob).get(base + "/usage").then().statusCode(404);
        as(bob).delete(base).then().statusCode(404);
        as(bob).get("/api/auth/service-accounts").then().body("serviceAccounts", hasSize(0));
        given().get("/api/auth/service-accounts").then().statusCode(401);
        String service = asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .jsonPath()
                .getString("access_token");
        as(service).get("/api/auth/service-accounts").then().statusCode(403);
    }

    @Test
    void usageIsCountedOncePerGatewayAndMinute() {
        TokenAnswer ann = signedIn(person("ann"));
        String id = create(ann, "build");
        String key = issue(ann, id, "{}").getString("id");
        String gateway = asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .jsonPath()
                .getString("access_token");
        String minute = clock.instant().toString();
        for (int requests : new int[] {3, 5, 5, 4}) { // a retry, and one that comes late
            as(gateway)
                    .header("X-Gateway-Instance", "one")
                    .body(List.of(Map.of("key_id", key, "minute", minute, "requests", requests, "errors", 1)))
                    .post("/api/auth/keys/usage")
                    .then()
                    .statusCode(204);
        }
        as(gateway)
                .header("X-Gateway-Instance", "two")
                .body(List.of(Map.of("key_id", key, "minute", minute, "requests", 2, "errors", 0)))
                .post("/api/auth/keys/usage")
                .then()
                .statusCode(204);
        as(ann).get("/api/auth/service-accounts/" + id + "/usage")
                .then()
                .statusCode(200)
                .body("hours", hasSize(1))
                .body("hours[0].requests", equalTo(7))
                .body("hours[0].errors", equalTo(1));
        as(ann).body("[]").post("/api/auth/keys/usage").then().statusCode(403);
    }

    @Test
    void aKeyOfAnAccountOutOfUseIsWorthNothing() throws Exception {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        String key = issue(tokens, create(tokens, "build"), "{}").getString("key");
        transactions.execute(work -> {
            accounts.state(work.connection(), ann.id(), Account.State.ERASING);
        });
        assertThat(exchange(key).statusCode()).isEqualTo(400);
    }

    @Test
    void inputIsChecked() {
        TokenAnswer ann = signedIn(person("ann"));
        as(ann).body("{\"name\":\" \"}")
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(400);
        as(ann).body("{\"name\":\"x\",\"scopes\":[\"operate\"]}")
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(400)
                .body("detail", equalTo("'scopes' are one or more of read, write"));
        String id = create(ann, "build");
        as(ann).body("{\"name\":\"build\",\"scopes\":[\"read\"]}")
                .post("/api/auth/service-accounts")
                .then()
                .statusCode(409);
        as(ann).body("{\"expiresInDays\":0}")
                .post("/api/auth/service-accounts/" + id + "/keys")
                .then()
                .statusCode(400);
        as(ann).body("{\"unknown\":1}")
                .post("/api/auth/service-accounts/" + id + "/keys")
                .then()
                .statusCode(400);
    }

    @Test
    void aKeyThatActsForItselfEndsWithTheRoleOfItsOwner() throws Exception {
        Account oz = person("oz", List.of("learner", "operator"));
        TokenAnswer operator = signedIn(oz);
        String id = as(operator)
                .body("{\"name\":\"points\",\"scopes\":[\"service\"]}")
                .post("/api/auth/service-accounts")
                .then()
                .extract()
                .path("id");
        String service = issue(operator, id, "{}").getString("key");
        String reader = issue(operator, create(operator, "ci"), "{}").getString("key");
        exchange(service).then().statusCode(200);
        transactions.execute(work ->
                accounts.decide(work.connection(), oz.id(), oz.tier(), Account.State.ACTIVE, List.of("learner")));
        exchange(service).then().statusCode(400).body("error", equalTo("invalid_grant"));
        exchange(reader).then().statusCode(200);
    }

    @Test
    void theLogSaysFromWhereAKeyWasMade() {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        issue(tokens, create(tokens, "ci"), "{}");
        as(tokens).delete("/api/auth/sessions");
        for (String action : List.of("service-account.created", "api-key.issued", "session.ended")) {
            assertThat(rows(
                            "SELECT origin::json ->> 'address' FROM audit_entry WHERE subject = ? AND action = ?",
                            ann.id(),
                            action))
                    .as(action)
                    .containsExactly("127.0.0.1");
        }
    }
}
