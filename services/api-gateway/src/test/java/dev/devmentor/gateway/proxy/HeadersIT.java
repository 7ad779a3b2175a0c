package dev.devmentor.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.edge.RawBackend;
import dev.devmentor.gateway.edge.RawClient;
import dev.devmentor.gateway.edge.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeadersIT {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static RawBackend backend;
    private static TestGateway gateway;
    private static TestGateway behindProxy;

    @BeforeAll
    static void start() throws IOException {
        backend = new RawBackend((head, wire) -> {
            wire.body(head);
            wire.send(
                    head.contains("/own")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nServer: secret/1\r\nX-Powered-By: secret\r\nConnection: x-hop\r\n"
                                    + "X-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-Request-Id: other\r\nX-Frame-Options: SAMEORIGIN\r\n"
                                    + "Content-Security-Policy: default-src 'self'\r\nAccess-Control-Allow-Origin: *\r\nVary: Accept\r\n"
                                    + "Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\nok"
                            : head.contains("/dated")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\nok"
                                    : RawBackend.ok("ok"));
            return true;
        });
        gateway = new TestGateway("cors.origins", "https://app.test", "edge.trace-sampling", "1")
                .route("a", backend.port());
        behindProxy = new TestGateway("edge.trusted-proxies", "127.0.0.0/8,10.0.0.0/8").route("a", backend.port());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        behindProxy.close();
        backend.close();
    }

    private static List<String> seen(TestGateway by, String... fields) throws IOException {
        RawClient.Answer answer = RawClient.once(by.port(), RawClient.get("/a/x?y=%20", fields));
        assertThat(answer.status()).isEqualTo(200);
        String head = backend.heads.getLast();
        assertThat(head).startsWith("GET /a/x?y=%20 HTTP/1.1\r\n");
        return head.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> {
                    int colon = line.indexOf(':');
                    return line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
                })
                .toList();
    }

    @Test
    void anInstanceIsCalledByTheNameItWasLookedUpBy() throws IOException {
        gateway.route(
                "named",
                Duration.ofSeconds(5),
                100,
                0,
                List.of(new Instance("127.0.0.1", backend.port(), false, false, "learning.test")));
        assertThat(RawClient.once(gateway.port(), RawClient.get("/named/x")).status())
                .isEqualTo(200);
        assertThat(backend.heads.getLast()).contains("host: learning.test:" + backend.port() + "\r\n");
    }

    @Test
    void whoPassedItOnBeforeStaysNamed() throws IOException {
        assertThat(seen(gateway, "Via: 1.0 fred, 1.1 p.example.net"))
                .containsSubsequence("via: 1.0 fred, 1.1 p.example.net", "via: 1.1 devmentor");
    }

    @Test
    void everyAnswerSaysWhenItWasMade() throws IOException {
        String date = "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT";
        for (String path : List.of("/a/x", "/none", "/a/../x")) {
            RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get(path));
            assertThat(answer.field("date"))
                    .as(path)
                    .hasValueSatisfying(value -> assertThat(value).matches(date));
        }
        assertThat(RawClient.once(gateway.port(), RawClient.get("/a/dated")).field("date"))
                .contains("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void whatIsForOneHopOrSaysWhoCallsGoesNoFurther() throws IOException {
        List<String> fields = seen(
                gateway,
                "Connection: keep-alive, X-Private, Authorization",
                "X-Private: 1",
                "Authorization: Bearer anna",
                "Keep-Alive: timeout=5",
                "Proxy-Authorization: Basic eA==",
                "Proxy-Connection: keep-alive",
                "TE: trailers",
                "Trailer: X",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                "X-User-Id: admin",
                "X-Forwarded-User: admin",
                "X_Forwarded_For: 1.2.3.4",
                "X-Original-URL: /admin",
                "X-HTTP-Method-Override: DELETE",
                "X-API-Key: dm_key_secret",
                "Accept: text/plain",
                "Cookie: a=b");
        assertThat(fields)
                .contains("authorization: Bearer anna", "accept: text/plain", "cookie: a=b", "via: 1.1 devmentor")
                .contains("host: 127.0.0.1:" + backend.port())
                .noneMatch(line -> line.startsWith("x-private")
                        || line.startsWith("connection")
                        || line.startsWith("keep-alive")
                        || line.startsWith("proxy-")
                        || line.startsWith("te:")
                        || line.startsWith("trailer")
                        || line.startsWith("upgrade")
                        || line.startsWith("http2-")
                        || line.startsWith("x-user")
                        || line.startsWith("x-forwarded-user")
                        || line.contains("_")
                        || line.startsWith("x-original")
                        || line.startsWith("x-http")
                        || line.startsWith("x-api-key"));
    }

    @Test
    void whatAStrangerSaysOfAddressesIsReplaced() throws IOException {
        assertThat(seen(
                        gateway,
                        "X-Forwarded-For: 9.9.9.9",
                        "Forwarded: for=9.9.9.9",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: evil",
                        "X-Real-IP: 9.9.9.9"))
                .contains(
                        "x-forwarded-for: 127.0.0.1",
                        "forwarded: for=127.0.0.1;host=\"gateway.test\";proto=http",
                        "x-forwarded-proto: http",
                        "x-forwarded-host: gateway.test")
                .noneMatch(line -> line.contains("9.9.9.9") || line.contains("evil"));
    }

    @Test
    void whatATrustedProxySaysIsKeptAndAddedTo() throws IOException {
        assertThat(seen(
                        behindProxy,
                        "X-Forwarded-For: 9.9.9.9, 10.1.2.3",
                        "Forwarded: for=9.9.9.9",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: public.test"))
                .contains(
                        "x-forwarded-for: 9.9.9.9, 10.1.2.3, 127.0.0.1",
                        "forwarded: for=9.9.9.9, for=127.0.0.1;host=\"public.test\";proto=https",
                        "x-forwarded-proto: https",
                        "x-forwarded-host: public.test");
    }

    @Test
    void aTraceIsContinuedOnlyIfItIsOne() throws IOException {
        assertThat(seen(gateway, "traceparent: " + TRACE, "tracestate: a=b"))
                .contains("traceparent: " + TRACE, "tracestate: a=b");
        for (String bad : List.of(
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                TRACE + "-more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "nonsense")) {
            assertThat(seen(gateway, "traceparent: " + bad, "tracestate: a=b").stream()
                            .filter(line -> line.startsWith("trace")))
                    .as("of another trace, so without what was said of that one")
                    .singleElement()
                    .asString()
                    .matches("traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                    .doesNotContain(bad);
        }
    }

    @Test
    void aTraceOfALaterVersionIsContinuedAsTheOneThatWeKnow() throws IOException {
        String later = "cc" + TRACE.substring(2, 53);
        assertThat(seen(gateway, "traceparent: " + later + "03-what-will-be", "tracestate: a=b"))
                .contains("traceparent: " + TRACE, "tracestate: a=b");
        assertThat(seen(gateway, "traceparent: " + later + "02"))
                .contains("traceparent: " + TRACE.substring(0, 53) + "00");
    }

    @Test
    void anIdIsKeptIfItIsSaneAndComesBack() throws IOException {
        RawClient.Answer kept = RawClient.once(gateway.port(), RawClient.get("/a", "X-Request-Id: abc-1"));
        assertThat(kept.field("x-request-id")).contains("abc-1");
        assertThat(backend.heads.getLast()).contains("x-request-id: abc-1\r\n");
        RawClient.Answer made = RawClient.once(gateway.port(), RawClient.get("/a", "X-Request-Id: a b"));
        assertThat(made.field("x-request-id").orElseThrow()).matches("[0-9a-f]{32}");
    }

    @Test
    void answersAreSafeForBrowsersAndSayNothingOfTheService() throws IOException {
        RawClient.Answer plain = RawClient.once(gateway.port(), RawClient.get("/a"));
        assertThat(plain.field("x-content-type-options")).contains("nosniff");
        assertThat(plain.field("x-frame-options")).contains("DENY");
        assertThat(plain.field("content-security-policy")).contains("frame-ancestors 'none'");
        assertThat(plain.field("referrer-policy")).contains("strict-origin-when-cross-origin");
        RawClient.Answer own = RawClient.once(gateway.port(), RawClient.get("/a/own", "X-Request-Id: mine"));
        assertThat(own.field("x-frame-options")).contains("SAMEORIGIN");
        assertThat(own.field("content-security-policy")).contains("default-src 'self'");
        assertThat(own.field("x-request-id")).contains("mine");
        for (String gone :
                List.of("server", "x-powered-by", "x-hop", "keep-alive", "connection", "access-control-allow-origin")) {
            assertThat(own.field(gone)).as(gone).isEmpty();
        }
        assertThat(own.lines()).contains("set-cookie: a=b", "set-cookie: c=d", "vary: Accept", "vary: Origin");
    }

    @Test
    void onlyListedOriginsMayRead() throws IOException {
        RawClient.Answer listed = RawClient.once(gateway.port(), RawClient.get("/a/own", "Origin: https://app.test"));
        assertThat(listed.field("access-control-allow-origin")).contains("https://app.test");
        assertThat(listed.field("access-control-allow-credentials")).contains("true");
        for (String other : List.of(
                "https://app.test.evil", "http://app.test", "null", "https://APP.test", "https://app.test:443")) {
            RawClient.Answer answer = RawClient.once(gateway.port(), RawClient.get("/a", "Origin: " + other));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("access-control-allow-origin")).isEmpty();
        }
        String preflight = "OPTIONS /a HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nAccess-Control-Request-Method: PUT\r\n\r\n";
        RawClient.Answer allowed = RawClient.once(gateway.port(), preflight.formatted("https://app.test"));
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.field("access-control-allow-methods")).contains("GET, HEAD, POST, PUT, PATCH, DELETE");
        assertThat(allowed.field("access-control-max-age")).contains("600");
        assertThat(RawClient.once(gateway.port(), preflight.formatted("https://evil.test"))
                        .status())
                .isEqualTo(403);
    }
}
