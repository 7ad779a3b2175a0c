package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.TopicDefinition;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The auth service, the learning service and gateways before them, each a process, on real parts; and a client's view of them. */
final class FrontDoor implements AutoCloseable {
    static final String DEMO_PASSWORD = "a demo password of tests alone";

    private static final String SECRET = "a-secret-of-tests-alone-0123456789abcdef";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final JsonMapper JSON = new JsonMapper();

    private final TestPlatform platform;
    private final LocalService auth;
    private final LocalService learning;
    private final List<LocalService> gateways = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What was answered. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        Answer is(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }
    }

    /** Starts everything and waits until it is ready. */
    FrontDoor(TestPlatform platform, int gatewayCount, Map<String, String> gatewaySettings) {
        this.platform = platform;
        Map<String, TopicDefinition> topics = new LinkedHashMap<>();
        for (TopicDefinition topic : EventTopics.of(
                "auth-service", List.of("user.erasure-completed"), List.of("user.registered", "user.erased"))) {
            topics.putIfAbsent(topic.name(), topic);
        }
        for (TopicDefinition topic : EventTopics.of(
                "learning-service",
                List.of(
                        "quiz.answered",
                        "task.created",
                        "task.completed",
                        "memory.updated",
                        "user.erased",
                        "pattern.learned"),
                List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed"))) {
            topics.putIfAbsent(topic.name(), topic);
        }
        platform.resetTopics(topics.values());
        List<Integer> ports = Ports.free(2 + gatewayCount);
        String issuer = "http://127.0.0.1:" + ports.get(0);
        String publicUrl = "http://127.0.0.1:" + ports.get(2);
        auth = service("auth-service", 1, ports.get(0))
                .with("DEVMENTOR_AUTH_ISSUER", issuer)
                .with("DEVMENTOR_AUTH_PUBLIC_URL", publicUrl)
                .with("QUARKUS_OIDC_AUTH_SERVER_URL", issuer)
                .with("QUARKUS_REDIS_HOSTS", platform.redis().url())
                .with("DEVMENTOR_AUTH_TOKENS_KEY_ENCRYPTION_KEY", KEY)
                .with("DEVMENTOR_AUTH_TOKENS_KEY_OVERLAP", "PT3S")
                .with("DEVMENTOR_AUTH_AUDIT_KEY", KEY)
                .with("DEVMENTOR_AUTH_SECRET_KEY", KEY)
                .with("DEVMENTOR_AUTH_MAILBOX_ENABLED", "true")
                .with("DEVMENTOR_AUTH_DEMO_PASSWORD", DEMO_PASSWORD)
                .with("DEVMENTOR_AUTH_CLIENTS__API_GATEWAY__SECRET", SECRET)
                .with("DEVMENTOR_AUTH_CLIENTS__LAUNCHER__SECRET", SECRET)
                .with("DEVMENTOR_AUTH_ERASURE_SERVICES", "learning-service")
                .with("DEVMENTOR_AUTH_ERASURE_FIRST_REPEAT", "PT2S")
                .with("DEVMENTOR_AUTH_SERVICES__LEARNING_SERVICE_", "http://127.0.0.1:" + ports.get(1));
        learning = service("learning-service", 2, ports.get(1)).with("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
        for (int i = 0; i < gatewayCount; i++) {
            LocalService gateway = LocalService.of(
                            ServiceSystem.root(),
                            "api-gateway",
                            PartPlace.in(platform.home(), "api-gateway-" + i),
                            ports.get(2 + i))
                    .with("QUARKUS_REDIS_HOSTS", platform.redis().url())
                    .with("QUARKUS_OIDC_AUTH_SERVER_URL", issuer)
                    .with("DEVMENTOR_GATEWAY_IDENTITY_ISSUER", issuer)
                    .with("DEVMENTOR_GATEWAY_IDENTITY_CLIENT_SECRET", SECRET)
                    .with("DEVMENTOR_GATEWAY_SERVICES__AUTH_SERVICE__INSTANCES", issuer)
                    .with(
                            "DEVMENTOR_GATEWAY_SERVICES__LEARNING_SERVICE__INSTANCES",
                            "http://127.0.0.1:" + ports.get(1));
            gatewaySettings.forEach(gateway::with);
            gateways.add(gateway);
        }
        auth.start();
        learning.start();
        gateways.forEach(LocalService::start);
    }

    private LocalService service(String name, int number, int port) {
        TestPlatform.Database database = platform.newDatabase();
        return LocalService.of(
                        ServiceSystem.root(), name, PartPlace.in(platform.home(), name + "-front-" + number), port)
                .withKafka(platform.kafka().bootstrapServers())
                .withDatabase(database.jdbcUrl(), database.username(), database.password())
                .with("DEVMENTOR_ERASURE_KEY", PlatformResource.ERASURE_KEY);
    }

    LocalService auth() {
        return auth;
    }

    LocalService learning() {
        return learning;
    }

    LocalService gateway(int number) {
        return gateways.get(number);
    }

    List<LocalService> gateways() {
        return gateways;
    }

    TestPlatform platform() {
        return platform;
    }

    /** A request to the first gateway. */
    Answer get(String path, String token) {
        return send(gateway(0), "GET", path, token, null, Map.of());
    }

    Answer post(String path, String token, String json) {
        return send(gateway(0), "POST", path, token, json, Map.of());
    }

    Answer delete(String path, String token) {
        return send(gateway(0), "DELETE", path, token, null, Map.of());
    }

    /** A form to the first gateway. */
    Answer form(String path, Map<String, String> values) {
        String body = values.entrySet().stream()
                .map(value -> encode(value.getKey()) + "=" + encode(value.getValue()))
                .collect(Collectors.joining("&"));
        return send(gateway(0), "POST", path, "", body, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    Answer send(LocalService to, String method, String path, String token, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + path))
                .timeout(Counts.HANGS)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> names = new LinkedHashMap<>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> names.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            return new Answer(answer.statusCode(), names, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tokens of the demo person, by mail and password through the gateway. */
    JsonNode demo() {
        return login("demo@devmentor.local", DEMO_PASSWORD).is(200).json();
    }

    Answer login(String email, String password) {
        return post("/api/auth/login", "", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    /** An access token for anybody, as the launcher gets it. */
    String tokenFor(String subject, String role, String tier) {
        Answer answer = send(
                auth,
                "POST",
                "/api/auth/token",
                "",
                "grant_type=" + encode("urn:ietf:params:oauth:grant-type:token-exchange")
                        + "&client_id=launcher&client_secret=" + SECRET + "&requested_subject=" + encode(subject)
                        + "&roles=" + role + "&tier=" + tier,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        return answer.is(200).json().get("access_token").asText();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a token says. */
    static JsonNode claims(String token) {
        try {
            return JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode header(String token) {
        try {
            return JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<LocalService> all = new ArrayList<>(gateways);
        all.add(learning);
        all.add(auth);
        for (LocalService service : all) {
            if (service.isAlive()) {
                service.resume();
                service.kill9();
            }
        }
    }
}
