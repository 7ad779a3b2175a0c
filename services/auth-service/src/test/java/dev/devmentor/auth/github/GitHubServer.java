package dev.devmentor.auth.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GitHub's OAuth and the two routes of its API that are asked, as docs.github.com describes them: form answers unless JSON is asked
 * for, errors of the token endpoint with 200, no answer without a User-Agent. What the person does on GitHub's page is said by
 * further parameters: {@code as} (id and login), {@code email}, {@code verified}, {@code primary}, or {@code deny}; {@code mode} makes
 * GitHub misbehave.
 */
public class GitHubServer implements QuarkusTestResourceLifecycleManager {
    private static final String CLIENT_ID = "test-app";
    private static final String CLIENT_SECRET = "test-secret";

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> tokens = new ConcurrentHashMap<>();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/login/oauth/authorize", this::authorize);
        server.createContext("/login/oauth/access_token", this::token);
        server.createContext("/api/user", this::user);
        server.createContext("/api/user/emails", this::emails);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "devmentor.auth.github.client-id", CLIENT_ID,
                "devmentor.auth.github.client-secret", CLIENT_SECRET,
                "devmentor.auth.github.authorize-url", base + "/login/oauth/authorize",
                "devmentor.auth.github.token-url", base + "/login/oauth/access_token",
                "devmentor.auth.github.api-url", base + "/api",
                "devmentor.auth.github.patience", "PT2S");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        if (!CLIENT_ID.equals(asked.get("client_id")) || !"S256".equals(asked.get("code_challenge_method"))) {
            answer(exchange, 404, "text/html", "");
            return;
        }
        String back = asked.get("redirect_uri") + "?state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
        if (asked.containsKey("deny")) {
            back += "&error=access_denied&error_description=The+user+has+denied+your+application+access.";
        } else {
            String code = UUID.randomUUID().toString().replace("-", "").substring(0, 20);
            codes.put(code, asked);
            back += "&code=" + code;
        }
        exchange.getResponseHeaders().add("Location", back);
        answer(exchange, 302, "text/html", "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> code = codes.remove(given.getOrDefault("code", ""));
        Map<String, String> result = new HashMap<>();
        String mode = code == null ? "" : code.getOrDefault("mode", "");
        if (mode.equals("down")) {
            answer(exchange, 503, "text/html", "<html>Unicorn!</html>");
            return;
        }
        if (mode.equals("nonsense")) {
            answer(exchange, 200, "application/json", "[1, 2");
            return;
        }
        if (!CLIENT_ID.equals(given.get("client_id")) || !CLIENT_SECRET.equals(given.get("client_secret"))) {
            result.put("error", "incorrect_client_credentials");
        } else if (code == null || mode.equals("expired")) {
            result.put("error", "bad_verification_code");
            result.put("error_description", "The code passed is incorrect or expired.");
        } else if (!code.get("redirect_uri").equals(given.get("redirect_uri"))) {
            result.put("error", "redirect_uri_mismatch");
        } else if (!code.get("code_challenge").equals(challenge(given.getOrDefault("code_verifier", "")))) {
            result.put("error", "bad_verification_code");
        } else {
            String token = "gho_" + UUID.randomUUID().toString().replace("-", "");
            tokens.put(token, code);
            result.put("access_token", token);
            result.put("token_type", "bearer");
            result.put("scope", code.getOrDefault("granted", code.get("scope").replace(' ', ',')));
        }
        if ("application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            answer(exchange, 200, "application/json", json(result));
        } else {
            answer(exchange, 200, "application/x-www-form-urlencoded", result.toString());
        }
    }

    private void user(HttpExchange exchange) throws IOException {
        Map<String, String> person = person(exchange);
        if (person != null) {
            String[] as = person.get("as").split(":");
            answer(exchange, 200, "application/json", "{\"id\": " + as[0] + ", \"login\": \"" + as[1]
                    + "\", \"name\": \"Mona\\nLisa\", \"email\": null, \"node_id\": \"x\"}");
        }
    }

    private void emails(HttpExchange exchange) throws IOException {
        Map<String, String> person = person(exchange);
        if (person != null) {
            answer(exchange, 200, "application/json", "[{\"email\": \"second@people.example\", \"verified\": true,"
                    + " \"primary\": false, \"visibility\": null}, {\"email\": \"" + person.get("email")
                    + "\", \"verified\": " + person.getOrDefault("verified", "true") + ", \"primary\": "
                    + person.getOrDefault("primary", "true") + ", \"visibility\": \"public\"}]");
        }
    }

    private Map<String, String> person(HttpExchange exchange) throws IOException {
        String agent = exchange.getRequestHeaders().getFirst("User-Agent");
        if (agent == null || agent.startsWith("Java")) {
            answer(exchange, 403, "text/html", "Request forbidden by administrative rules.");
            return null;
        }
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        Map<String, String> person =
                bearer == null || !bearer.startsWith("Bearer ") ? null : tokens.get(bearer.substring(7));
        if (person == null) {
            answer(exchange, 401, "application/json", "{\"message\": \"Bad credentials\"}");
        }
        return person;
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String json(Map<String, String> values) {
        StringBuilder json = new StringBuilder("{");
        values.forEach((name, value) -> json.append(json.length() == 1 ? "" : ", ")
                .append('"').append(name).append("\": \"").append(value).append('"'));
        return json.append('}').toString();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
