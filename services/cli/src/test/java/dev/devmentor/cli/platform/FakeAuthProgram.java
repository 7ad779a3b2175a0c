package dev.devmentor.cli.platform;

import com.sun.net.httpserver.HttpServer;
import dev.devmentor.cli.identity.FakeAuthService;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executors;

/** {@link FakeAuthService} as a program, with the secrets that the launcher gives it. */
public final class FakeAuthProgram {
    private FakeAuthProgram() {}

    public static void main(String[] args) throws IOException {
        FakeService.begin(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "QUARKUS_DATASOURCE_PASSWORD",
                "KAFKA_BOOTSTRAP_SERVERS",
                "QUARKUS_REDIS_HOSTS",
                "DEVMENTOR_ERASURE_KEY",
                "DEVMENTOR_AUTH_ISSUER",
                "DEVMENTOR_AUTH_PUBLIC_URL",
                "DEVMENTOR_AUTH_TOKENS_KEY_ENCRYPTION_KEY",
                "DEVMENTOR_AUTH_AUDIT_KEY",
                "DEVMENTOR_AUTH_SECRET_KEY",
                "DEVMENTOR_AUTH_CLIENTS__API_GATEWAY__SECRET",
                "DEVMENTOR_AUTH_SERVICES__LEARNING_SERVICE_",
                "DEVMENTOR_AUTH_SERVICES__PBML_SERVICE_",
                "QUARKUS_MAILER_PORT",
                "DEVMENTOR_AUTH_MAILBOX_ENABLED");
        HttpServer server = FakeService.server();
        FakeAuthService.on(
                server,
                Objects.requireNonNull(System.getenv("DEVMENTOR_AUTH_CLIENTS__LAUNCHER__SECRET")),
                Objects.requireNonNull(System.getenv("DEVMENTOR_AUTH_DEMO_PASSWORD")));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("fake auth service listens");
    }
}
