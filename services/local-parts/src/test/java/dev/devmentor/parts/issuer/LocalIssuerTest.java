package dev.devmentor.parts.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void publishesTheKeyThatItsTokensAreSignedWith() throws Exception {
        try (LocalIssuer issuer = LocalIssuer.start(0, IssuerKey.generate())) {
            String token = issuer.minter().mint(TokenMinter.Claims.learner("demo"));
            JsonNode discovery = get(issuer.url() + "/.well-known/openid-configuration");
            JsonNode jwk = get(discovery.get("jwks_uri").asText()).get("keys").get(0);

            assertThat(discovery.get("issuer").asText()).isEqualTo(issuer.url());
            assertThat(verifies(token, jwk)).isTrue();
            assertThat(verifies(token.substring(0, token.length() - 8) + "AAAAAAAA", jwk))
                    .isFalse();
            JsonNode claims = part(token, 1);
            assertThat(claims.get("iss").asText()).isEqualTo(issuer.url());
            assertThat(claims.get("aud").asText()).isEqualTo("devmentor");
            assertThat(claims.get("sub").asText()).isEqualTo("demo");
            assertThat(claims.get("roles").toString()).isEqualTo("[\"learner\"]");
            assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(900);
        }
    }

    @Test
    void hasNoAddressThatGivesOutATokenAndListensOnLoopbackOnly() throws Exception {
        try (LocalIssuer issuer = LocalIssuer.start(0, IssuerKey.generate())) {
            assertThat(status(issuer.url() + "/token")).isEqualTo(404);
            assertThat(status(issuer.url() + "/jwks/anything")).isEqualTo(404);
            assertThat(get(issuer.url() + "/.well-known/openid-configuration").has("token_endpoint"))
                    .isFalse();
        }
    }

    @Test
    void keepsItsKeyInAFileThatOnlyTheOwnerReads() throws IOException {
        Path file = home.resolve("secrets/issuer-key.pem");
        IssuerKey first = IssuerKey.loadOrCreate(file);
        assertThat(IssuerKey.loadOrCreate(file).id()).isEqualTo(first.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static boolean verifies(String token, JsonNode jwk) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(jwk.get("n")), number(jwk.get("e"))));
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.asText()));
    }

    private static JsonNode part(String token, int index) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        return JSON.readTree(send(url).body());
    }

    private static int status(String url) throws IOException, InterruptedException {
        return send(url).statusCode();
    }

    private static HttpResponse<String> send(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
