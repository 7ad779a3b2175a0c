package dev.devmentor.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

/** The discovery document, by what OpenID Connect Discovery 1.0 section 3 and RFC 8414 section 2 demand of it. */
@QuarkusTest
class DiscoveryIT extends AuthIT {
    @ConfigProperty(name = "devmentor.auth.issuer")
    String issuer;

    private static JsonNode document(String name) throws Exception {
        return JSON.readTree(given().get("/.well-known/" + name)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    @Test
    void theIssuerIsTheAddressThatTheDocumentIsUnder() throws Exception {
        // Discovery 1.0, 4.3: the very value of iss.
        assertThat(document("openid-configuration").get("issuer").textValue()).isEqualTo(issuer);
        URI uri = URI.create(issuer);
        assertThat(uri.getQuery()).isNull();
        assertThat(uri.getFragment()).isNull();
        assertThat(issuer).doesNotEndWith("/");
    }

    @Test
    void everyRequiredMemberIsThere() throws Exception {
        JsonNode document = document("openid-configuration");

        for (String name : List.of("issuer", "token_endpoint", "jwks_uri")) {
            assertThat(document.path(name).isTextual()).as(name).isTrue();
        }
        for (String name : List.of(
                "response_types_supported", "subject_types_supported", "id_token_signing_alg_values_supported")) {
            assertThat(document.path(name).isArray()).as(name).isTrue();
        }
        assertThat(texts(document.get("id_token_signing_alg_values_supported"))).contains("RS256");
        assertThat(texts(document.get("subject_types_supported"))).isSubsetOf("public", "pairwise");
    }

    @Test
    void thereIsNoAuthorizationEndpointAndNoGrantThatNeedsOne() throws Exception {
        JsonNode document = document("openid-configuration");

        // RFC 8414, 2: REQUIRED unless no grant types are supported that use it. Where grants are left out, code and
        // implicit are meant.
        assertThat(document.has("authorization_endpoint")).isFalse();
        assertThat(texts(document.get("grant_types_supported")))
                .isNotEmpty()
                .doesNotContain("authorization_code", "implicit");
        assertThat(texts(document.get("response_types_supported"))).containsExactly("none");
    }

    @Test
    void noMemberIsNullOrEmptyAndEveryAddressAnswers() throws Exception {
        JsonNode document = document("openid-configuration");
        Set<String> addresses = new TreeSet<>();

        // RFC 8414, 3.2: members with no elements are left out.
        document.fields().forEachRemaining(member -> {
            JsonNode value = member.getValue();
            assertThat(value.isNull()).as(member.getKey()).isFalse();
            assertThat(value.isArray() && value.isEmpty()).as(member.getKey()).isFalse();
            if (member.getKey().endsWith("_endpoint") || member.getKey().endsWith("_uri")) {
                addresses.add(member.getKey());
                URI uri = URI.create(value.textValue());
                assertThat(uri.isAbsolute()).isTrue();
                assertThat(given().get(uri.getPath()).statusCode())
                        .as(member.getKey())
                        .isIn(200, 401, 405);
            }
        });
        assertThat(addresses)
                .containsExactly(
                        "device_authorization_endpoint",
                        "introspection_endpoint",
                        "jwks_uri",
                        "revocation_endpoint",
                        "token_endpoint",
                        "userinfo_endpoint");
        assertThat(document("oauth-authorization-server")).isEqualTo(document);
    }

    @Test
    void aTokenSaysOnlyWhatTheDocumentPromises() throws Exception {
        Account ann = person("ann");
        JsonNode claims = claims(signedIn(ann).accessToken());
        List<String> names = new ArrayList<>();
        claims.fieldNames().forEachRemaining(names::add);

        JsonNode document = document("openid-configuration");
        assertThat(texts(document.get("claims_supported"))).containsAll(names);
        assertThat(texts(document.get("scopes_supported")))
                .containsAll(List.of(claims.get("scope").textValue().split(" ")));
    }

    @Test
    void aLibraryOfOthersFindsTheKeysByTheDocumentAlone() throws Exception {
        JsonNode document = document("openid-configuration");
        Account ann = person("ann");

        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(
                        new HttpsJwks(document.get("jwks_uri").textValue())))
                .setExpectedIssuer(document.get("issuer").textValue())
                .setExpectedAudience("devmentor")
                .setRequireSubject()
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .build()
                .processToClaims(signedIn(ann).accessToken());

        assertThat(claims.getSubject()).isEqualTo(ann.id());
    }
}
