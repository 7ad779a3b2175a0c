package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSES = "[INFO] BUILD SUCCESS\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    private final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String matches = "{\"matches\":[]}";

    @BeforeEach
    void prepare() throws IOException {
        shop = new Shop(directory);
        shop.write("src/demo/Greeter.java", "class Greeter {}\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/pbml/patterns/capture", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            bodies.add(body);
            ObjectNode answer = JSON.createObjectNode();
            var captured = answer.putArray("captured");
            body.path("observations")
                    .forEach(one -> captured.addObject()
                            .put("observationId", one.path("observationId").asText())
                            .put("outcome", "added"));
            send(exchange, status == 200 ? answer.toString() : "{\"title\":\"Bad request\",\"detail\":\"no\"}");
        });
        server.createContext("/api/pbml/patterns/match", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
            bodies.add(JSON.readTree(exchange.getRequestBody()));
            send(exchange, matches);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Teller teller(boolean debug) {
        PatternsApi api =
                new PatternsApi("http://127.0.0.1:" + server.getAddress().getPort(), () -> "t");
        return new Teller(api, shop.ledger(), "org/shop", debug);
    }

    private List<String> tell() {
        try (Teller teller = teller(false)) {
            return teller.tell();
        }
    }

    private int untold() {
        return Memory.of(shop.ledger().read().records()).untold().size();
    }

    @Test
    void tellsWhatWasSeenAndWhatIsGoneOnceAndAsTheEventsSchemaHasIt() throws InterruptedException {
        shop.command = "mvn -Dtoken=*** test";
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", "class Greeter { int n; }\n");
        shop.run(PASSES, 0);

        assertThat(tell()).isEmpty();
        JsonNode observations = bodies.poll(10, TimeUnit.SECONDS).path("observations");
        assertThat(observations).hasSize(2);
        JsonNode seen = observations.get(0);
        assertThat(seen.path("observationId").asText()).endsWith(":seen").hasSizeLessThanOrEqualTo(128);
        assertThat(seen.path("observedAt").asText()).isEqualTo("2026-11-29T08:01:00Z");
        assertThat(seen.path("origin").asText()).isEqualTo("build");
        assertThat(seen.path("status").asText()).isEqualTo("seen");
        assertThat(seen.path("command").asText()).isEqualTo("mvn -Dtoken=*** test");
        assertThat(seen.path("exitCode").asInt()).isEqualTo(1);
        assertThat(seen.path("repository").asText()).isEqualTo("org/shop");
        assertThat(seen.path("text").asText())
                .startsWith("[ERROR] src/demo/Greeter.java:[5,16] cannot find symbol")
                .doesNotContain(shop.project.toString());
        assertThat(seen.has("changedFiles")).isFalse();
        JsonNode gone = observations.get(1);
        assertThat(gone.path("status").asText()).isEqualTo("gone");
        assertThat(gone.path("exitCode").asInt()).isZero();
        assertThat(gone.path("changedFiles").toString()).isEqualTo("[\"src/demo/Greeter.java\"]");

        assertThat(tell()).isEmpty();
        assertThat(bodies).isEmpty();
    }

    @Test
    void whatCouldNotBeToldIsToldByTheNextRunUnderTheSameId() throws InterruptedException {
        shop.run(Shop.FAILS, 1);
        status = 503;
        assertThat(tell()).isEmpty();
        JsonNode first = bodies.poll(10, TimeUnit.SECONDS);
        assertThat(untold()).isEqualTo(1);

        status = 200;
        assertThat(tell()).isEmpty();
        assertThat(bodies.poll(10, TimeUnit.SECONDS)).isEqualTo(first);
        assertThat(untold()).isZero();
    }

    @Test
    void aServiceThatIsNotThereIsNoTroubleAndOneThatRefusesIsSaidOnce() {
        shop.run(Shop.FAILS, 1);
        status = 400;
        assertThat(tell()).containsExactly("the pbml service answered 400: Bad request: no");

        server.stop(0);
        assertThat(tell()).isEmpty();
        try (Teller teller = teller(true)) {
            assertThat(teller.tell()).hasSize(1).first().asString().startsWith("the pbml service does not answer");
        }
        assertThat(untold()).isEqualTo(1);
    }

    @Test
    void tellsAtMostTwoHundredInOneCall() {
        StringBuilder many = new StringBuilder();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'j'; b++) {
                many.append("X").append(a).append(b).append(".java:1: error: broken\n");
            }
        }
        shop.run(many.toString(), 1);
        assertThat(tell()).isEmpty();
        assertThat(bodies.stream().map(body -> body.path("observations").size()))
                .containsExactly(200, 60);
        assertThat(untold()).isZero();
    }

    @Test
    void saysWhatOthersKnowAndNothingThatThisMachineHasToldItself() {
        matches = """
            {"matches":[{"how":"loose","similarity":0.9,"pattern":{"id":"p\\u001b[2J7","kind":"error",
             "title":"cannot find symbol","state":"active","confidence":0.8,"support":7,
             "firstSeen":"2026-11-01T00:00:00Z","lastSeen":"2026-11-28T00:00:00Z","scope":"team"},
             "fixes":[{"at":"2026-11-28T01:00:00Z","changedFiles":["pom.xml"],"times":2,"probability":0.6}]}]}\
            """;
        BlockingQueue<Note> answers = new LinkedBlockingQueue<>();
        Note.Seen unknown = shop.run(Shop.FAILS, 1).of(Note.Seen.class).getFirst();
        try (Teller teller = teller(false)) {
            teller.ask(unknown, answers::add);
            teller.tell();
        }
        List<Note> said = new ArrayList<>(answers);
        assertThat(said).hasSize(1);
        assertThat(new NoteLines(Style.PLAIN).of(said.getFirst(), Shop.MORNING))
                .containsExactly(
                        "patterns: like one the platform knows: cannot find symbol  7 times, last yesterday  [p7]",
                        "patterns:   fixed there by: pom.xml");

        for (int i = 0; i < 7; i++) {
            shop.run(Shop.FAILS, 1);
        }
        Note.Seen known = shop.run(Shop.FAILS, 1).of(Note.Seen.class).getFirst();
        answers.clear();
        try (Teller teller = teller(false)) {
            teller.ask(known, answers::add);
            teller.tell();
        }
        assertThat(answers).isEmpty();
    }
}
