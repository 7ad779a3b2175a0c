package dev.devmentor.pbml.operation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.KeycloakLike;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only {@code quarkus.oidc.auth-server-url} is another one: the URL of a realm (docs/identity-provider.md). */
@QuarkusTest
@WithTestResource(OtherIssuerIT.Realm.class)
class OtherIssuerIT {
    private static final String ADA = "6f8b2a7e-3d0c-4c86-9a57-2f1f4f0d3b11";

    KeycloakLike realm;

    /** Comes after the platform, whose issuer it takes the place of. */
    public static class Realm implements QuarkusTestResourceLifecycleManager {
        private @Nullable KeycloakLike realm;

        @Override
        public int order() {
            return 100;
        }

        @Override
        public Map<String, String> start() {
            KeycloakLike started = new KeycloakLike();
            realm = started;
            return Map.of("quarkus.oidc.auth-server-url", started.url());
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(realm, new TestInjector.MatchesType(KeycloakLike.class));
        }

        @Override
        public void stop() {
            if (realm != null) {
                realm.close();
            }
        }
    }

    private static int status(String token) {
        return given().auth().oauth2(token).get("/api/pbml/settings").statusCode();
    }

    @Test
    void peopleOfARealmUseTheService() {
        String token = realm.accessToken(ADA, "learner");
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"shareWithTeams\":true,\"shareWithEveryone\":true}")
                .put("/api/pbml/settings")
                .then()
                .statusCode(200);

        given().auth()
                .oauth2(token)
                .get("/api/pbml/settings")
                .then()
                .statusCode(200)
                .body("shareWithEveryone", equalTo(true));
        given().auth()
                .oauth2(realm.accessToken("somebody-else", "learner"))
                .get("/api/pbml/settings")
                .then()
                .statusCode(200)
                .body("shareWithEveryone", equalTo(false));
    }

    @Test
    void whatTheRealmSignedForSomethingElseIsAsNone() {
        assertThat(status(realm.idToken(ADA))).isEqualTo(401);
        assertThat(status(realm.forged(ADA))).isEqualTo(401);
        assertThat(status(realm.accessToken(ADA, claims -> claims.put("aud", "account"))))
                .isEqualTo(401);
        assertThat(status(realm.accessToken(ADA, claims -> claims.put("iss", "http://127.0.0.1:1/realms/devmentor"))))
                .isEqualTo(401);
    }

    @Test
    void whoHasNoMappedRoleIsForbiddenWhateverTheRealmCallsThem() {
        assertThat(status(realm.accessToken(ADA))).isEqualTo(403);
        assertThat(status(realm.accessToken(ADA, claims -> claims.remove(List.of("roles", "tier", "teams")))))
                .isEqualTo(403);
    }

    /** As when a key got out, and the next one with it: nobody who logs in then is kept out, and what the old ones signed is worth nothing. */
    @Test
    void keysThatChangeTwiceInARowKeepNobodyOut() {
        String before = realm.accessToken(ADA, "learner");
        assertThat(status(before)).isEqualTo(200);
        for (int change = 1; change <= 2; change++) {
            realm.changeKey();
            String after = realm.accessToken(ADA, "learner");
            Conditions.await("change " + change + " is known", () -> status(after) == 200);
            assertThat(status(before)).isEqualTo(401);
            before = after;
        }
    }
}
