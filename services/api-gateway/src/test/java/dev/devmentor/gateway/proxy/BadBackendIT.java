package dev.devmentor.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.edge.RawBackend;
import dev.devmentor.gateway.edge.RawClient;
import dev.devmentor.gateway.edge.TestGateway;
import dev.devmentor.testkit.Conditions;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that die, dawdle or lie, and what becomes of the answers of others. */
class BadBackendIT {
    private final TestGateway gateway =
            new TestGateway("edge.event-loops", "1", "proxy.max-connections-per-instance", "2");

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 OK 200\r\n\r\n",
                "HTTP/1.1 99 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2000 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n Content-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b=c\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nX: a\u0000\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
            })
    void whatIsNoAnswerIs502AndItsConnectionIsNotUsedAgain(String nonsense) throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send(head.contains("/good") ? RawBackend.ok("good") : nonsense);
            return true;
        })) {
            gateway.route("a", backend.port());
            RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get("/a/bad"));
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.field("content-type")).contains("application/problem+json");
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/good")).body())
                    .isEqualTo("good");
            assertThat(backend.connections).hasValue(2);
            assertThat(gateway.tries).containsExactly("NONSENSE", "succeeded");
        }
    }

    @Test
    void anAnswerBehindAnAnswerReachesNobody() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            if (head.contains("/evil")) {
                wire.send(RawBackend.ok("evil") + RawBackend.ok("poison"));
            } else {
                wire.send(RawBackend.ok("good"));
            }
            return true;
        })) {
            gateway.route("a", backend.port());
            for (int i = 0; i < 20; i++) {
                assertThat(RawClient.once(gateway.port(), RawClient.get("/a/evil"))
                                .body())
                        .isEqualTo("evil");
                assertThat(RawClient.once(gateway.port(), RawClient.get("/a/good"))
                                .body())
                        .isEqualTo("good");
            }
            assertThat(gateway.meters()
                            .counter("devmentor.gateway.upstream.unasked")
                            .count())
                    .isEqualTo(20);
        }
    }

    @Test
    void anAnswerThatComesLaterWhileNobodyAsksReachesNobody() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send(RawBackend.ok(head.contains("/evil") ? "evil" : "good"));
            if (head.contains("/evil")) {
                answered.await();
                wire.send(RawBackend.ok("poison"));
            }
            return true;
        })) {
            gateway.route("a", backend.port());
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/evil")).body())
                    .isEqualTo("evil");
            answered.countDown();
            Conditions.await(
                    "the unasked answer was seen",
                    () -> gateway.meters()
                                    .counter("devmentor.gateway.upstream.unasked")
                                    .count()
                            == 1);
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/good")).body())
                    .isEqualTo("good");
            assertThat(backend.connections).hasValue(2);
        }
    }

    /** RFC 9112 section 6.3: without a length and without chunks an answer ends where the connection does. */
    @Test
    void anAnswerWithoutALengthEndsWithItsConnection() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\n\r\nto the end");
            return false;
        })) {
            gateway.route("a", backend.port());
            for (int i = 1; i <= 2; i++) {
                RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get("/a"));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("to the end");
                assertThat(backend.connections).hasValue(i);
            }
        }
    }

    @Test
    void aBackendThatDiesInTheMiddleNeverLooksLikeACompleteAnswer() throws IOException {
        CountDownLatch halfIsThere = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
            if (head.contains("/length")) {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            } else if (head.contains("/chunks")) {
                wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            } else if (head.contains("/broken")) {
                wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n");
            } else {
                wire.send("HTTP/1.0 200 OK\r\n\r\nhalf");
                halfIsThere.await();
                wire.reset();
            }
            return false;
        })) {
            gateway.route("a", backend.port());
            for (String path : List.of("/a/length", "/a/chunks", "/a/broken")) {
                try (RawClient client = new RawClient(gateway.port())) {
                    client.send(RawClient.get(path));
                    assertThatThrownBy(client::answer)
                            .as(path)
                            .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
                }
            }
            try (RawClient client = new RawClient(gateway.port())) {
                client.send(RawClient.get("/a/reset"));
                client.head();
                assertThat(client.chunk()).isEqualTo("half");
                halfIsThere.countDown();
                assertThatThrownBy(client::chunk).isInstanceOfAny(EOFException.class, java.net.SocketException.class);
            }
            assertThat(gateway.tries).hasSize(4).containsOnly("NONSENSE");
        }
    }

    @Test
    void aBodyThatIsNoneFromItsFirstOctetIsStill502() throws IOException {
        try (RawBackend backend = RawBackend.always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            gateway.route("a", backend.port());
            RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get("/a"));
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.field("content-type")).contains("application/problem+json");
            assertThat(answer.field("transfer-encoding")).isEmpty();
            assertThat(answer.body()).contains("bad-upstream-answer");
        }
    }

    /** With two connections at most, and nobody who takes them in, the others wait; and they are not forgotten. */
    @Test
    void whoWaitsForAConnectionHearsSoonThatThereIsNone() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestGateway impatient = new TestGateway(
                        "edge.event-loops", "1",
                        "proxy.max-connections-per-instance", "2",
                        "proxy.connect-timeout", "100ms");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Socket> queue = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) {
                    queue.add(new Socket(deaf.getInetAddress(), deaf.getLocalPort()));
                }
                impatient.route(
                        "a",
                        Duration.ofMinutes(5),
                        10,
                        0,
                        List.of(new Instance("127.0.0.1", deaf.getLocalPort(), false, false)));
                List<Future<RawClient.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    answers.add(threads.submit(() -> RawClient.once(impatient.port(), RawClient.get("/a"))));
                }
                for (Future<RawClient.Answer> answer : answers) {
                    assertThat(answer.get().status()).isEqualTo(503);
                }
            } finally {
                for (Socket socket : queue) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aBackendThatHangsUpWithoutAWordIs502AndASlowOneIs504() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
            if (head.contains("/slow")) {
                over.await(10, TimeUnit.SECONDS);
            }
            return false;
        })) {
            gateway.route(
                    "a",
                    Duration.ofMillis(300),
                    1000,
                    0,
                    List.of(new Instance("127.0.0.1", backend.port(), false, false)));
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/gone")).status())
                    .isEqualTo(502);
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/slow")).status())
                    .isEqualTo(504);
            over.countDown();
            assertThat(gateway.tries).containsExactly("CLOSED", "TIMEOUT");
        }
    }

    @Test
    void theTimeOfARouteIsForAllTriesTogether() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> false)) {
            gateway.route(
                    "a",
                    Duration.ofMillis(300),
                    1000,
                    0,
                    List.of(new Instance("127.0.0.1", backend.port(), false, false)));
            gateway.retries = Integer.MAX_VALUE;
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a")).status())
                    .isEqualTo(504);
            assertThat(gateway.tries.getLast()).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void nothingListeningIs503WithATimeToComeBack() throws IOException {
        int port;
        try (RawBackend gone = RawBackend.always("")) {
            port = gone.port();
        }
        gateway.route("a", port);
        RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get("/a"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.field("retry-after")).contains("7");
    }

    @Test
    void anotherInstanceIsTriedAndTheCallerSeesOnlyTheGoodAnswer() throws IOException {
        gateway.retries = 1;
        try (RawBackend bad = RawBackend.always("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nX-Bad: 1\r\n\r\nbusy");
                RawBackend good = RawBackend.always(RawBackend.ok("good"))) {
            gateway.route("a", bad.port(), good.port());
            for (int i = 0; i < 6; i++) {
                RawClient.Answer answer =
                        RawClient.once(gateway.port(), "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(answer.body()).isEqualTo("good");
                assertThat(answer.field("x-bad")).isEmpty();
            }
            assertThat(bad.heads).isNotEmpty();
            assertThat(RawClient.once(gateway.port(), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isIn(200, 503);
        }
    }

    @Test
    void aConnectionThatEndedWhileIdleIsNoFailure() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            wire.send(RawBackend.ok("good"));
            return head.contains("/again");
        })) {
            gateway.route("a", backend.port());
            for (int i = 0; i < 30; i++) {
                assertThat(RawClient.once(gateway.port(), RawClient.get("/a/once"))
                                .body())
                        .isEqualTo("good");
            }
            assertThat(gateway.tries).hasSize(30).containsOnly("succeeded");
        }
    }

    @Test
    void keepsConnectionsAndBoundsThem() throws Exception {
        CountDownLatch four = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    if (head.contains("/slow")) {
                        four.await(10, TimeUnit.SECONDS);
                    }
                    wire.send(RawBackend.ok(head.substring(4, head.indexOf(" HTTP"))));
                    return true;
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.route("a", backend.port());
            for (int i = 0; i < 10; i++) {
                assertThat(RawClient.once(gateway.port(), RawClient.get("/a/" + i))
                                .body())
                        .isEqualTo("/a/" + i);
            }
            assertThat(backend.connections).hasValue(1);
            List<Future<RawClient.Answer>> answers = new java.util.ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String path = "/a/slow" + i;
                answers.add(threads.submit(() -> RawClient.once(gateway.port(), RawClient.get(path))));
            }
            four.countDown();
            for (int i = 0; i < 4; i++) {
                assertThat(answers.get(i).get().body()).isEqualTo("/a/slow" + i);
            }
            assertThat(backend.connections.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void callersThatComeAndGoNeverGetEachOthersAnswers() throws Exception {
        // Every fourth answer is broken in some way, every fifth caller hangs up early; each of the others gets its own
        // answer.
        try (RawBackend backend = new RawBackend((head, wire) -> {
                    String id = head.substring(head.indexOf("/a/") + 3, head.indexOf(" HTTP"));
                    int number = Integer.parseInt(id);
                    String answer = RawBackend.ok("answer of " + id);
                    switch (number % 8) {
                        case 1 -> wire.send(answer + RawBackend.ok("poison"));
                        case 3 -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort");
                        case 5 ->
                            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
                        case 7 -> {
                            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX");
                        }
                        default -> wire.send(answer);
                    }
                    return number % 8 != 3;
                });
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            gateway.route("a", backend.port());
            List<Future<?>> all = new java.util.ArrayList<>();
            for (int i = 0; i < 800; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    try (RawClient client = new RawClient(gateway.port())) {
                        client.send(RawClient.get("/a/" + number));
                        if (number % 5 == 0) {
                            return null;
                        }
                        RawClient.Answer answer = client.answer();
                        if (answer.status() == 200) {
                            assertThat(answer.body()).isEqualTo("answer of " + number);
                        } else {
                            assertThat(answer.status()).isEqualTo(502);
                        }
                    } catch (EOFException aborted) {
                        assertThat(number % 8).isIn(3, 7);
                    } catch (java.net.SocketException aborted) {
                        assertThat(number % 8).isIn(3, 7);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
