package dev.devmentor.bench.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** The learning service as it is shipped, in a process of its own, with a database of its own. */
final class Ours implements AutoCloseable {
    static final String SERVICE = "learning-service";
    private static final long LIMIT_SECONDS = 600;
    /** The number of answers stands in the tenth to thirteenth byte of a state, see CardStateCodec. */
    private static final String ANSWERS_IN_CARDS =
            "SELECT sum(('x' || encode(substring(state FROM 10 FOR 4), 'hex'))::bit(32)::integer) FROM card";

    private final Parts parts;
    private final Load load;
    private final String database;
    private final LocalService service;
    private final boolean inspected;
    private Usage started = new Usage(new Cpu(0, 0, 0), Map.of(), Map.of());
    private String threads = "";

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
        this.parts = parts;
        this.load = load;
        this.inspected = options.inspect;
        this.database = "learning_" + run;
        String password = "bench-" + run;
        LocalPostgres postgres = parts.postgres();
        postgres.createDatabaseAndRole(database, database, password);
        List<String> flags = new ArrayList<>(EventsBenchmark.JVM);
        flags.addAll(options.serviceFlags);
        service = parts.owned(
                LocalService.of(root, SERVICE, PartPlace.in(parts.home(), SERVICE + "-" + run), Ports.free())
                        .withKafka(parts.kafka().bootstrapServers())
                        .withDatabase(postgres.jdbcUrl(database), database, password)
                        .withIssuer(parts.issuer().url())
                        .with("DEVMENTOR_ERASURE_KEY", "00112233445566778899aabbccddeeff")
                        .withJvmFlags(flags.toArray(String[]::new)));
        options.serviceEnvironment.forEach(service::with);
    }

    private static final List<String> INSPECTIONS = List.of(
            """
            SELECT calls, round(total_exec_time) ms, round(total_plan_time) plan_ms, rows, wal_records, wal_bytes / 1024 wal_kib,
                shared_blks_hit hits, shared_blks_dirtied dirtied, substr(regexp_replace(query, '\\s+', ' ', 'g'), 1, 90) query
            FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 14""",
            """
            SELECT regexp_replace(relname, '_[0-9]+$', '') AS table, sum(n_tup_ins) ins, sum(n_tup_upd) upd, sum(n_tup_hot_upd) hot,
                sum(seq_scan) seq, sum(idx_scan) idx, sum(n_dead_tup) dead, sum(autovacuum_count) vacuums,
                sum(pg_table_size(relid)) / 1024 / 1024 table_mib, sum(pg_indexes_size(relid)) / 1024 / 1024 index_mib
            FROM pg_stat_user_tables GROUP BY 1 HAVING sum(n_tup_ins) > 0 ORDER BY 2 DESC""",
            "SELECT wal_records, wal_fpi, wal_bytes / 1024 / 1024 wal_mib, wal_buffers_full FROM pg_stat_wal",
            "SELECT num_timed, num_requested, write_time, sync_time, buffers_written FROM pg_stat_checkpointer");

    /** Shows where the time went. */
    void inspect() throws SQLException {
        System.err.println("CPU in microseconds per event by thread; " + threads);
        try (Connection connection = parts.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            for (String query : INSPECTIONS) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    int columns = rows.getMetaData().getColumnCount();
                    StringBuilder line = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        line.append(String.format("%9s ", rows.getMetaData().getColumnLabel(i)));
                    }
                    System.err.println(line);
                    while (rows.next()) {
                        line.setLength(0);
                        for (int i = 1; i <= columns; i++) {
                            line.append(String.format("%9s ", rows.getString(i)));
                        }
                        System.err.println(line);
                    }
                }
            }
            statement.execute("SELECT pg_stat_statements_reset()");
        }
    }

    LocalService service() {
        return service;
    }

    /** Consumes the whole load from the beginning; the clock runs from the end of the warm-up. */
    Measured measure(Admin admin) throws InterruptedException, ExecutionException, SQLException {
        GroupProgress progress = new GroupProgress(admin, SERVICE, EventsBenchmark.TOPIC);
        progress.forget();
        service.start();
        GroupProgress.At from = progress.await(load.warmUp(), LIMIT_SECONDS, service::isAlive);
        startUsage();
        GroupProgress.At to;
        String waits = "";
        if (inspected) {
            try (WaitSampler sampler = new WaitSampler(parts.postgres().connect("postgres"))) {
                to = progress.await(load.total(), LIMIT_SECONDS, service::isAlive);
                sampler.close();
                waits = sampler.summary();
            }
        } else {
            to = progress.await(load.total(), LIMIT_SECONDS, service::isAlive);
        }
        long events = to.records() - from.records();
        Cpu cpu = endUsage(events);
        threads += "\nPostgreSQL's processes on average:\n" + waits;
        awaitDrained();
        double drained = (System.nanoTime() - to.nanoTime()) / 1e9;
        check();
        return new Measured(
                events * 1e9 / (to.nanoTime() - from.nanoTime()), cpu.service(), cpu.postgres(), cpu.kafka(), drained);
    }

    /** Time of CPU by process: seconds since its start, or microseconds per event. */
    record Cpu(double service, double postgres, double kafka) {
        Cpu perEventSince(Cpu before, long events) {
            return new Cpu(
                    (service - before.service) * 1e6 / events,
                    (postgres - before.postgres) * 1e6 / events,
                    (kafka - before.kafka) * 1e6 / events);
        }
    }

    private record Usage(Cpu processes, Map<String, Double> service, Map<String, Double> broker) {}

    private Usage usage() {
        return new Usage(
                cpu(),
                CpuTime.byThread(service.pid()),
                CpuTime.byThread(parts.kafka().pid()));
    }

    /** From now on CPU counts. */
    void startUsage() {
        started = usage();
    }

    /** What CPU was used per event since {@link #startUsage()}. */
    Cpu endUsage(long events) {
        Usage ended = usage();
        threads = "service: " + CpuTime.perEvent(started.service(), ended.service(), events) + "\nbroker: "
                + CpuTime.perEvent(started.broker(), ended.broker(), events);
        return ended.processes().perEventSince(started.processes(), events);
    }

    private Cpu cpu() {
        return new Cpu(
                CpuTime.ofTree(service.pid()),
                CpuTime.ofTree(parts.postgres().pid()),
                CpuTime.ofTree(parts.kafka().pid()));
    }

    private void awaitDrained() throws SQLException, InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (number("SELECT count(*) FROM outbox") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the outbox was not empty a minute after the last event");
            }
            Thread.sleep(10);
        }
    }

    /** Has the service fold every card again from the log, and compare. */
    void verify() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/api/learning/verify"))
                .header("Authorization", "Bearer " + parts.issuer().minter().mint(TokenMinter.Claims.operator("bench")))
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
        try (Connection connection = parts.postgres().connect(database);
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

    private static void expect(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException("there are " + counted + " " + what + ", and should be " + expected);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = parts.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        service.stop();
        parts.postgres().dropDatabase(database);
    }
}
