package dev.devmentor.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.edge.RawBackend;
import dev.devmentor.gateway.edge.RawClient;
import dev.devmentor.gateway.edge.TestGateway;
import dev.devmentor.testkit.Conditions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies, streams, WebSockets and HTTP/2. */
class StreamsIT {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void route(String name, RawBackend backend, long maxBody) {
        gateway.route(
                name,
                Duration.ofSeconds(5),
                maxBody,
                0,
                List.of(new Instance("127.0.0.1", backend.port(), false, false)));
    }

    @Test
    void passesAWebSocketThroughInBothDirections() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    wire.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nfirst");
                    int c;
                    while ((c = wire.in().read()) >= 0) {
                        wire.out().write(Character.toUpperCase(c));
                        wire.out().flush();
                    }
                    return false;
                });
                RawClient client = new RawClient(gateway.port())) {
            route("a", backend, 1000);
            client.send(RawClient.get(
                    "/a/ws",
                    "Connection: keep-alive, Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.field("upgrade")).contains("websocket");
            assertThat(answer.field("sec-websocket-accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(new String(client.in().readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("first");
            client.send("hello");
            assertThat(new String(client.in().readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("HELLO");
            assertThat(backend.heads.getFirst())
                    .contains(
                            "connection: upgrade\r\nupgrade: websocket\r\n",
                            "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==");
            client.close();
            Conditions.await(
                    "the tunnel is over",
                    () -> gateway.meters()
                                    .get("devmentor.gateway.in.flight")
                                    .gauge()
                                    .value()
                            == 0);
        }
    }

    @Test
    void aRefusedWebSocketIsAnOrdinaryAnswerAndOneOfAnotherOriginGoesNowhere() throws IOException {
        try (RawBackend backend = RawBackend.always("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")) {
            route("a", backend, 1000);
            String[] fields = {"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x"};
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/ws", fields))
                            .body())
                    .isEqualTo("no");
            RawClient.Answer foreign = RawClient.once(
                    gateway.port(),
                    RawClient.get("/a/ws", fields[0], fields[1], fields[2], "Origin: https://evil.test"));
            assertThat(foreign.field("content-type")).contains("application/problem+json");
            assertThat(backend.heads).hasSize(1);
        }
    }

    @Test
    void behindATrustedProxyTheOwnOriginIsTheProxys() throws IOException {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("there"));
                TestGateway behindProxy =
                        new TestGateway("edge.trusted-proxies", "127.0.0.0/8").route("a", backend.port())) {
            String[] fields = {
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: x",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: public.test",
                "Origin: https://public.test"
            };
            assertThat(RawClient.once(behindProxy.port(), RawClient.get("/a/ws", fields))
                            .body())
                    .isEqualTo("there");
            gateway.route("a", backend.port());
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/ws", fields))
                            .status())
                    .as("not by anybody's word")
                    .isEqualTo(403);
        }
    }

    @Test
    void eventsComeThroughOneByOne() throws IOException {
        CountDownLatch headRead = new CountDownLatch(1);
        CountDownLatch firstRead = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    wire.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    headRead.await(10, TimeUnit.SECONDS);
                    wire.send("9\r\ndata: 1\n\n\r\n");
                    firstRead.await(10, TimeUnit.SECONDS);
                    wire.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                    return true;
                });
                RawClient client = new RawClient(gateway.port())) {
            route("a", backend, 1000);
            client.send(RawClient.get("/a/events"));
            assertThat(client.head()).contains("text/event-stream");
            headRead.countDown();
            assertThat(client.chunk()).isEqualTo("data: 1\n\n");
            firstRead.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
            client.send(RawClient.get("/b"));
            assertThat(client.answer().status()).isEqualTo(404);
        }
    }

    @Test
    void aStreamOutlivesTheTimeoutOfItsRoute() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            long began = System.nanoTime();
            Conditions.await("twice the route's timeout is over", () -> System.nanoTime() - began > 600_000_000L);
            wire.send("1\r\nb\r\n0\r\n\r\n");
            return true;
        })) {
            gateway.route(
                    "a",
                    Duration.ofMillis(300),
                    10,
                    0,
                    List.of(new Instance("127.0.0.1", backend.port(), false, false)));
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a")).body())
                    .isEqualTo("ab");
        }
    }

    @Test
    void aBodyThatIsTooLargeIs413BeforeAnyOfItIsSent() throws IOException {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("ok"))) {
            route("a", backend, 10);
            RawClient.Answer answer = RawClient.once(
                    gateway.port(), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world");
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.field("content-type")).contains("application/problem+json");
            assertThat(backend.connections).hasValue(0);
            assertThat(RawClient.once(
                                    gateway.port(),
                                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhelloworld")
                            .body())
                    .isEqualTo("ok");
        }
    }

    @Test
    void aBodyInChunksThatBecomesTooLargeIs413AndNotAnsweredByTheService() throws IOException {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("ok"))) {
            route("a", backend, 10);
            RawClient.Answer answer = RawClient.once(
                    gateway.port(),
                    "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
            assertThat(answer.status()).isEqualTo(413);
            Conditions.await("the try was given up", () -> gateway.tries.equals(List.of("abandoned")));
        }
    }

    @Test
    void aBodyComesThroughAsItWas() throws IOException {
        StringBuilder seen = new StringBuilder();
        try (RawBackend backend = new RawBackend((head, wire) -> {
            synchronized (seen) {
                seen.append(wire.body(head)).append('|');
            }
            wire.send(RawBackend.ok("ok"));
            return true;
        })) {
            route("a", backend, 1 << 20);
            try (RawClient client = new RawClient(gateway.port())) {
                client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(client.answer().body()).isEqualTo("ok");
                client.send(
                        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX: y\r\n\r\n");
                assertThat(client.answer().body()).isEqualTo("ok");
                client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.answer().body()).isEqualTo("ok");
            }
            assertThat(seen).hasToString("hello|5\r\nhello\r\n0\r\n\r\n||");
            assertThat(backend.connections).hasValue(1);
        }
    }

    @Test
    void aLargeBodyIsNotHeldInMemoryWhenNobodyReads() throws Exception {
        int total = 64 << 20;
        CountDownLatch read = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    read.await(20, TimeUnit.SECONDS);
                    byte[] buffer = new byte[1 << 16];
                    while (received.get() < total) {
                        int count = wire.in().read(buffer);
                        if (count < 0) {
                            return false;
                        }
                        received.addAndGet(count);
                    }
                    wire.send(RawBackend.ok("ok"));
                    return true;
                });
                RawClient client = new RawClient(gateway.port())) {
            route("a", backend, total);
            client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: " + total + "\r\n\r\n");
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofVirtual().start(() -> {
                byte[] part = new byte[1 << 16];
                try {
                    while (sent.get() < total) {
                        client.out().write(part);
                        sent.addAndGet(part.length);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            awaitStopped("the sender", sent);
            assertThat(sent.get()).isLessThan(total / 2);
            read.countDown();
            assertThat(client.answer().body()).isEqualTo("ok");
            sender.join();
            assertThat(received).hasValue(total);
        }
    }

    @Test
    void aLargeAnswerWaitsForASlowCaller() throws Exception {
        int total = 64 << 20;
        AtomicLong sent = new AtomicLong();
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
                    byte[] part = new byte[1 << 16];
                    while (sent.get() < total) {
                        wire.out().write(part);
                        sent.addAndGet(part.length);
                    }
                    return true;
                });
                RawClient client = new RawClient(gateway.port())) {
            route("a", backend, 10);
            client.send(RawClient.get("/a"));
            client.head();
            awaitStopped("the backend", sent);
            assertThat(sent.get()).isLessThan(total / 2);
            assertThat(client.in().readNBytes(total)).hasSize(total);
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() throws IOException {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("ok"))) {
            route("a", backend, 10);
            try (RawClient client = new RawClient(gateway.port())) {
                client.send("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
                assertThat(client.answer().status()).isEqualTo(100);
                client.send("hello");
                assertThat(client.answer().body()).isEqualTo("ok");
                assertThat(backend.heads.getLast().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("expect");
            }
            try (RawClient client = new RawClient(gateway.port())) {
                client.send("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n");
                assertThat(client.answer().status()).isEqualTo(413);
            }
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a", "Expect: more"))
                            .status())
                    .isEqualTo(417);
        }
    }

    @Test
    void answersWithoutBodyLeaveTheConnectionInOrder() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    wire.send(
                            head.startsWith("HEAD")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                                    : head.contains("/204")
                                            ? "HTTP/1.1 204 No Content\r\n\r\n"
                                            : head.contains("/304")
                                                    ? "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 1000\r\n\r\n"
                                                    : "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                                                            + RawBackend.ok("ok"));
                    return true;
                });
                RawClient client = new RawClient(gateway.port())) {
            route("a", backend, 10);
            for (int i = 0; i < 3; i++) {
                client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
                RawClient.Answer head = client.answer(true);
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.field("content-length")).contains("1000");
                client.send(RawClient.get("/a/204"));
                assertThat(client.answer().status()).isEqualTo(204);
                client.send(RawClient.get("/a/304"));
                assertThat(client.answer().status()).isEqualTo(304);
                client.send(RawClient.get("/a"));
                assertThat(client.answer().body()).isEqualTo("ok");
            }
            assertThat(backend.connections).hasValue(1);
        }
    }

    @Test
    void aCallerThatGoesAwayEndsTheTry() throws IOException {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
            if (wire.in().read() < 0) {
                gone.countDown();
            }
            return false;
        })) {
            route("a", backend, 10);
            try (RawClient client = new RawClient(gateway.port())) {
                client.send(RawClient.get("/a"));
                Conditions.await("the request is there", () -> !backend.heads.isEmpty());
            }
            Conditions.await("the backend's connection is over", () -> gone.getCount() == 0);
            assertThat(gateway.tries).containsExactly("abandoned");
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsPassedOn() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
            return false;
        })) {
            route("a", backend, 10);
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a")).body())
                    .isEqualTo("until the end");
            assertThat(RawClient.once(gateway.port(), "GET /a HTTP/1.0\r\nHost: x\r\n\r\n")
                            .body())
                    .isEqualTo("until the end");
        }
    }

    @Test
    void speaksHttp2InAndOut() throws Exception {
        HttpServer server = gateway.vertx().createHttpServer().requestHandler(request -> {
            if (request.path().endsWith("/reset")) {
                request.response()
                        .putHeader("content-length", "100")
                        .write("half")
                        .onComplete(sent -> request.response().reset(2));
            } else {
                request.body()
                        .onSuccess(body -> request.response()
                                .putHeader("x-version", request.version().name())
                                .putHeader("x-saw", request.getHeader("forwarded"))
                                .end("got " + body));
            }
        });
        routeTwo(Duration.ofSeconds(5), server);
        gateway.route("one", server.actualPort());
        HttpClient client = http2Client();
        for (String path : List.of("/two/x", "/one/x")) {
            Seen seen = send(client, HttpMethod.PUT, path, "hello");
            assertThat(seen.answer().version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(seen.answer().statusCode()).isEqualTo(200);
            assertThat(seen.answer().getHeader("x-version")).isEqualTo(path.startsWith("/two") ? "HTTP_2" : "HTTP_1_1");
            assertThat(seen.answer().getHeader("x-saw")).startsWith("for=127.0.0.1;host=");
            assertThat(seen.answer().getHeader("x-content-type-options")).isEqualTo("nosniff");
            assertThat(seen.text()).isEqualTo("got hello");
            assertThat(send(client, HttpMethod.GET, path, "").text()).isEqualTo("got ");
        }
        assertThat(send(client, HttpMethod.PUT, "/two/%2f", "").answer().statusCode())
                .isEqualTo(400);
        assertThat(send(client, HttpMethod.PUT, "/two/x", "x".repeat(101))
                        .answer()
                        .statusCode())
                .isEqualTo(413);
        Seen broken = send(client, HttpMethod.PUT, "/two/reset", "");
        assertThatThrownBy(broken::text).hasMessageContaining("reset");
        assertThat(RawClient.once(gateway.port(), "POST /two/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
                        .body())
                .isEqualTo("got hello");
    }

    /** A route {@code /two} to a server by HTTP/2. */
    private void routeTwo(Duration timeout, HttpServer server) throws Exception {
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        gateway.route("two", timeout, 100, 0, List.of(new Instance("127.0.0.1", port, false, true)));
    }

    @Test
    void aSlowCallerHoldsUpNobodyElseOnTheSameConnectionOfHttp2() throws Exception {
        AtomicLong sent = new AtomicLong();
        HttpServer server = gateway.vertx().createHttpServer().requestHandler(request -> {
            HttpServerResponse response = request.response().setChunked(true);
            if (request.path().endsWith("/endless")) {
                Buffer part = Buffer.buffer("x".repeat(1 << 14));
                Runnable write = () -> {
                    while (!response.writeQueueFull()) {
                        response.write(part);
                        sent.addAndGet(part.length());
                    }
                };
                response.drainHandler(drained -> write.run());
                write.run();
            } else {
                response.end("answered");
            }
        });
        routeTwo(Duration.ofSeconds(30), server);
        List<RawClient> slow = new ArrayList<>();
        try {
            // On each event loop, that is on each connection to the instance, there is one.
            for (int i = 0; i < 4; i++) {
                slow.add(new RawClient(gateway.port()).send(RawClient.get("/two/endless")));
                slow.getLast().head();
            }
            awaitStopped("the service", sent);
            for (int i = 0; i < 4; i++) {
                assertThat(RawClient.once(gateway.port(), RawClient.get("/two/x"))
                                .body())
                        .isEqualTo("answered");
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void aServiceThatTakesNothingHoldsUpNoOtherStreamOfItsCaller() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (RawBackend stuck = new RawBackend((head, wire) -> read.await(60, TimeUnit.SECONDS) && false);
                RawBackend good = RawBackend.always(RawBackend.ok("answered"))) {
            route("stuck", stuck, 64 << 20);
            gateway.route("a", good.port());
            HttpClient client = http2Client();
            HttpClientRequest upload = client.request(HttpMethod.POST, "/stuck")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            AtomicLong sent = new AtomicLong();
            upload.setChunked(true).exceptionHandler(ended -> {});
            Buffer part = Buffer.buffer("x".repeat(1 << 14));
            Runnable write = () -> {
                while (!upload.writeQueueFull()) {
                    upload.write(part);
                    sent.addAndGet(part.length());
                }
            };
            upload.drainHandler(drained -> write.run());
            write.run();
            awaitStopped("the caller", sent);
            assertThat(send(client, HttpMethod.POST, "/a", "hello").text()).isEqualTo("answered");
            read.countDown();
        }
    }

    @Test
    void aHeadOfHttp2MayBeAsLargeAsOneOfHttp1() throws Exception {
        String value = "v".repeat(20_000);
        HttpServer server = gateway.vertx()
                .createHttpServer()
                .requestHandler(request ->
                        request.response().putHeader("x-large", value).end("ok"));
        routeTwo(Duration.ofSeconds(5), server);
        assertThat(RawClient.once(gateway.port(), RawClient.get("/two")).field("x-large"))
                .contains(value);
    }

    /** It has no path (RFC 9113 section 8.5), and nobody else may wait for an answer for ever. */
    @Test
    void aTunnelIsRefusedOverHttp2Too() throws Exception {
        HttpClientResponse answer = http2Client()
                .request(HttpMethod.CONNECT, "example.org:443")
                .compose(HttpClientRequest::connect)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.getHeader("allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }

    /** RFC 9113 section 8.2.3: browsers send each cookie in a field of its own. */
    @Test
    void cookiesInCrumbsBecomeOneFieldAgain() throws Exception {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("ok"))) {
            gateway.route("a", backend.port());
            HttpClient client = http2Client();
            client.request(HttpMethod.GET, "/a")
                    .compose(request -> {
                        request.headers().add("cookie", "a=1").add("cookie", "b=2");
                        return request.send();
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            assertThat(backend.heads.getFirst().lines().filter(line -> line.startsWith("cookie")))
                    .containsExactly("cookie: a=1; b=2");
        }
    }

    @Test
    void aConnectionOfHttp2WithoutAStreamIsIdle() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    late.await();
                    wire.send(RawBackend.ok("late"));
                    return true;
                });
                TestGateway impatient = new TestGateway("edge.idle-timeout", "1s").route("a", backend.port())) {
            CountDownLatch ended = new CountDownLatch(1);
            HttpClient client = impatient
                    .vertx()
                    .httpClientBuilder()
                    .with(new HttpClientOptions()
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false)
                            .setDefaultPort(impatient.port()))
                    .withConnectHandler(connection -> connection.closeHandler(closed -> ended.countDown()))
                    .build();
            CompletableFuture<Buffer> answer = client.request(HttpMethod.GET, "/a")
                    .compose(request -> request.send())
                    .compose(HttpClientResponse::body)
                    .toCompletionStage()
                    .toCompletableFuture();
            try (RawClient other = new RawClient(impatient.port())) {
                // Another connection has been idle for longer when it ends.
                assertThat(other.isClosedByOther()).isTrue();
            }
            late.countDown();
            assertThat(answer.get().toString()).isEqualTo("late");
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBodyThatComesInDripsIsGivenUp() throws Exception {
        try (RawBackend backend = RawBackend.always(RawBackend.ok("ok"));
                TestGateway impatient = new TestGateway("proxy.body-timeout", "500ms")) {
            impatient.route("a", backend.port());
            for (String body : List.of("Content-Length: 10", "Content-Length: 100000", "Transfer-Encoding: chunked")) {
                try (RawClient client = new RawClient(impatient.port())) {
                    client.send("POST /a HTTP/1.1\r\nHost: x\r\n" + body + "\r\n\r\n1\r\nx\r\n");
                    RawClient.Answer answer = client.answer();
                    assertThat(answer.status()).as(body).isEqualTo(408);
                    assertThat(answer.body()).contains("request-timeout");
                    assertThat(client.isClosedByOther()).isTrue();
                }
            }
            assertThat(impatient.tries).containsOnly("abandoned");
        }
    }

    private HttpClient http2Client() {
        return gateway.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setDefaultPort(gateway.port()));
    }

    private record Seen(HttpClientResponse answer, Future<Buffer> body) {
        String text() throws Exception {
            return body.toCompletionStage().toCompletableFuture().get().toString();
        }
    }

    private static Seen send(HttpClient client, HttpMethod method, String path, String body) throws Exception {
        return client.request(method, path)
                .compose(request -> body.isEmpty() ? request.send() : request.send(body))
                .map(answer -> new Seen(answer, answer.body()))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** Whoever sends is stopped by those behind: look after look nothing more has gone. */
    private static void awaitStopped(String who, AtomicLong sent) {
        long[] before = {-1};
        int[] looks = {0};
        Conditions.await(who + " is stopped", () -> {
            long now = sent.get();
            looks[0] = now > 0 && now == before[0] ? looks[0] + 1 : 0;
            before[0] = now;
            return looks[0] >= 10;
        });
    }
}
