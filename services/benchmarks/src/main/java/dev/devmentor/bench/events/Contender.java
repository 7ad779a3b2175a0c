package dev.devmentor.bench.events;

import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A service as it is shipped, in a process of its own, with a database of its own. */
abstract class Contender implements AutoCloseable {
    static final long LIMIT_SECONDS = 600;

    private final Parts parts;
    private final String name;
    private final List<String> topics;
    private final String database;
    private final LocalService service;
    private final boolean inspected;
    private Usage started = new Usage(new Cpu(0, 0, 0), Map.of(), Map.of());
    private String threads = "";

    /**
     * A service and a fresh database.
     *
     * @param name of the service
     * @param topics what it consumes of the load
     * @param database name of the database without the run
     */
    Contender(Path root, Parts parts, Options options, String name, List<String> topics, String database, int run) {
        this.parts = parts;
        this.name = name;
        this.topics = List.copyOf(topics);
        this.inspected = options.inspect;
        this.database = database + "_" + run;
        String password = "bench-" + run;
        LocalPostgres postgres = parts.postgres();
        postgres.createDatabaseAndRole(this.database, this.database, password);
        List<String> flags = new ArrayList<>(EventsBenchmark.JVM);
        flags.addAll(options.serviceFlags);
        service = parts.owned(LocalService.of(root, name, PartPlace.in(parts.home(), name + "-" + run), Ports.free())
                .withKafka(parts.kafka().bootstrapServers())
                .withDatabase(postgres.jdbcUrl(this.database), this.database, password)
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

    Parts parts() {
        return parts;
    }

    Connection connect() throws SQLException {
        return parts.postgres().connect(database);
    }

    /**
     * What consuming took.
     *
     * @param began when the warm-up was consumed, {@link System#nanoTime}
     * @param ended when everything was
     * @param events consumed in between
     */
    record Consumed(long began, long ended, long events, Cpu cpu) {
        double perSecond() {
            return events * 1e9 / (ended - began);
        }
    }

    /** Starts the service and waits until it has consumed the whole load; the clock runs from the end of the warm-up. */
    Consumed consume(Admin admin, long warmUp, long total)
            throws InterruptedException, ExecutionException, SQLException {
        GroupProgress progress = new GroupProgress(admin, name, topics);
        progress.forget();
        service.start();
        GroupProgress.At from = progress.await(warmUp, LIMIT_SECONDS, service::isAlive);
        startUsage();
        GroupProgress.At to;
        String waits = "";
        if (inspected) {
            try (WaitSampler sampler = new WaitSampler(parts.postgres().connect("postgres"))) {
                to = progress.await(total, LIMIT_SECONDS, service::isAlive);
                sampler.close();
                waits = sampler.summary();
            }
        } else {
            to = progress.await(total, LIMIT_SECONDS, service::isAlive);
        }
        long events = to.records() - from.records();
        Cpu cpu = endUsage(events);
        threads += "\nPostgreSQL's processes on average:\n" + waits;
        return new Consumed(from.nanoTime(), to.nanoTime(), events, cpu);
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

    void awaitDrained() throws SQLException, InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (number("SELECT count(*) FROM outbox") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the outbox was not empty a minute after the last event");
            }
            Thread.sleep(10);
        }
    }

    static void expect(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException("there are " + counted + " " + what + ", and should be " + expected);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() {
        service.stop();
        parts.postgres().dropDatabase(database);
    }
}
