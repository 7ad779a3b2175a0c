package dev.devmentor.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.login.PeopleIT;
import dev.devmentor.auth.vault.RecordingHttp;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.ServerRefused;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account has one kind of password, however it comes to it. */
@QuarkusTest
class ZeroKnowledgeAccountIT extends PeopleIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OTHER = "amber cloud ladder";

    private static JsonNode srp(String password) throws Exception {
        KdfParams kdf = KdfParams.fresh(RANDOM);
        return JSON.readTree(ZeroKnowledgeLogin.parameters(MasterKey.derive(password.toCharArray(), kdf), kdf));
    }

    private static String zeroKnowledgeLogin(String email, String password) throws Exception {
        return new ZeroKnowledgeLogin(new RecordingHttp(), RANDOM)
                .login(email, password.toCharArray())
                .accessToken();
    }

    private static void isRefused(String email, String password) {
        assertThatThrownBy(() -> zeroKnowledgeLogin(email, password))
                .isInstanceOfSatisfying(ServerRefused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.type()).isEqualTo("login-failed");
                });
    }

    private static String resetToken(String email) {
        post("reset-password", Map.of("email", email)).then().statusCode(202);
        return tokenOf(mail(email, "Set a new password"));
    }

    @Test
    void somebodyRegistersWithoutEverSendingAPassword() throws Exception {
        String email = address("anna");
        post("register", Map.of("email", email, "name", "Anna", "srp", srp(PASSWORD))).then().statusCode(202);
        isRefused(email, PASSWORD);

        post("verify-email", Map.of("token", tokenOf(mail(email, "Confirm your address")))).then().statusCode(204);

        assertThat(claims(zeroKnowledgeLogin(email, PASSWORD)).get("sub").asText())
                .isEqualTo(rows("SELECT id FROM account WHERE email = ?", email).getFirst());
        login(email, PASSWORD).then().statusCode(401);
    }

    @Test
    void nobodysVerifierIsGoodForAnAddressThatTheyDidNotConfirm() throws Exception {
        String email = address("dora");
        post("register", Map.of("email", email, "srp", srp(OTHER))).then().statusCode(202);
        mail(email, "Confirm your address");
        post("register", Map.of("email", email, "srp", srp(PASSWORD))).then().statusCode(202);
        String own = tokenOf(mail(email, "Confirm your address", 2));
        post("verify-email", Map.of("token", own)).then().statusCode(204);

        assertThat(zeroKnowledgeLogin(email, PASSWORD)).isNotEmpty();
        isRefused(email, OTHER);
    }

    @Test
    void whoBecomesZeroKnowledgeHasNoHashAnyMoreAndCannotGetOneByTheWay() throws Exception {
        String email = registered("bert");
        String token = login(email, PASSWORD).jsonPath().getString("access_token");
        as(token).body(srp(OTHER).toString()).post("/api/auth/srp/register").then().statusCode(204);

        login(email, PASSWORD).then().statusCode(401);
        assertThat(number("SELECT count(*) FROM password p JOIN account a ON a.id = p.account_id WHERE a.email = ?", email))
                .isZero();
        as(token)
                .body(Map.of("new", PASSWORD))
                .post("/api/auth/me/password")
                .then()
                .statusCode(409)
                .body("type", endsWith("/already-zero-knowledge"));
        assertThat(zeroKnowledgeLogin(email, OTHER)).isNotEmpty();
    }

    @Test
    void aResetByMailPutsEitherKindInThePlaceOfTheOther() throws Exception {
        String email = registered("carla");

        post("reset-password/confirm", Map.of("token", resetToken(email), "srp", srp(OTHER))).then().statusCode(204);
        login(email, PASSWORD).then().statusCode(401);
        assertThat(zeroKnowledgeLogin(email, OTHER)).isNotEmpty();

        post("reset-password", Map.of("email", email)).then().statusCode(202);
        String second = tokenOf(mail(email, "Set a new password", 2));
        post("reset-password/confirm", Map.of("token", second, "password", PASSWORD)).then().statusCode(204);
        login(email, PASSWORD).then().statusCode(200);
        isRefused(email, OTHER);
    }

    @Test
    void refusesBothKindsAtOnceAndParametersThatProtectNobody() throws Exception {
        String email = address("emil");
        Response both = post("register", Map.of("email", email, "password", PASSWORD, "srp", srp(PASSWORD)));
        both.then().statusCode(400).body("detail", equalTo("'password' and 'srp' exclude each other"));
        post("register", Map.of("email", email, "srp", Map.of("salt", "AAAA", "iterations", 1, "verifier", "2")))
                .then()
                .statusCode(400);
        assertThat(number("SELECT count(*) FROM account WHERE email = ?", email)).isZero();
    }
}
