package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmugglingIT {
    private static RawBackend backend;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        backend = RawBackend.always(RawBackend.ok("origin"));
        gateway = new TestGateway("edge.max-head-bytes", "4096", "edge.max-uri-bytes", "1024", "edge.max-fields", "20")
                .route("a", backend.port());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\nhello",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nX: 1\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX: 1\r\n\tfolded\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX : 1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\n X: 1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n",
                "GET /a HTTP/1.1\nHost: x\n\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\n: v\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX(: v\r\n\r\n",
                "GET /a HTTP/1.1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x/y\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x@y\r\n\r\n",
                "GET http://other/a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET ftp://x/a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a  HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.1 \r\nHost: x\r\n\r\n",
                "GET\t/a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.1 x\r\nHost: x\r\n\r\n",
                "GET /a http/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%2fb HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%5Cb HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%00b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%0d%0aX: HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/. HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/.. HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/.%2E/b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a//b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a;x=1/b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%c0%ae HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%80 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%e2%82 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%e2%82a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%e0%80%af HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%ed%a0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/%f4%90%80%80 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a?q=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\nb\r\nhello\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 7\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n",
            })
    void refusesWhatCouldBeReadInTwoWaysAndEndsTheConnection(String request) throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(request);
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field("content-type")).contains("application/problem+json");
            assertThat(answer.field("cache-control")).contains("no-store");
            assertThat(answer.body()).contains("\"type\":\"https://devmentor.dev/problems/malformed-request\"");
            assertThat(client.isClosedByOther()).isTrue();
        }
        assertThat(RawClient.once(gateway.port(), RawClient.get("/a")).body()).isEqualTo("origin");
    }

    @Test
    void takesAPathInAnyLanguage() throws IOException {
        for (String path : List.of("%c3%a4", "%e2%82%ac", "%ef%bf%bd%ed%9f%bf", "%f0%9f%99%82%f4%8f%bf%bf", "a%20b")) {
            assertThat(RawClient.once(gateway.port(), RawClient.get("/a/" + path))
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void nothingBehindAMalformedRequestIsReadAsAnother() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(
                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            + "GET /a/smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isClosedByOther()).isTrue();
        }
        assertThat(backend.heads).noneMatch(head -> head.contains("smuggled"));
    }

    @Test
    void answersPipelinedRequestsInTheirOrderEvenIfOneIsMalformed() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(
                    RawClient.get("/a") + RawClient.get("/a") + "GET /a HTTP/1.1\r\nX\r\n\r\n" + RawClient.get("/a"));
            assertThat(client.answer().body()).isEqualTo("origin");
            assertThat(client.answer().body()).isEqualTo("origin");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isClosedByOther()).isTrue();
        }
    }

    @Test
    void boundsHeadsUrisAndFields() throws IOException {
        assertThat(RawClient.once(gateway.port(), RawClient.get("/a/" + "x".repeat(1100)))
                        .status())
                .isEqualTo(414);
        assertThat(RawClient.once(gateway.port(), RawClient.get("/a", "X: " + "x".repeat(5000)))
                        .status())
                .isEqualTo(431);
        StringBuilder fields = new StringBuilder("X: 1");
        for (int i = 0; i < 30; i++) {
            fields.append("\r\nX").append(i).append(": 1");
        }
        assertThat(RawClient.once(gateway.port(), RawClient.get("/a", fields.toString()))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void servesOnlyTheMethodsThatItKnows() throws IOException {
        for (String method : new String[] {"TRACE", "CONNECT", "PROPFIND", "get", "FOO"}) {
            RawClient.Answer answer = RawClient.once(gateway.port(), method + " /a HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.field("allow")).contains("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        assertThat(RawClient.once(gateway.port(), "GET /a HTTP/2.0\r\nHost: x\r\n\r\n")
                        .status())
                .isEqualTo(505);
    }

    @Test
    void understandsTheFormForProxiesIfItSaysTheSameAsHost() throws IOException {
        assertThat(RawClient.once(gateway.port(), "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n")
                        .body())
                .isEqualTo("origin");
    }

    @Test
    void givesUpOnAHeadThatComesTooSlowly() throws IOException {
        try (TestGateway impatient = new TestGateway("edge.head-timeout", "200ms");
                RawClient client = new RawClient(impatient.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: ");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isClosedByOther()).isTrue();
        }
    }

    @Test
    void readsAHeadThatComesOctetByOctet() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            for (char octet : "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                    .toCharArray()) {
                client.send(String.valueOf(octet));
            }
            assertThat(client.answer().body()).isEqualTo("origin");
        }
    }
}
