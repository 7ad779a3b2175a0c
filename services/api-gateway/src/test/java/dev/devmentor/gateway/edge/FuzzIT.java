package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.testkit.Conditions;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of requests that are nearly right. */
class FuzzIT {
    private static final int REQUESTS = 12_000;
    /** Ends whatever has not ended: a head by a malformed line, a body by its length or as a broken chunk. */
    private static final String END = "\0\n".repeat(600);

    private static final String[] SEEDS = {
        "GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nAuthorization: Bearer abc\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Request-Id: 1\r\n\r\n",
        "HEAD /a/%20/c HTTP/1.0\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1, ::1\r\nForwarded: for=1.1.1.1\r\n\r\n",
    };
    private static final String[] PIECES = {
        "\r",
        "\n",
        "\r\n",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "%",
        "%2f",
        "%00",
        "..",
        "/",
        "\\",
        "\u00ff",
        "\u0080",
        "0",
        "-1",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: y\r\n",
        "Expect: 100-continue\r\n",
        "HTTP/1.1",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "Connection: close\r\n",
        "Cookie: \u00e4\r\n",
        "\"",
        "{",
        "x".repeat(300)
    };

    @Test
    void neverA500NeverAHangAndTheNextRequestWorks() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        int[] statuses = new int[600];
        try (RawBackend backend = RawBackend.always(RawBackend.ok("origin"));
                TestGateway gateway = new TestGateway("edge.head-timeout", "20s")
                        .route(
                                "a",
                                Duration.ofSeconds(5),
                                1000,
                                0,
                                List.of(new Instance("127.0.0.1", backend.port(), false, false)))) {
            for (int i = 0; i < REQUESTS; i++) {
                String request = mutated(random);
                try (RawClient client = new RawClient(gateway.port())) {
                    client.send(request + END);
                    int status = client.answer(request.startsWith("HEAD")).status();
                    statuses[status]++;
                    assertThat(status)
                            .as(request)
                            .isNotEqualTo(500)
                            .isNotEqualTo(502)
                            .isNotEqualTo(504);
                } catch (EOFException | SocketException closed) {
                    statuses[0]++; // what is no complete request gets no answer
                }
                if (i % 500 == 0) {
                    assertThat(RawClient.once(gateway.port(), RawClient.get("/a"))
                                    .body())
                            .isEqualTo("origin");
                }
            }
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a")).body())
                    .isEqualTo("origin");
            assertThat(statuses[200]).isGreaterThan(500);
            assertThat(statuses[400]).isGreaterThan(3000);
            Conditions.await(
                    "every request came to its end",
                    Duration.ofSeconds(10),
                    () -> gateway.meters()
                                    .get("devmentor.gateway.in.flight")
                                    .gauge()
                                    .value()
                            == 0);
        }
    }

    private static String mutated(SplittableRandom random) {
        StringBuilder request = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(request.length());
            switch (random.nextInt(5)) {
                case 0 -> request.deleteCharAt(at);
                case 1 -> request.setCharAt(at, (char) random.nextInt(256));
                case 2 -> request.insert(at, (char) random.nextInt(256));
                case 3 -> request.delete(at, Math.min(request.length(), at + random.nextInt(20)));
                default -> request.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
            if (request.isEmpty()) {
                request.append('G');
            }
        }
        return request.toString();
    }
}
