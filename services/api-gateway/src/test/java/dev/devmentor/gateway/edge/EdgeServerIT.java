package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The listener within the application: what no service answers is answered by this process. */
@QuarkusTest
@TestProfile(EdgeServerIT.AnyPort.class)
class EdgeServerIT {
    /** On any free port, without an issuer. */
    public static final class AnyPort implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "quarkus.oidc.tenant-enabled", "false");
        }
    }

    @TestHTTPResource
    URL url;

    @Inject
    Vertx vertx;

    @Test
    @EnabledOnOs(OS.LINUX)
    void theNetworkIsReachedByEpoll() {
        // Without the library for it everything works, only slower, and nothing says so.
        assertThat(vertx.isNativeTransportEnabled()).isTrue();
    }

    @Test
    void whatThisProcessServesPassesTheSameDoor() throws IOException {
        RawClient.Answer health = RawClient.once(url.getPort(), RawClient.get("/q/health/live"));
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\": \"UP\"");
        assertThat(health.field("x-content-type-options")).contains("nosniff");
        assertThat(health.field("x-request-id").orElseThrow()).matches("[0-9a-f]{32}");
        assertThat(RawClient.once(url.getPort(), RawClient.get("/q/health/../health"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aConnectionServesManyOfThem() throws IOException {
        try (RawClient client = new RawClient(url.getPort())) {
            for (int i = 0; i < 5; i++) {
                client.send(RawClient.get("/q/health/live"));
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
    }
}
