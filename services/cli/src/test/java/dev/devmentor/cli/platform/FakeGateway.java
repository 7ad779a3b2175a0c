package dev.devmentor.cli.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/** Stands for the gateway in tests of the launcher: passes on by prefix, refuses whoever has no token, and nothing else. */
public final class FakeGateway {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private FakeGateway() {}

    public static void main(String[] args) throws IOException {
        FakeService.begin(
                "QUARKUS_REDIS_HOSTS",
                "DEVMENTOR_GATEWAY_IDENTITY_ISSUER",
                "DEVMENTOR_GATEWAY_IDENTITY_CLIENT_SECRET",
                "DEVMENTOR_GATEWAY_INSTALLED",
                "DEVMENTOR_GATEWAY_SERVICES__AUTH_SERVICE__INSTANCES",
                "DEVMENTOR_GATEWAY_SERVICES__LEARNING_SERVICE__INSTANCES",
                "DEVMENTOR_GATEWAY_SERVICES__PBML_SERVICE__INSTANCES");
        HttpServer server = FakeService.server();
        Map.of("/api/auth", "AUTH", "/api/learning", "LEARNING", "/api/pbml", "PBML")
                .forEach((prefix, name) -> {
                    String url = Objects.requireNonNull(
                            System.getenv("DEVMENTOR_GATEWAY_SERVICES__" + name + "_SERVICE__INSTANCES"));
                    server.createContext(prefix, exchange -> pass(exchange, url, prefix.equals("/api/auth")));
                });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("fake gateway listens");
    }

    private static void pass(HttpExchange exchange, String url, boolean open) throws IOException {
        if (!open && exchange.getRequestHeaders().getFirst("Authorization") == null) {
            answer(exchange, 401, "{\"title\":\"Not authenticated\",\"status\":401}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Authorization", "Content-Type", "Idempotency-Key")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Via", "1.1 fake-gateway");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        System.out.println(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + status);
    }
}
