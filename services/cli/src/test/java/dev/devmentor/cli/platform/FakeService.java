package dev.devmentor.cli.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

/** Stands for any service in tests of the launcher: takes its environment, and says that it is ready. */
public final class FakeService {
    private FakeService() {}

    public static void main(String[] args) throws IOException {
        requireEnvironment();
        HttpServer server = server();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("fake service listens");
    }

    /** Fails, as a service does, where something is missing that it needs. */
    static void requireEnvironment() {
        for (String name : List.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "QUARKUS_DATASOURCE_PASSWORD",
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                "DEVMENTOR_ERASURE_KEY",
                "QUARKUS_OTEL_SDK_DISABLED")) {
            if (System.getenv(name) == null) {
                throw new IllegalStateException("ERROR " + name + " is not set");
            }
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
