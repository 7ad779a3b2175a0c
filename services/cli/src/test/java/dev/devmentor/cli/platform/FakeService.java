package dev.devmentor.cli.platform;

import com.sun.net.httpserver.HttpServer;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Stands for the PBML service in tests of the launcher: takes its environment, says that it is ready, and verifies. */
public final class FakeService {
    static final String[] SERVICE = {
        "QUARKUS_DATASOURCE_JDBC_URL",
        "QUARKUS_DATASOURCE_PASSWORD",
        "KAFKA_BOOTSTRAP_SERVERS",
        "QUARKUS_OIDC_AUTH_SERVER_URL",
        "DEVMENTOR_ERASURE_KEY"
    };

    private FakeService() {}

    public static void main(String[] args) throws IOException {
        begin(SERVICE);
        HttpServer server = server();
        server.createContext("/api/pbml/verify", exchange -> {
            byte[] body = """
                    {"owners":1,"observations":7,"patterns":3,"mismatches":0,"done":false}
                    {"owners":1,"observations":20,"patterns":4,"mismatches":0,"done":true}
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("fake service listens");
    }

    /**
     * Fails, as a service does, where something is missing that it needs. While the file named by FAKE_LINGER is there the
     * process does not end when it is asked to.
     */
    static void begin(String... needed) {
        for (String name : Stream.concat(Stream.of(needed), Stream.of("QUARKUS_OTEL_SDK_DISABLED"))
                .toList()) {
            if (System.getenv(name) == null) {
                throw new IllegalStateException("ERROR " + name + " is not set");
            }
        }
        String linger = System.getenv("FAKE_LINGER");
        if (linger != null) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> Waiting.until(Duration.ofMinutes(5), () -> !Files.exists(Path.of(linger)))));
        }
    }

    /** A server at the service's place that says it is ready once it runs. */
    static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getByName(System.getenv("QUARKUS_HTTP_HOST")),
                        Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                0);
        server.createContext("/q/health/ready", exchange -> {
            byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        return server;
    }
}
