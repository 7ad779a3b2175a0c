package dev.devmentor.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.balance.Instance;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendClientIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A service that is spoken to by HTTP/2 may speak nothing else. */
    @Test
    void asksInTheProtocolOfTheInstance() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(request.version() == HttpVersion.HTTP_2 ? 200 : 426)
                        .end(request.getHeader("host") + "|" + request.authority()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        BackendClient client = new BackendClient(vertx, new Nothing());
        BackendClient.Call call = BackendClient.Call.get("/health", Duration.ofSeconds(20), 1000);
        for (boolean http2 : new boolean[] {true, false}) {
            BackendClient.Answer answer = client.ask(
                            new Instance("127.0.0.1", port, false, http2, "learning.test"), call)
                    .await()
                    .indefinitely();
            assertThat(answer.status()).isEqualTo(http2 ? 200 : 426);
            assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.US_ASCII))
                    .endsWith("|learning.test:" + port);
        }
        client.close();
    }

    private static final class Nothing implements Backends {
        @Override
        public List<String> services() {
            return List.of();
        }

        @Override
        public List<Instance> instances(String service) {
            return List.of();
        }

        @Override
        public boolean isInstalled(String service) {
            return false;
        }

        @Override
        public boolean serves(String service, String path) {
            return false;
        }
    }
}
