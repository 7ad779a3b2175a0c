package dev.devmentor.pbml.learn;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches and runs them in the background: a few at once, a few that wait, one of each person. A batch lies in a file that
 * only this process reads until its job ends.
 */
@ApplicationScoped
class LearnJobs {
    private static final Logger LOG = Logger.getLogger(LearnJobs.class);
    private static final int SECONDS_TO_STOP = 10;

    private final Owners owners;
    private final LearnRun.Parts parts;
    /** One for each file that there may be. */
    private final Semaphore files;

    private final ExecutorService workers;

    LearnJobs(
            Owners owners,
            Transactions transactions,
            ObservationLog log,
            LearnJobTable jobs,
            Models models,
            LearnConfig config,
            AgroalDataSource dataSource,
            Clock clock) {
        this.owners = owners;
        this.parts = new LearnRun.Parts(transactions, log, jobs, models, config, dataSource, clock);
        this.files = new Semaphore(config.atOnce() + config.waiting());
        // Reading and folding is work for the processor, which virtual threads would keep from requests.
        this.workers = Executors.newFixedThreadPool(
                config.atOnce(), Thread.ofPlatform().daemon().name("learn-", 0).factory());
    }

    /** What an instance that is gone was at is over; those that it said a moment ago are over once somebody asks for them. */
    void start(@Observes StartupEvent event) throws SQLException {
        try (Connection connection = parts.dataSource().getConnection()) {
            failInterrupted(connection);
        }
    }

    private void failInterrupted(Connection connection) throws SQLException {
        int failed =
                parts.jobs().failInterrupted(connection, Micros.of(parts.clock().instant()));
        if (failed > 0) {
            LOG.warnf("%d training jobs were interrupted", failed);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        workers.shutdownNow();
        if (!workers.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            LOG.warn("a training job does not end; it will be seen as interrupted");
        }
    }

    /** Takes a batch and puts it in the queue. */
    LearnView start(OwnerName person, InputStream body) throws IOException, SQLException {
        mustBeFree(person);
        if (!files.tryAcquire()) {
            throw ProblemException.unavailable("as many training jobs as this service takes at once are under way");
        }
        Path file = null;
        boolean started = false;
        try {
            file = newFile();
            receive(body, file);
            UUID id = insert(person);
            LearnView view = find(person, id);
            if (view == null) {
                throw ProblemException.notFound("this person was erased");
            }
            Path batch = file;
            workers.execute(() -> run(new LearnRun(parts, id, person), batch));
            started = true;
            return view;
        } finally {
            if (!started) {
                release(file);
            }
        }
    }

    private void run(LearnRun run, Path batch) {
        try {
            run.run(batch);
        } finally {
            release(batch);
        }
    }

    private void release(@Nullable Path file) {
        files.release();
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            LOG.warn("a file of a training job could not be removed", left);
        }
    }

    private static Path newFile() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        FileAttribute<?>[] privately =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Files.createTempFile(folder, "devmentor-learn-", ".ndjson", privately);
    }

    private void receive(InputStream body, Path file) throws IOException {
        long most = parts.config().largestBatch().asLongValue();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                total += n;
                if (total > most) {
                    throw ProblemException.tooLarge("a batch has at most " + (most >> 20) + " MiB");
                }
                out.write(buffer, 0, n);
            }
        }
        if (total == 0) {
            throw ProblemException.invalid("the batch is empty");
        }
    }

    /** Before the batch is read, so that nobody sends 50 MB for a refusal. */
    private void mustBeFree(OwnerName person) throws SQLException {
        try (Connection connection = parts.dataSource().getConnection()) {
            failInterrupted(connection);
            Owner owner = owners.find(connection, person);
            if (owner != null && parts.jobs().isUnderWay(connection, owner.id())) {
                throw underWay();
            }
        }
    }

    private UUID insert(OwnerName person) throws SQLException {
        UUID id = UUID.randomUUID();
        return parts.transactions().runRetrying(work -> {
            Owner owner = owners.lock(work.connection(), List.of(person)).get(person);
            if (owner == null) {
                throw ProblemException.notFound("this person was erased");
            }
            if (!parts.jobs()
                    .insert(
                            work.connection(),
                            id,
                            owner.id(),
                            Micros.of(parts.clock().instant()))) {
                throw underWay();
            }
            return id;
        });
    }

    private static ProblemException underWay() {
        return ProblemException.conflict(
                "learning-under-way", "a training job of yours is under way; wait for its end or cancel it");
    }

    /** A job of a person; null if there is none of that id. */
    @Nullable LearnView find(OwnerName person, UUID id) throws SQLException {
        try (Connection connection = parts.dataSource().getConnection()) {
            LearnView view = parts.jobs().find(connection, id, person.name());
            if (view == null || view.isOver()) {
                return view;
            }
            failInterrupted(connection);
            return parts.jobs().find(connection, id, person.name());
        }
    }

    /** Asks a job to end; false if there is none of that id. */
    boolean cancel(OwnerName person, UUID id) throws SQLException {
        try (Connection connection = parts.dataSource().getConnection()) {
            return parts.jobs().cancel(connection, id, person.name());
        }
    }
}
