package dev.devmentor.bench.events;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The PBML service as it is shipped. */
final class PbmlService extends Contender {
    static final String SERVICE = "pbml-service";

    private final PbmlLoad load;

    /**
     * One run.
     *
     * @param foldedPerSecond events until everything was folded; NaN where this service folds nothing
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
        double folded = folds() ? consumed.events() * 1e9 / (awaitFolded() - consumed.began()) : Double.NaN;
        awaitDrained();
        Cpu cpu = consumed.cpu();
        return new Measured(consumed.perSecond(), folded, cpu.service(), cpu.postgres(), cpu.kafka());
    }

    private boolean folds() throws SQLException {
        return number("SELECT count(*) FROM pg_class WHERE relname = 'fold' AND relkind IN ('r', 'p')") > 0;
    }

    /** When nobody's log was left to be folded further. */
    private long awaitFolded() throws SQLException, InterruptedException {
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000L;
        while (number("SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1) AS t") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "not everything was folded " + LIMIT_SECONDS + " s after the last event");
            }
            Thread.sleep(20);
        }
        return System.nanoTime();
    }

    /** Every event is in the log, of its owner and of its kind. */
    private void check() throws SQLException {
        expect("observations", load.total(), number("SELECT count(*) FROM observation"));
        expect("observations of owners", load.total(), number("SELECT sum(observations) FROM owner"));
        expect("kinds", PbmlLoad.TOPICS.size(), number("SELECT count(DISTINCT kind) FROM observation"));
        expect("dead letters", 0, number("SELECT count(*) FROM outbox"));
    }
}
