package dev.devmentor.cli.platform;

import dev.devmentor.cli.platform.ServiceDefinition.Need;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.Ports;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a service is told by its environment: where the parts are, and its secrets, which stand on no command line. */
final class ServiceEnvironment {
    private final Home home;
    private final Addresses addresses;
    private final LocalPostgres postgres;

    ServiceEnvironment(Home home, int offset, LocalPostgres postgres) {
        this.home = home;
        this.addresses = new Addresses(offset);
        this.postgres = postgres;
    }

    Map<String, String> of(ServiceDefinition service, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        if (service.needs(Need.KAFKA)) {
            environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.kafka());
        }
        String database = service.database();
        if (database != null) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(database));
            environment.put("QUARKUS_DATASOURCE_USERNAME", database);
            environment.put("QUARKUS_DATASOURCE_PASSWORD", ServiceSecrets.databasePassword(home, service));
            environment.put("DEVMENTOR_ERASURE_KEY", home.secret(ServiceSecrets.ERASURE_KEY, 32));
        }
        if (service.needs(Need.REDIS)) {
            environment.put("QUARKUS_REDIS_HOSTS", addresses.redis());
        }
        if (service.needs(Need.AUTH)) {
            environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", addresses.service(Platform.AUTH));
        }
        switch (service.name()) {
            case Platform.AUTH -> auth(environment);
            case Platform.GATEWAY -> gateway(environment);
            case Platform.LEARNING ->
                environment.put(
                        "DEVMENTOR_LEARNING_DOCUMENTS_READER",
                        home.root()
                                .resolve("services/document-reader/target/reader")
                                .toString());
            default -> {}
        }
        telemetry(environment);
        return environment;
    }

    private void auth(Map<String, String> environment) {
        environment.put("DEVMENTOR_AUTH_ISSUER", addresses.service(Platform.AUTH));
        environment.put("DEVMENTOR_AUTH_PUBLIC_URL", addresses.service(Platform.GATEWAY));
        environment.put("DEVMENTOR_AUTH_TOKENS_KEY_ENCRYPTION_KEY", home.secret(ServiceSecrets.KEY_ENCRYPTION, 32));
        environment.put("DEVMENTOR_AUTH_AUDIT_KEY", home.secret(ServiceSecrets.AUDIT, 32));
        environment.put("DEVMENTOR_AUTH_SECRET_KEY", home.secret(ServiceSecrets.DERIVATION, 32));
        environment.put("DEVMENTOR_AUTH_CLIENTS__API_GATEWAY__SECRET", home.secret(ServiceSecrets.GATEWAY, 32));
        environment.put("DEVMENTOR_AUTH_CLIENTS__LAUNCHER__SECRET", home.secret(ServiceSecrets.LAUNCHER, 32));
        environment.put("DEVMENTOR_AUTH_DEMO_PASSWORD", home.secret(ServiceSecrets.DEMO_PASSWORD, 12));
        environment.put("DEVMENTOR_AUTH_MAILBOX_ENABLED", "true");
        // Of the mailbox, which nobody but the service itself sends to. Another one at each start, as a second instance
        // needs it.
        environment.put("QUARKUS_MAILER_PORT", String.valueOf(Ports.free()));
        for (ServiceDefinition service : Platform.SERVICES) {
            if (service.keepsPeople()) {
                environment.put(
                        "DEVMENTOR_AUTH_SERVICES__" + variable(service) + "_", addresses.service(service.name()));
            }
        }
    }

    private void gateway(Map<String, String> environment) {
        environment.put("DEVMENTOR_GATEWAY_IDENTITY_ISSUER", addresses.service(Platform.AUTH));
        environment.put("DEVMENTOR_GATEWAY_IDENTITY_CLIENT_SECRET", home.secret(ServiceSecrets.GATEWAY, 32));
        environment.put(
                "DEVMENTOR_GATEWAY_INSTALLED",
                Platform.SERVICES.stream()
                        .map(ServiceDefinition::name)
                        .filter(name -> !name.equals(Platform.GATEWAY))
                        .collect(Collectors.joining(",")));
        for (ServiceDefinition service : Platform.SERVICES) {
            if (!service.name().equals(Platform.GATEWAY)) {
                environment.put(
                        "DEVMENTOR_GATEWAY_SERVICES__" + variable(service) + "__INSTANCES",
                        addresses.service(service.name()));
            }
        }
    }

    private static String variable(ServiceDefinition service) {
        return service.name().replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void telemetry(Map<String, String> environment) {
        String collector = System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (collector == null || collector.isBlank()) {
            environment.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        } else {
            environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
            environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector);
        }
    }
}
