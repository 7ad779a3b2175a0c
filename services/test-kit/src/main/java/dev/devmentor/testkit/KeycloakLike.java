package dev.devmentor.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Another issuer: answers as Keycloak 26 documents it for a realm {@code devmentor}, and signs tokens in its form. The issuer has a path,
 * the discovery document many members that are nothing to us, the key set a key for encryption beside that for signatures, and a token
 * more claims than ours. The claims that services rely on are those that docs/identity-provider.md has mappers for.
 */
public final class KeycloakLike implements AutoCloseable {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REALM = "/realms/devmentor";

    private final HttpServer server;
    private volatile Signing signing = new Signing("signing", keyPair());
    private final KeyPair encryption = keyPair();

    public KeycloakLike() {
        try {
            InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private record Signing(String id, KeyPair pair) {}

    /** Another key signs from now on, and the one before is published no more. */
    public void changeKey() {
        signing = new Signing("signing-" + UUID.randomUUID(), keyPair());
    }

    /** The issuer: {@code http://127.0.0.1:PORT/realms/devmentor}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + REALM;
    }

    /** An access token of a person, as the mappers make it. */
    public String accessToken(String subject, String... roles) {
        return accessToken(subject, claims -> {
            ArrayNode mapped = claims.putArray("roles");
            List.of(roles).forEach(mapped::add);
        });
    }

    /** An access token with other claims. */
    public String accessToken(String subject, Consumer<ObjectNode> change) {
        ObjectNode claims = common(subject, "Bearer");
        claims.putArray("aud").add("devmentor").add("account");
        claims.putArray("allowed-origins").add("http://127.0.0.1:8080");
        claims.putObject("realm_access")
                .putArray("roles")
                .add("default-roles-devmentor")
                .add("offline_access")
                .add("uma_authorization");
        claims.putObject("resource_access")
                .putObject("account")
                .putArray("roles")
                .add("manage-account")
                .add("view-profile");
        claims.put("scope", "openid profile email learning:read learning:write patterns:read patterns:write");
        claims.put("tier", "premium");
        claims.putArray("teams").add("blue");
        claims.putArray("roles");
        change.accept(claims);
        return sign(claims, signing.pair());
    }

    /** What tells the program who logged in. It is signed by the same key, and no access token. */
    public String idToken(String subject) {
        ObjectNode claims = common(subject, "ID");
        claims.put("aud", "devmentor-spa");
        claims.put("at_hash", "x0hUQy2VMKy2r2KfV_dqUg");
        claims.putArray("roles").add("operator");
        return sign(claims, signing.pair());
    }

    /** A token under the name of the right key that another one has signed. */
    public String forged(String subject) {
        ObjectNode claims = common(subject, "Bearer");
        claims.putArray("aud").add("devmentor");
        claims.putArray("roles").add("operator");
        return sign(claims, encryption);
    }

    private ObjectNode common(String subject, String type) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode();
        claims.put("exp", now + 300);
        claims.put("iat", now);
        claims.put("auth_time", now - 10);
        claims.put("jti", "onrtac:" + UUID.randomUUID());
        claims.put("iss", url());
        claims.put("sub", subject);
        claims.put("typ", type);
        claims.put("azp", "devmentor-spa");
        claims.put("sid", UUID.randomUUID().toString());
        claims.put("acr", "1");
        claims.put("email_verified", true);
        claims.put("preferred_username", "ada");
        return claims;
    }

    private String sign(ObjectNode claims, KeyPair key) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + signing.id() + "\"}";
        String input = URL.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + URL.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
        return input + "." + URL.encodeToString(signature(key, input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] signature(KeyPair key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs RS256", e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String json = switch (path) {
            case REALM + "/.well-known/openid-configuration" -> discovery();
            case REALM + "/protocol/openid-connect/certs" -> certs();
            default -> "{\"error\":\"RESTEASY003210: Could not find resource for full path\"}";
        };
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache, must-revalidate, no-transform, no-store");
        exchange.sendResponseHeaders(json.startsWith("{\"error") ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String discovery() {
        try (InputStream document = KeycloakLike.class.getResourceAsStream("/keycloak/openid-configuration.json")) {
            if (document == null) {
                throw new IllegalStateException("the document of the realm is not there");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8).replace("ISSUER", url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String certs() {
        ObjectNode set = JSON.createObjectNode();
        ArrayNode keys = set.putArray("keys");
        // The key that is no use to us comes first.
        keys.add(jwk("encryption", "RSA-OAEP", "enc", encryption));
        keys.add(jwk(signing.id(), "RS256", "sig", signing.pair()));
        return set.toString();
    }

    private static ObjectNode jwk(String id, String algorithm, String use, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ObjectNode jwk = JSON.createObjectNode();
        jwk.put("kid", id);
        jwk.put("kty", "RSA");
        jwk.put("alg", algorithm);
        jwk.put("use", use);
        byte[] certificate = SelfSigned.certificate(pair);
        jwk.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate));
        jwk.put("x5t", URL.encodeToString(SelfSigned.digest("SHA-1", certificate)));
        jwk.put("x5t#S256", URL.encodeToString(SelfSigned.digest("SHA-256", certificate)));
        jwk.put("n", URL.encodeToString(unsigned(key.getModulus())));
        jwk.put("e", URL.encodeToString(unsigned(key.getPublicExponent())));
        return jwk;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
