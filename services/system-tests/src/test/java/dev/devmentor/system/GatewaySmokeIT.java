package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The gateway as it is shipped lets in whom it should, takes requests to a service and back, and answers what is its own. */
class GatewaySmokeIT {
    private static final int REQUESTS = 100;

    @Test
    void theShippedGatewayIsADoorToAService() throws Exception {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            byte[] body = ("{\"path\":\"" + exchange.getRequestURI() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        backend.start();
        String url = "http://127.0.0.1:" + backend.getAddress().getPort();
        try (SmokedService service = new SmokedService(
                "api-gateway",
                List.of(),
                List.of(),
                (platform, settings) -> settings.with(
                                "QUARKUS_REDIS_HOSTS", platform.redis().url())
                        .with(
                                "DEVMENTOR_GATEWAY_IDENTITY_ISSUER",
                                platform.issuer().url())
                        .with("DEVMENTOR_GATEWAY_SERVICES__LEARNING_SERVICE__INSTANCES", url))) {
            String ada = service.platform().tokens().learner("ada");
            String path = "/api/learning/reviews/due";
            assertThat(service.send("GET", path, null, null).statusCode()).isEqualTo(401);
            assertThat(service.send("GET", path, ada + "x", null).statusCode()).isEqualTo(401);
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(service.get(path + "?n=" + i, ada).path("path").asText())
                        .isEqualTo(path + "?n=" + i);
            }
            assertThat(service.send("GET", path, ada, null).headers().map().keySet())
                    .anyMatch(name -> name.equalsIgnoreCase("RateLimit"));
            assertThat(service.send("GET", "/api/nothing", ada, null).statusCode())
                    .isEqualTo(404);
            everyFeatureAnswers(service, ada);
            service.report(service.residentMiB(), REQUESTS);
        } finally {
            backend.stop(0);
        }
    }

    /** What a native executable lacks shows as a status of 500, or as an object without fields. */
    private static void everyFeatureAnswers(SmokedService service, String token) throws Exception {
        for (String path : List.of("/api/health", "/health", "/q/health/live", "/flags", "/portal")) {
            HttpResponse<String> response = service.send("GET", path, token, null);
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            assertThat(response.body()).as(path).hasSizeGreaterThan(10);
        }
        assertThat(service.post("/api/graphql", token, "{\"query\":\"{ __typename }\"}", 200)
                        .path("data")
                        .path("__typename")
                        .asText())
                .isEqualTo("Query");
        String operator = service.platform().tokens().operator();
        assertThat(service.send("GET", "/metrics", operator, null).body())
                .contains("devmentor_gateway_proxied_requests_total");
        assertThat(service.send("GET", "/metrics", token, null).statusCode()).isEqualTo(403);
    }
}
