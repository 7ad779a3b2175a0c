package dev.devmentor.gateway.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An auth service that does what a test says: publishes keys, exchanges API keys, takes reports, falls silent. */
final class HandmadeIssuer implements AutoCloseable {
    final AtomicInteger keyFetches = new AtomicInteger();
    final AtomicInteger exchanges = new AtomicInteger();
    final List<JsonObject> reports = new CopyOnWriteArrayList<>();
    final List<String> mistakes = new CopyOnWriteArrayList<>();
    /** By API key: what its answer says beside the token. */
    final Map<String, JsonObject> apiKeys = new ConcurrentHashMap<>();

    volatile List<TestKey> published;
    volatile boolean isDown;
    /** Answers wait for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    private final HttpServer server;

    HandmadeIssuer(TestKey... keys) {
        published = List.of(keys);
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String token(TestKey key, String subject) {
        return key.sign(TestKey.claims(url(), Instant.now()).put("sub", subject));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            gate.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isDown) {
            send(exchange, 503, new JsonObject());
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" ->
                send(
                        exchange,
                        200,
                        new JsonObject()
                                .put("issuer", url())
                                .put("jwks_uri", url() + "/keys")
                                .put("token_endpoint", url() + "/token"));
            case "/keys" -> {
                keyFetches.incrementAndGet();
                JsonArray keys = new JsonArray();
                published.forEach(key -> keys.add(key.jwk()));
                send(exchange, 200, new JsonObject().put("keys", keys));
            }
            case "/token" -> token(exchange, form(body));
            case "/api/auth/keys/usage" -> {
                if (!exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ey")
                        || exchange.getRequestHeaders().getFirst("X-Gateway-Instance") == null) {
                    mistakes.add("a report without a token or an instance");
                }
                new JsonArray(new String(body, StandardCharsets.UTF_8)).forEach(line -> reports.add((JsonObject) line));
                send(exchange, 204, new JsonObject());
            }
            default -> send(exchange, 404, new JsonObject());
        }
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        // api-gateway:gateway-secret
        if (!"Basic YXBpLWdhdGV3YXk6Z2F0ZXdheS1zZWNyZXQ="
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            mistakes.add("a token request without the client's secret");
        }
        JsonObject answer = new JsonObject().put("token_type", "Bearer").put("expires_in", 900);
        if ("client_credentials".equals(form.get("grant_type"))) {
            send(exchange, 200, answer.put("access_token", token(published.getFirst(), "api-gateway")));
            return;
        }
        exchanges.incrementAndGet();
        if (!"urn:devmentor:oauth:grant-type:api-key".equals(form.get("grant_type"))) {
            mistakes.add("another grant: " + form.get("grant_type"));
        }
        JsonObject known = apiKeys.get(form.getOrDefault("api_key", ""));
        if (known == null) {
            send(exchange, 400, new JsonObject().put("error", "invalid_grant"));
        } else {
            send(exchange, 200, answer.mergeIn(known).put("access_token", token(published.getFirst(), "robot")));
        }
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
            String[] both = field.split("=", 2);
            if (both.length == 2) {
                fields.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] body = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
        if (status != 204) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
