package dev.devmentor.cli.identity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the auth service as its clients see it: refresh tokens are good once and their reuse ends the login, device
 * codes, token exchange for the launcher. Its tokens look like tokens and nobody checks them.
 */
public final class FakeAuthService implements AutoCloseable {
    /** The one person with a password. */
    public static final String EMAIL = "demo@devmentor.local";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String launcherSecret;
    private final String password;
    private @Nullable String code;
    /** Client and subject by token. */
    private final Map<String, String> refreshTokens = new HashMap<>();

    private final Map<String, String> usedTokens = new HashMap<>();
    private final List<String> polls = new ArrayList<>();
    private final List<ObjectNode> nextPolls = new ArrayList<>();
    private int number;

    /** How long access tokens say that they are good. */
    int lifetimeSeconds = 900;

    private FakeAuthService(HttpServer server, String launcherSecret, String password) {
        this.server = server;
        this.launcherSecret = launcherSecret;
        this.password = password;
    }

    static FakeAuthService start(String launcherSecret, String password) throws IOException {
        FakeAuthService fake = on(
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), 0), 0),
                launcherSecret,
                password);
        fake.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        fake.server.start();
        return fake;
    }

    /** Adds its paths to a server that is not started yet. */
    public static FakeAuthService on(HttpServer server, String launcherSecret, String password) {
        FakeAuthService fake = new FakeAuthService(server, launcherSecret, password);
        server.createContext("/api/auth/token", exchange -> send(exchange, fake.token(exchange, form(exchange))));
        server.createContext("/api/auth/device_authorization", exchange -> send(exchange, fake.device(form(exchange))));
        server.createContext("/api/auth/login", exchange -> send(exchange, fake.login(exchange)));
        server.createContext("/api/auth/revoke", exchange -> send(exchange, fake.revoke(form(exchange))));
        server.createContext("/api/auth/me", exchange -> send(exchange, fake.me(exchange)));
        return fake;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many logins can still be renewed. */
    synchronized int logins() {
        return refreshTokens.size();
    }

    /** Device codes that were polled. */
    synchronized List<String> polls() {
        return List.copyOf(polls);
    }

    /** What a later poll is answered; without any, the person agrees at once. */
    synchronized void answerPollBy(int status, String error) {
        nextPolls.add(JSON.createObjectNode().put("status", status).put("error", error));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Answer(int status, String json, Map<String, String> headers) {
        Answer(int status, String json) {
            this(status, json, Map.of());
        }
    }

    private static Answer refused(int status, String error) {
        return new Answer(status, JSON.createObjectNode().put("error", error).toString());
    }

    private synchronized Answer token(HttpExchange exchange, Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token" -> refresh(form);
            case "urn:ietf:params:oauth:grant-type:device_code" -> poll(form);
            case "urn:ietf:params:oauth:grant-type:token-exchange" -> exchange(exchange, form);
            default -> refused(400, "unsupported_grant_type");
        };
    }

    private Answer refresh(Map<String, String> form) {
        String token = form.getOrDefault("refresh_token", "");
        String whose = refreshTokens.remove(token);
        if (whose == null || !whose.startsWith(form.getOrDefault("client_id", "") + " ")) {
            String reused = usedTokens.get(token);
            if (reused != null) {
                refreshTokens.values().removeIf(reused::equals);
            }
            return refused(400, "invalid_grant");
        }
        usedTokens.put(token, whose);
        String[] clientAndSubject = whose.split(" ");
        return granted(clientAndSubject[0], clientAndSubject[1]);
    }

    private Answer poll(Map<String, String> form) {
        polls.add(form.getOrDefault("device_code", ""));
        if (!nextPolls.isEmpty()) {
            ObjectNode next = nextPolls.removeFirst();
            int status = next.path("status").asInt();
            Map<String, String> headers = status == 429 ? Map.of("Retry-After", "42") : Map.of();
            return new Answer(status, next.toString(), headers);
        }
        return granted(AuthApi.CLIENT, "demo");
    }

    private Answer exchange(HttpExchange exchange, Map<String, String> form) {
        String basic = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8))
                .orElse("");
        if (!basic.equals("launcher:" + launcherSecret)) {
            return refused(401, "invalid_client");
        }
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put(
                                "access_token",
                                accessToken(
                                        form.getOrDefault("requested_subject", ""),
                                        form.getOrDefault("roles", ""),
                                        "launcher"))
                        .put("token_type", "Bearer")
                        .put("expires_in", lifetimeSeconds)
                        .toString());
    }

    private Answer granted(String client, String subject) {
        String refresh = "refresh-" + ++number;
        refreshTokens.put(refresh, client + " " + subject);
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put("access_token", accessToken(subject, "learner", client))
                        .put("token_type", "Bearer")
                        .put("expires_in", lifetimeSeconds)
                        .put("refresh_token", refresh)
                        .toString());
    }

    private String accessToken(String subject, String role, String client) {
        String payload = JSON.createObjectNode()
                .put("sub", subject)
                .put("role", role)
                .put("client_id", client)
                .put("jti", ++number)
                .toString();
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private synchronized Answer device(Map<String, String> form) {
        if (!AuthApi.CLIENT.equals(form.get("client_id"))) {
            return refused(401, "invalid_client");
        }
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put("device_code", "device-" + ++number)
                        .put("user_code", "BCDF-GHJK")
                        .put("verification_uri", url() + "/auth/device")
                        .put("verification_uri_complete", url() + "/auth/device?user_code=BCDF-GHJK")
                        .put("expires_in", 600)
                        .put("interval", 1)
                        .toString());
    }

    private synchronized Answer login(HttpExchange exchange) throws IOException {
        var body = JSON.readTree(exchange.getRequestBody());
        boolean right = body.path("email").asText().equals(EMAIL)
                && body.path("password").asText().equals(password);
        String given = body.path("code").asText("");
        if (right && code != null && !given.equals(code)) {
            return problem(given.isEmpty() ? "second-factor-required" : "wrong-second-factor");
        }
        return right ? granted("devmentor-web", "demo") : problem("unauthorized");
    }

    private static Answer problem(String type) {
        return new Answer(
                401,
                JSON.createObjectNode()
                        .put("type", "https://devmentor.dev/problems/" + type)
                        .put("title", "Not authenticated")
                        .put("detail", "it is " + type)
                        .toString());
    }

    /** From now on a login takes this, too. */
    synchronized void secondFactor(String wanted) {
        code = wanted;
    }

    private synchronized Answer revoke(Map<String, String> form) {
        refreshTokens.remove(form.getOrDefault("token", ""));
        return new Answer(200, "");
    }

    private Answer me(HttpExchange exchange) {
        String subject = Login.claims(
                        exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length()))
                .path("sub")
                .asText();
        ObjectNode me = JSON.createObjectNode().put("id", subject).put("tier", "free");
        me.putArray("roles").add("learner");
        if (subject.equals("demo")) {
            me.put("email", EMAIL);
        }
        return new Answer(200, me.toString());
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        Map<String, String> form = new HashMap<>();
        for (String field : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(@Nullable String text) {
        return URLDecoder.decode(text == null ? "" : text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
