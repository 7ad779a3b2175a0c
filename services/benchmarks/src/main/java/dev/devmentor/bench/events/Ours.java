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
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The learning service as it is shipped, in a process of its own, with a database of its own. */
final class Ours implements AutoCloseable {
    private static final String SERVICE = "learning-service";
    private static final long LIMIT_SECONDS = 600;

    private final Parts parts;
    private final Load load;
    private final String database;
    private final LocalService service;

    /**
     * One run.
     *
     * @param drainSeconds from the last event's commit until the outbox was empty
     */
    record Measured(
            double eventsPerSecond, double serviceMicros, double postgresMicros, double kafkaMicros, double drainSeconds) {
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

    LocalService service() {
        return service;
    }

    /** Consumes the whole load from the beginning; the clock runs from the end of the warm-up. */
    Measured measure(Admin admin) throws InterruptedException, ExecutionException, SQLException {
        GroupProgress progress = new GroupProgress(admin, SERVICE, EventsBenchmark.TOPIC);
        progress.forget();
        service.start();
        GroupProgress.At from = progress.await(load.warmUp(), LIMIT_SECONDS, service::isAlive);
        Cpu before = cpu();
        GroupProgress.At to = progress.await(load.total(), LIMIT_SECONDS, service::isAlive);
        Cpu after = cpu();
        awaitDrained();
        double drained = (System.nanoTime() - to.nanoTime()) / 1e9;
        check();
        long events = to.records() - from.records();
        return new Measured(
                events * 1e9 / (to.nanoTime() - from.nanoTime()),
                (after.service() - before.service()) * 1e6 / events,
                (after.postgres() - before.postgres()) * 1e6 / events,
                (after.kafka() - before.kafka()) * 1e6 / events,
                drained);
    }

    private record Cpu(double service, double postgres, double kafka) {}

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

    /** Every event is in the log, and every card that an event touched is there. */
    private void check() throws SQLException {
        expect("entries", load.total(), number("SELECT count(*) FROM entry"));
        expect("cards", load.distinctCards(), number("SELECT count(*) FROM card"));
        expect("answers in cards", load.total(), number("SELECT sum(answers) FROM card"));
    }

    private static void expect(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException("there are " + counted + " " + what + ", and should be " + expected);
        }
    }

    long number(String sql) throws SQLException {
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
