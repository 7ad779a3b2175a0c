package dev.devmentor.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokenEndpointIT extends AuthIT {
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    @ConfigProperty(name = "devmentor.auth.issuer")
    String issuer;

    @Inject
    SigningKeys keys;

    @Inject
    SigningKeyTable table;

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    private static String jwks() {
        return given().get("/api/auth/jwks").then().statusCode(200).extract().asString();
    }

    private void isGood(String token, String jwks) throws Exception {
        new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(jwks).getJsonWebKeys()))
                .setExpectedIssuer(issuer)
                .setExpectedAudience("devmentor")
                .setRequireExpirationTime()
                .setEvaluationTime(
                        org.jose4j.jwt.NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .build()
                .processToClaims(token);
    }

    private static List<String> kids() throws Exception {
        List<String> kids = new ArrayList<>();
        for (JsonNode key : JSON.readTree(jwks()).get("keys")) {
            kids.add(key.get("kid").asText());
        }
        return kids;
    }

    private static String kid(String token) throws Exception {
        return JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .get("kid")
                .asText();
    }

    @Test
    void theDiscoveryDocumentLeadsAnyResourceServerToTheKeys() {
        given().get("/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(issuer))
                .body("jwks_uri", equalTo(issuer + "/api/auth/jwks"))
                .body("id_token_signing_alg_values_supported", hasItems("RS256"))
                .body("grant_types_supported", hasItems("refresh_token", "client_credentials", DEVICE));
        given().get("/api/auth/jwks")
                .then()
                .body("keys[0].alg", equalTo("RS256"))
                .body("keys[0].d", nullValue());
    }

    @Test
    void anAccessTokenSaysWhatServicesRelyOnForFifteenMinutes() throws Exception {
        Account ann = person("ann");
        String token = signedIn(ann).accessToken();
        JsonNode claims = claims(token);
        isGood(token, jwks());
        assertThat(claims.get("sub").asText()).isEqualTo(ann.id());
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(900);
        assertThat(claims.get("roles")).containsExactly(JSON.getNodeFactory().textNode("learner"));
        assertThat(claims.get("tier").asText()).isEqualTo("free");
        assertThat(claims.get("scope").asText()).contains("learning:read");
        assertThat(claims.get("teams")).isEmpty();
        as(token).get("/api/auth/me").then().statusCode(200).body("id", equalTo(ann.id()));
        as(token).get("/api/auth/userinfo").then().statusCode(200).body("sub", equalTo(ann.id()));
    }

    @Test
    void aNewKeyIsPublishedBeforeItSignsAndTheOldOneUntilItsLastTokenEnds() throws Exception {
        Account ann = person("ann");
        String before = signedIn(ann).accessToken();
        String operator = signedIn(person("oz", List.of("operator"))).accessToken();
        as(operator).post("/api/auth/signing-keys/rotate").then().statusCode(204);
        List<String> both = kids();
        assertThat(both).hasSizeGreaterThanOrEqualTo(2).contains(kid(before));
        assertThat(kid(signedIn(ann).accessToken())).isEqualTo(kid(before));

        later(Duration.ofMinutes(10).plusSeconds(1));
        String after = signedIn(ann).accessToken();
        assertThat(kid(after)).isNotEqualTo(kid(before)).isIn(both);
        isGood(after, jwks());
        as(after).get("/api/auth/me").then().statusCode(200);
        assertThat(kids()).contains(kid(before));

        later(Duration.ofMinutes(17));
        assertThat(kids()).contains(kid(after)).doesNotContain(kid(before));
    }

    @Test
    void aKeyThatIsNoLongerTrustedIsWithdrawnAtOnceAndOneThatDoesNotSignYetToo() throws Exception {
        String operator = signedIn(person("oz", List.of("operator"))).accessToken();
        as(operator).post("/api/auth/signing-keys/rotate").then().statusCode(204);
        String old = kid(operator);
        as(operator)
                .body("{\"distrustOld\":true}")
                .post("/api/auth/signing-keys/rotate")
                .then()
                .statusCode(204);
        assertThat(kids()).doesNotContain(old).hasSize(1);
        assertThat(kid(signedIn(person("ann")).accessToken())).isEqualTo(kids().getFirst());
        // Neither does this service itself take what it signed: whoever has the key makes tokens of anybody.
        as(operator).get("/api/auth/me").then().statusCode(401);
    }

    @Test
    void aKeyThatAnotherInstanceHasMadeIsKnownAtOnce() throws Exception {
        assertThat(keys.isPublished(kids().getFirst())).isTrue();
        Instant now = clock.instant();
        transactions.execute(work -> table.add(work.connection(), now, now.plusSeconds(60)));
        String made = rows("SELECT kid FROM signing_key ORDER BY signs_from DESC LIMIT 1")
                .getFirst();

        assertThat(keys.isPublished(made)).isTrue();
        assertThat(keys.isPublished("none")).isFalse();
        keys.rotate(true, "test", "192.0.2.1");
    }

    @Test
    void onlyOperatorsRotateKeys() {
        given().post("/api/auth/signing-keys/rotate").then().statusCode(401);
        as(signedIn(person("ann"))).post("/api/auth/signing-keys/rotate").then().statusCode(403);
    }

    @Test
    void aServiceGetsATokenForItself() {
        Response answer = asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode claims = claims(answer.jsonPath().getString("access_token"));
        assertThat(claims.get("sub").asText()).isEqualTo("api-gateway");
        assertThat(claims.get("roles").get(0).asText()).isEqualTo("service");
        assertThat(answer.jsonPath().getString("refresh_token")).isNull();
    }

    @Test
    void errorsHaveTheFormThatOauthClientsKnow() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "api-gateway")
                .formParam("client_secret", "wrong")
                .post("/api/auth/token")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "devmentor-cli")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
        asClient("api-gateway")
                .formParam("grant_type", "password")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .formParam("scope", "everything")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
        asClient("api-gateway")
                .formParam("grant_type", "client_credentials", "client_credentials")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        asClient("api-gateway")
                .formParam("x", "y")
                .post("/api/auth/token")
                .then()
                .statusCode(400);
    }

    @Test
    void aFormThatIsNoneIsTheCallersFault() {
        for (String path : List.of("token", "device_authorization", "introspect", "revoke")) {
            for (String body : List.of("client_id=%zz", "client_id=a&client_id=b", "%", "token=%f")) {
                given().contentType("application/x-www-form-urlencoded")
                        .body(body)
                        .post("/api/auth/" + path)
                        .then()
                        .statusCode(400)
                        .header("Cache-Control", "no-store")
                        .body("error", equalTo("invalid_request"));
            }
        }
    }

    /** RFC 6749 5.2: more than one way to authenticate is a bad request, not a bad client. */
    @Test
    void aClientShowsWhoItIsInOneWay() {
        asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", "api-gateway")
                .formParam("client_secret", CLIENT_SECRET)
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    /** OpenID Connect Core 5.3.1. */
    @Test
    void userInfoIsAskedForByBothMethods() {
        Account ann = person("ann");
        String token = signedIn(ann).accessToken();
        given().header("Authorization", "Bearer " + token)
                .post("/api/auth/userinfo")
                .then()
                .statusCode(200)
                .body("sub", equalTo(ann.id()))
                .body("email", equalTo(ann.email()));
        given().post("/api/auth/userinfo").then().statusCode(401);
        given().header("Authorization", "Bearer nonsense")
                .get("/api/auth/userinfo")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @Test
    void whatAChangeDoesNotNameStays() {
        TokenAnswer tokens = signedIn(person("ann"));
        as(tokens).body(Map.of("name", "Ann")).patch("/api/auth/me").then().body("name", equalTo("Ann"));
        as(tokens).body("{}").patch("/api/auth/me").then().statusCode(200).body("name", equalTo("Ann"));
        as(tokens).body(Map.of("name", "")).patch("/api/auth/me").then().body("name", equalTo(""));
    }

    private String narrowed(TokenAnswer tokens, String scope) {
        return given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "devmentor-web")
                .formParam("refresh_token", tokens.refreshToken())
                .formParam("scope", scope)
                .post("/api/auth/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @Test
    void aTokenDoesWhatItsScopeNamesAndNothingElse() {
        Account ann = person("ann");
        String reads = narrowed(signedIn(ann), "learning:read patterns:read");
        as(reads).get("/api/auth/me").then().statusCode(200).body("id", equalTo(ann.id()));
        as(reads).get("/api/auth/sessions").then().statusCode(403);
        as(reads).body(Map.of("name", "Blue")).post("/api/auth/teams").then().statusCode(403);
        as(reads).body(Map.of("name", "Ann")).patch("/api/auth/me").then().statusCode(403);
        as(reads)
                .body("{\"confirm\":\"erase\"}")
                .post("/api/auth/me/erasure")
                .then()
                .statusCode(403);
        as(narrowed(signedIn(ann), "account")).get("/api/auth/sessions").then().statusCode(200);

        Account oz = person("oz", List.of("learner", "operator"));
        as(narrowed(signedIn(oz), "account"))
                .post("/api/auth/signing-keys/rotate")
                .then()
                .statusCode(403);
        as(narrowed(signedIn(oz), "operate"))
                .get("/api/auth/accounts?email=" + oz.email())
                .then()
                .statusCode(200);
        // To leave is always right.
        as(reads).post("/api/auth/logout").then().statusCode(204);
        as(reads).get("/api/auth/me").then().statusCode(401);
    }

    @Test
    void aRefreshTokenBelongsToTheClientThatGotIt() {
        String refresh = signedIn(person("ann")).refreshToken();
        given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "devmentor-cli")
                .formParam("refresh_token", refresh)
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "devmentor-web")
                .formParam("refresh_token", refresh)
                .formParam("scope", "learning:read operate")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
        given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "devmentor-web")
                .formParam("refresh_token", refresh)
                .formParam("scope", "learning:read")
                .post("/api/auth/token")
                .then()
                .statusCode(200)
                .body("scope", equalTo("learning:read"));
    }

    @Test
    void introspectionAndRevocation() {
        String refresh = signedIn(person("ann")).refreshToken();
        asClient("api-gateway")
                .formParam("token", refresh)
                .post("/api/auth/introspect")
                .then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("client_id", equalTo("devmentor-web"));
        given().formParam("client_id", "devmentor-cli")
                .formParam("token", refresh)
                .post("/api/auth/introspect")
                .then()
                .statusCode(401);
        given().formParam("client_id", "devmentor-web")
                .formParam("token", refresh)
                .post("/api/auth/revoke")
                .then()
                .statusCode(200);
        given().formParam("client_id", "devmentor-web")
                .formParam("token", "rt_nothing")
                .post("/api/auth/revoke")
                .then()
                .statusCode(200);
        asClient("api-gateway")
                .formParam("token", refresh)
                .post("/api/auth/introspect")
                .then()
                .body("active", equalTo(false))
                .body("sub", nullValue());
    }

    @Test
    void theLauncherActsForAnybodyAndNobodyElseDoes() {
        Response answer = asClient("launcher")
                .formParam("grant_type", EXCHANGE)
                .formParam("requested_subject", "somebody")
                .formParam("roles", "operator")
                .post("/api/auth/token");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(claims(answer.jsonPath().getString("access_token"))
                        .get("sub")
                        .asText())
                .isEqualTo("somebody");
        asClient("api-gateway")
                .formParam("grant_type", EXCHANGE)
                .formParam("requested_subject", "somebody")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
    }

    /** RFC 9068 2.1 and 2.2. */
    @Test
    void anAccessTokenSaysThatItIsOne() throws Exception {
        String token = signedIn(person("ann")).accessToken();
        JsonNode header = JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[0]));
        assertThat(header.get("typ").asText()).isEqualTo("at+jwt");
        assertThat(header.get("alg").asText()).isEqualTo("RS256");
        assertThat(claims(token).properties())
                .extracting(Map.Entry::getKey)
                .contains("iss", "exp", "aud", "sub", "client_id", "iat", "jti", "auth_time", "scope", "roles");
    }

    private static Response introspect(String token) {
        return asClient("api-gateway").formParam("token", token).post("/api/auth/introspect");
    }

    private static Response revoke(String client, String token) {
        return given().formParam("client_id", client).formParam("token", token).post("/api/auth/revoke");
    }

    @Test
    void introspectionKnowsAccessTokensAndWhenTheirSessionHasEnded() {
        Account ann = person("ann");
        TokenAnswer tokens = signedIn(ann);
        introspect(tokens.accessToken())
                .then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("sub", equalTo(ann.id()))
                .body("iss", equalTo(issuer))
                .body("aud", equalTo("devmentor"))
                .body("token_type", equalTo("Bearer"))
                .body("exp", equalTo(claims(tokens.accessToken()).get("exp").asInt()));
        String[] parts = tokens.accessToken().split("\\.");
        introspect(parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A")
                .then()
                .body("active", equalTo(false));
        String service = asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .path("access_token");
        introspect(service).then().body("active", equalTo(true)).body("sub", equalTo("api-gateway"));
        as(tokens).delete("/api/auth/sessions").then().statusCode(204);
        introspect(tokens.accessToken()).then().body("active", equalTo(false)).body("sub", nullValue());
        String late = signedIn(ann).accessToken();
        later(Duration.ofMinutes(15).plusSeconds(1));
        introspect(late).then().body("active", equalTo(false));
    }

    @Test
    void revokingAnAccessTokenEndsItsSession() {
        TokenAnswer tokens = signedIn(person("ann"));
        revoke("devmentor-cli", tokens.accessToken()).then().statusCode(400).body("error", equalTo("invalid_grant"));
        introspect(tokens.refreshToken()).then().body("active", equalTo(true));
        revoke("devmentor-web", tokens.accessToken()).then().statusCode(200);
        introspect(tokens.refreshToken()).then().body("active", equalTo(false));
        String service = asClient("api-gateway")
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .path("access_token");
        asClient("api-gateway")
                .formParam("token", service)
                .post("/api/auth/revoke")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_token_type"));
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOut() throws Exception {
        signedIn(person("ann"));
        later(Duration.ofDays(-400));
        String token = signedIn(person("bob")).accessToken();
        assertThat(kid(token)).isIn(kids());
        isGood(token, jwks());
    }
}
