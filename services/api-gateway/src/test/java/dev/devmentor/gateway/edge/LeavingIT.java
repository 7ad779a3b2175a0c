package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.testkit.Conditions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a gateway goes: nobody who asked in time goes without an answer. */
class LeavingIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final RawBackend backend = new RawBackend((head, wire) -> {
        mayAnswer.await();
        wire.send(RawBackend.ok("answered"));
        return true;
    });
    private final TestGateway gateway = new TestGateway().route("a", backend.port());

    LeavingIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        backend.close();
    }

    @Test
    void whatIsUnderWayIsAnsweredAndWhatIsIdleEnds() throws Exception {
        HttpClient two = gateway.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setDefaultPort(gateway.port()));
        try (RawClient idle = new RawClient(gateway.port());
                RawClient silent = new RawClient(gateway.port());
                RawClient busy = new RawClient(gateway.port())) {
            idle.send(RawClient.get("/nowhere"));
            assertThat(idle.answer().status()).isEqualTo(404);
            busy.send(RawClient.get("/a"));
            CompletableFuture<Buffer> overHttp2 = two.request(HttpMethod.GET, "/a")
                    .compose(request -> request.send())
                    .compose(HttpClientResponse::body)
                    .toCompletionStage()
                    .toCompletableFuture();
            Conditions.await("both are there", () -> backend.heads.size() == 2);

            CompletableFuture<Void> left = CompletableFuture.runAsync(() -> gateway.leave(LONG, Duration.ZERO));
            assertThat(idle.isClosedByOther()).isTrue();
            assertThat(silent.isClosedByOther()).isTrue();
            Conditions.await("nobody is taken in any more", this::refuses);
            assertThat(left).isNotDone();
            mayAnswer.countDown();
            RawClient.Answer answer = busy.answer();
            assertThat(answer.body()).isEqualTo("answered");
            assertThat(answer.field("connection")).contains("close");
            assertThat(busy.isClosedByOther()).isTrue();
            assertThat(overHttp2.get().toString()).isEqualTo("answered");
            left.get();
        }
    }

    /** The socket of NIO closes in the next turn of its event loop, after connections of other loops may have ended. */
    private boolean refuses() throws IOException {
        try (RawClient late = new RawClient(gateway.port())) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Who is closed while a request is on its way cannot know whether it was served. */
    @Test
    void aRequestThatWasOnItsWayIsAnswered() throws Exception {
        try (RawClient idle = new RawClient(gateway.port());
                RawClient silent = new RawClient(gateway.port());
                RawClient busy = new RawClient(gateway.port())) {
            idle.send(RawClient.get("/nowhere"));
            assertThat(idle.answer().status()).isEqualTo(404);
            busy.send(RawClient.get("/a"));
            Conditions.await("it is there", () -> backend.heads.size() == 1);
            CompletableFuture<Void> left = CompletableFuture.runAsync(() -> gateway.leave(LONG, LONG));
            for (RawClient client : List.of(idle, silent)) {
                Conditions.await("the last answer", () -> {
                    RawClient.Answer answer =
                            client.send(RawClient.get("/nowhere")).answer();
                    assertThat(answer.status()).isEqualTo(404);
                    return answer.field("connection").equals(Optional.of("close"));
                });
                assertThat(client.isClosedByOther()).isTrue();
            }
            mayAnswer.countDown();
            assertThat(busy.answer().body()).isEqualTo("answered");
            left.get();
        }
    }

    @Test
    void itDoesNotWaitForEver() throws Exception {
        try (RawClient busy = new RawClient(gateway.port())) {
            busy.send(RawClient.get("/a"));
            Conditions.await("it is there", () -> backend.heads.size() == 1);
            gateway.leave(Duration.ofMillis(50), Duration.ZERO);
            mayAnswer.countDown();
        }
    }
}
