package dev.devmentor.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.edge.RawBackend;
import dev.devmentor.gateway.edge.RawClient;
import dev.devmentor.gateway.edge.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptAnswersIT {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawClient.Answer get(String path, String who) throws IOException {
        return RawClient.once(gateway.port(), RawClient.get(path, "Authorization: Bearer " + who));
    }

    @Test
    void whileTheBreakerIsOpenACallerSeesTheirOwnLastAnswerAndNobodyElses() throws IOException {
        try (RawBackend backend = new RawBackend((head, wire) -> {
            String who = head.substring(head.indexOf("Bearer ") + 7)
                    .lines()
                    .findFirst()
                    .orElseThrow();
            wire.send(
                    head.contains("/private")
                            ? "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 1\r\n\r\nx"
                            : RawBackend.ok("of " + who));
            return true;
        })) {
            gateway.route(
                    "a",
                    Duration.ofSeconds(5),
                    10,
                    60,
                    List.of(new Instance("127.0.0.1", backend.port(), false, false)));
            gateway.route("b", backend.port());
            assertThat(get("/a", "anna").body()).isEqualTo("of anna");
            assertThat(get("/a/private", "anna").body()).isEqualTo("x");
            assertThat(get("/b", "anna").body()).isEqualTo("of anna");

            gateway.breakerOpen = true;
            RawClient.Answer kept = get("/a", "anna");
            assertThat(kept.status()).isEqualTo(200);
            assertThat(kept.body()).isEqualTo("of anna");
            assertThat(kept.field("age").orElseThrow()).matches("[0-9]");
            assertThat(kept.field("warning")).contains("110 devmentor \"Response is Stale\"");
            for (RawClient.Answer none : List.of(
                    get("/a", "bert"),
                    get("/a?x=1", "anna"),
                    get("/a/private", "anna"),
                    get("/b", "anna"),
                    RawClient.once(gateway.port(), RawClient.get("/a")),
                    RawClient.once(
                            gateway.port(), RawClient.get("/a", "Authorization: Bearer anna", "Accept: text/html")))) {
                assertThat(none.status()).isEqualTo(503);
                assertThat(none.field("retry-after")).contains("30");
                assertThat(none.field("content-type")).contains("application/problem+json");
            }
        }
    }

    @Test
    void anAnswerThatWasOldWhenItCameIsOlderNow() throws IOException {
        RawBackend backend = RawBackend.always("HTTP/1.1 200 OK\r\nAge: 1000\r\nContent-Length: 4\r\n\r\nkept");
        gateway.route(
                "a", Duration.ofSeconds(5), 10, 60, List.of(new Instance("127.0.0.1", backend.port(), false, false)));
        assertThat(get("/a", "anna").field("age")).contains("1000");
        backend.close();
        assertThat(get("/a", "anna").field("age").orElseThrow()).matches("10[0-5][0-9]");
    }

    @Test
    void aKeptAnswerStandsInForAServiceThatFails() throws IOException {
        RawBackend backend = RawBackend.always(RawBackend.ok("kept"));
        gateway.route(
                "a", Duration.ofSeconds(5), 10, 60, List.of(new Instance("127.0.0.1", backend.port(), false, false)));
        assertThat(get("/a", "anna").body()).isEqualTo("kept");
        backend.close();
        RawClient.Answer kept = get("/a", "anna");
        assertThat(kept.body()).isEqualTo("kept");
        assertThat(kept.field("warning")).contains("111 devmentor \"Revalidation Failed\"");
    }
}
