package dev.devmentor.bench.events;

import dev.devmentor.parts.issuer.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The PBML service as it is shipped. */
final class PbmlService extends Contender {
    static final String SERVICE = "pbml-service";

    private static final String BEHIND = """
            SELECT count(*) FROM owner w LEFT JOIN fold f ON f.owner_id = w.id
            WHERE w.observations IS DISTINCT FROM f.observations""";
    private static final String FILL = """
            INSERT INTO pattern (owner_id, pattern_id, kind, state, lower, mean, support, first_us, last_us, since_us, title, detail)
            SELECT w.id, 'filled-' || n, 1, 1, n / 1e7, n / 1e7, n, 0, n, n, 'java.lang.IllegalStateException: number <*>', p.detail
            FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS owners FROM owner) w
            JOIN LATERAL generate_series(w.place::integer, %d - 1, w.owners::integer) AS n ON true
            CROSS JOIN (SELECT detail FROM pattern ORDER BY length(detail) DESC LIMIT 1) p""";

    private final PbmlLoad load;

    /**
     * One run.
     *
     * @param foldedPerSecond of all events, those of the warm-up too, from the end of consuming until all were folded
     */
    record Measured(
            double loggedPerSecond,
            double foldedPerSecond,
            double serviceMicros,
            double postgresMicros,
            double kafkaMicros) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "logged %.0f events/s, folded %.0f events/s; CPU per event: service %.1f µs, PostgreSQL %.1f µs, Kafka %.1f µs",
                    loggedPerSecond,
                    foldedPerSecond,
                    serviceMicros,
                    postgresMicros,
                    kafkaMicros);
        }
    }

    PbmlService(Path root, Parts parts, Options options, PbmlLoad load, int run) {
        super(root, parts, options, SERVICE, PbmlLoad.TOPICS, "pbml", run);
        this.load = load;
    }

    /** Consumes the whole load from the beginning; the clock runs from the end of the warm-up. */
    Measured measure(Admin admin) throws InterruptedException, ExecutionException, SQLException {
        Consumed consumed = consume(admin, load.warmUp(), load.total());
        check();
        double folded = load.total() * 1e9 / (awaitFolded() - consumed.ended());
        awaitDrained();
        Cpu cpu = consumed.cpu();
        return new Measured(consumed.perSecond(), folded, cpu.service(), cpu.postgres(), cpu.kafka());
    }

    /** When nobody's log was left to be folded further. */
    private long awaitFolded() throws SQLException, InterruptedException {
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000L;
        while (number(BEHIND) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "not everything was folded " + LIMIT_SECONDS + " s after the last event");
            }
            Thread.sleep(20);
        }
        return System.nanoTime();
    }

    /**
     * How long a start takes, until it is ready, with so many more patterns, and how long the first question of a person does.
     */
    Start startWith(int patterns) throws SQLException, IOException, InterruptedException {
        service().stop();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            expect("patterns", patterns, statement.executeUpdate(FILL.formatted(patterns)));
            statement.execute("ANALYZE pattern");
        }
        String person = text("SELECT name FROM owner WHERE kind = 1 ORDER BY observations DESC, name LIMIT 1");
        String token = parts().issuer().minter().mint(TokenMinter.Claims.learner(person));
        long began = System.nanoTime();
        service().start();
        double ready = (System.nanoTime() - began) / 1e9;
        HttpRequest question = HttpRequest.newBuilder(URI.create(service().url() + "/api/pbml/patterns?limit=50"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            double first = ask(http, question);
            return new Start(ready, first, ask(http, question));
        }
    }

    private static double ask(HttpClient http, HttpRequest question) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("patterns are answered with " + answer.statusCode());
        }
        return (System.nanoTime() - began) / 1e6;
    }

    /**
     * A start.
     *
     * @param readySeconds until the service was ready
     * @param firstMillis the first question, whose person's model is read and folded for it
     * @param nextMillis the next one
     */
    record Start(double readySeconds, double firstMillis, double nextMillis) {}

    /** Every event is in the log, of its owner and of its kind. */
    private void check() throws SQLException {
        expect("observations", load.total(), number("SELECT count(*) FROM observation"));
        expect("observations of owners", load.total(), number("SELECT sum(observations) FROM owner"));
        expect("kinds", PbmlLoad.TOPICS.size(), number("SELECT count(DISTINCT kind) FROM observation"));
        expect("dead letters", 0, number("SELECT count(*) FROM outbox"));
    }
}
