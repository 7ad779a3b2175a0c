package dev.devmentor.gateway.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** A key that signs whatever a test wants. */
final class TestKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    final String id;
    private final KeyPair pair;

    TestKey(String id) {
        this.id = id;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    JsonObject jwk() {
        return new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", unsigned(publicKey().getModulus()))
                .put("e", unsigned(publicKey().getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return URL.encodeToString(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    JsonObject header() {
        return new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", id);
    }

    /** What the auth service puts into a token of 15 minutes. */
    static JsonObject claims(String issuer, Instant now) {
        return new JsonObject()
                .put("iss", issuer)
                .put("aud", "devmentor")
                .put("sub", "ada")
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + 900)
                .put("jti", "f6a1c9")
                .put("roles", new JsonArray().add("learner"))
                .put("scope", "learning:read learning:write")
                .put("tier", "premium")
                .put("teams", new JsonArray())
                .put("sid", "session-1");
    }

    String sign(JsonObject claims) {
        return sign(header().encode(), claims.encode());
    }

    String sign(String header, String claims) {
        String input = encode(header) + "." + encode(claims);
        return input + "." + URL.encodeToString(signature(input));
    }

    byte[] signature(String input) {
        return signature(input, "SHA256withRSA");
    }

    byte[] signature(String input, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return URL.encodeToString(bytes);
    }
}
