package dev.devmentor.pbml.learn;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.log.Recorded;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One training job: reads lines into the log, some hundred in a transaction, and folds once. */
final class LearnRun {
    private static final Logger LOG = Logger.getLogger(LearnRun.class);
    private static final int LINES_AT_ONCE = 500;
    private static final int BYTES_AT_ONCE = 4 << 20;
    /** Data of an event has 256 KiB at most; around it stand the type and the id. */
    private static final int LONGEST_LINE = 257 * 1024;

    private static final int BEATS_OF_PATIENCE = 6;

    private final Parts parts;
    private final UUID id;
    private final OwnerName person;
    private final EventLine reader;
    private final Progress progress = new Progress();

    /** What every job needs. */
    record Parts(
            Transactions transactions,
            ObservationLog log,
            LearnJobTable jobs,
            Models models,
            LearnConfig config,
            AgroalDataSource dataSource,
            Clock clock) {}

    /** What a model says of a pattern, as far as a change of it counts. */
    private record Shape(int support, long lastMicros, double mean, String title) {
        static Map<String, Shape> of(OwnerState state) {
            Map<String, Shape> shapes = new HashMap<>();
            for (PatternView pattern : state.patterns()) {
                shapes.put(
                        pattern.id(),
                        new Shape(pattern.support(), pattern.lastMicros(), pattern.mean(), pattern.title()));
            }
            return shapes;
        }
    }

    LearnRun(Parts parts, UUID id, OwnerName person) {
        this.parts = parts;
        this.id = id;
        this.person = person;
        this.reader = new EventLine(person);
    }

    /** Runs to the end; whatever happens is said in the job. */
    void run(Path file) {
        Thread beating = Thread.ofVirtual().name("learn-beat").start(this::beat);
        try {
            learn(file);
        } catch (IOException | SQLException | RuntimeException failure) {
            LOG.errorf(failure, "training job %s failed", id);
            fail(
                    Failures.isTransient(failure)
                            ? "a part of the platform was down, send it again: what was taken in stays"
                            : "a bug, which was logged; what was taken in stays");
        } finally {
            beating.interrupt();
        }
    }

    private void learn(Path file) throws IOException, SQLException {
        if (!report(LearnJobTable.RECORDING)) {
            report(LearnJobTable.CANCELLED);
            return;
        }
        Map<String, Shape> before = parts.models().ask(person, Shape::of);
        if (!record(file)) {
            report(LearnJobTable.CANCELLED);
            return;
        }
        CrashPoints.reached("learn.recorded");
        if (!report(LearnJobTable.FOLDING)) {
            report(LearnJobTable.CANCELLED);
            return;
        }
        Map<String, Shape> after = parts.models().ask(person, Shape::of);
        after.forEach((pattern, shape) -> {
            Shape known = before.get(pattern);
            if (known == null) {
                progress.created++;
            } else if (!known.equals(shape)) {
                progress.updated++;
            }
        });
        progress.folded = progress.added;
        report(LearnJobTable.DONE);
    }

    /** @return false if it was cancelled meanwhile */
    private boolean record(Path file) throws IOException, SQLException {
        try (InputStream in = Files.newInputStream(file)) {
            Lines lines = new Lines(in, LONGEST_LINE);
            List<Observation> batch = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            long bytes = 0;
            long unreported = 0;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                progress.lines++;
                unreported++;
                bytes += line.length;
                take(line, batch, numbers);
                if (unreported >= LINES_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                    if (!record(batch, numbers)) {
                        return false;
                    }
                    bytes = 0;
                    unreported = 0;
                }
            }
            return record(batch, numbers);
        }
    }

    private void take(byte[] line, List<Observation> batch, List<Long> numbers) {
        if (line == Lines.TOO_LONG) {
            progress.refuse(progress.lines, "longer than " + LONGEST_LINE + " bytes");
            return;
        }
        if (isBlank(line)) {
            return;
        }
        Instant now = parts.clock().instant();
        switch (reader.read(line, now)) {
            case EventLine.Refused(String reason) -> progress.refuse(progress.lines, reason);
            case EventLine.Taken(Observation observation) -> {
                batch.add(observation);
                numbers.add(progress.lines);
            }
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean record(List<Observation> batch, List<Long> numbers) throws SQLException {
        List<Recorded> recorded =
                parts.transactions().runRetrying(work -> parts.log().record(work, batch));
        for (int i = 0; i < recorded.size(); i++) {
            switch (recorded.get(i)) {
                case Recorded.Added _ -> progress.added++;
                case Recorded.Repeated _ -> progress.repeated++;
                case Recorded.Contradicting(String what) ->
                    progress.refuse(
                            numbers.get(i), "a different event with the same " + what + " identity is in the log");
                case Recorded.OfErased _ -> progress.refuse(numbers.get(i), "this person was erased");
            }
        }
        batch.clear();
        numbers.clear();
        return report(LearnJobTable.RECORDING);
    }

    private boolean report(String state) throws SQLException {
        return report(state, null);
    }

    private boolean report(String state, @Nullable String error) throws SQLException {
        try (Connection connection = parts.dataSource().getConnection()) {
            return parts.jobs()
                    .report(
                            connection,
                            id,
                            state,
                            progress,
                            error,
                            Micros.of(parts.clock().instant()));
        }
    }

    private void fail(String error) {
        try {
            report(LearnJobTable.FAILED, error);
        } catch (SQLException unreachable) {
            // Nobody says any more that it goes on, so it will be seen as interrupted.
            LOG.warnf("the failure of training job %s could not be noted", id);
        }
    }

    /** Folding a long log takes long; meanwhile this says that somebody is at it. */
    private void beat() {
        Duration pause = parts.config().patience().dividedBy(BEATS_OF_PATIENCE);
        try {
            while (true) {
                Thread.sleep(pause);
                try (Connection connection = parts.dataSource().getConnection()) {
                    parts.jobs().beat(connection, id, Micros.of(parts.clock().instant()));
                } catch (SQLException unreachable) {
                    LOG.debugf("training job %s could not be noted as going on", id);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
