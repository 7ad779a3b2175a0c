package dev.devmentor.bench.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.parts.issuer.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** The learning service as it is shipped, in a process of its own, with a database of its own. */
final class Ours extends Contender {
    static final String SERVICE = "learning-service";
    /** The number of answers stands in the tenth to thirteenth byte of a state, see CardStateCodec. */
    private static final String ANSWERS_IN_CARDS =
            "SELECT sum(('x' || encode(substring(state FROM 10 FOR 4), 'hex'))::bit(32)::integer) FROM card";

    private final Load load;

    /**
     * One run.
     *
     * @param drainSeconds from the last event's commit until the outbox was empty
     */
    record Measured(
            double eventsPerSecond,
            double serviceMicros,
            double postgresMicros,
            double kafkaMicros,
            double drainSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f events/s; CPU per event: service %.1f µs, PostgreSQL %.1f µs, Kafka %.1f µs; outbox empty %.2f s later",
                    eventsPerSecond,
                    serviceMicros,
                    postgresMicros,
                    kafkaMicros,
                    drainSeconds);
        }
    }

    Ours(Path root, Parts parts, Options options, Load load, int run) {
        super(root, parts, options, SERVICE, List.of(EventsBenchmark.TOPIC), "learning", run);
        this.load = load;
    }

    /** Consumes the whole load from the beginning; the clock runs from the end of the warm-up. */
    Measured measure(Admin admin) throws InterruptedException, ExecutionException, SQLException {
        Consumed consumed = consume(admin, load.warmUp(), load.total());
        awaitDrained();
        double drained = (System.nanoTime() - consumed.ended()) / 1e9;
        check();
        Cpu cpu = consumed.cpu();
        return new Measured(consumed.perSecond(), cpu.service(), cpu.postgres(), cpu.kafka(), drained);
    }

    /** Has the service fold every card again from the log, and compare. */
    void verify() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service().url() + "/api/learning/verify"))
                .header(
                        "Authorization",
                        "Bearer " + parts().issuer().minter().mint(TokenMinter.Claims.operator("bench")))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            String last = answer.body().reduce("", (before, line) -> line.isBlank() ? before : line);
            JsonNode result =
                    answer.statusCode() == 200 ? new JsonMapper().readTree(last) : new JsonMapper().createObjectNode();
            if (!result.path("done").asBoolean() || result.path("mismatches").asLong(-1) != 0) {
                throw new IllegalStateException("verify answered " + answer.statusCode() + " " + last);
            }
            expect("verified entries", load.total(), result.path("entries").asLong());
            expect("verified cards", load.distinctCards(), result.path("cards").asLong());
        }
    }

    /** Compares the cards with somebody else's. */
    void expectDueDates(DueDates expected) throws SQLException {
        DueDates ours = new DueDates();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(10_000);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT l.sub, c.item, c.due_us FROM card c JOIN learner l ON l.id = c.learner_id")) {
                while (rows.next()) {
                    ours.put(rows.getString(1), rows.getString(2), rows.getLong(3));
                }
            }
        }
        if (!ours.sameAs(expected)) {
            throw new IllegalStateException("Kafka Streams came to other due dates");
        }
    }

    /** Every event is in the log, and every card that an event touched is there. */
    private void check() throws SQLException {
        expect("entries", load.total(), number("SELECT count(*) FROM entry"));
        expect("cards", load.distinctCards(), number("SELECT count(*) FROM card"));
        expect("answers in cards", load.total(), number(ANSWERS_IN_CARDS));
    }
}
