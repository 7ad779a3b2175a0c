package dev.devmentor.learning.transfer;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.KnownEntries;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.note.NoteTable;
import io.agroal.api.AgroalDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts imports and runs them in the background, a few at once and one for each learner. The file lies in a private folder
 * until its import ends, and nowhere else.
 */
@ApplicationScoped
class Imports {
    private static final Logger LOG = Logger.getLogger(Imports.class);

    private final ImportRun.Parts parts;
    private final AgroalDataSource dataSource;
    private final Semaphore free;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    Imports(
            Transactions transactions,
            Learners learners,
            ReviewLog log,
            KnownEntries known,
            CardTable cards,
            NoteTable notes,
            ImportJobTable jobs,
            ImportedSettings settings,
            TransferConfig config,
            AgroalDataSource dataSource,
            Clock clock) {
        this.parts =
                new ImportRun.Parts(transactions, learners, log, known, cards, notes, jobs, settings, config, clock);
        this.dataSource = dataSource;
        this.free = new Semaphore(config.atOnce());
    }

    /** Kinds of files, told by how they begin. */
    private enum Kind {
        ANKI,
        EXPORT,
        CSV;

        static Kind of(Path file) throws IOException {
            byte[] beginning;
            try (InputStream in = Files.newInputStream(file)) {
                beginning = in.readNBytes(1_024);
            }
            if (beginning.length >= 2 && beginning[0] == 'P' && beginning[1] == 'K') {
                return ANKI;
            }
            for (byte b : beginning) {
                if (b == 0) {
                    throw ProblemException.invalid(
                            "the file is neither an Anki package, nor CSV, nor an export of DevMentor");
                }
            }
            String text = new String(beginning, StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .stripLeading();
            if (text.isEmpty()) {
                throw ProblemException.invalid("the file is empty");
            }
            return text.startsWith("{") ? EXPORT : CSV;
        }
    }

    private static ImportSource source(Kind kind, Clock clock) {
        return switch (kind) {
            case ANKI -> new AnkiSource(clock);
            case EXPORT -> new ExportSource(clock);
            case CSV -> new CsvSource(clock);
        };
    }

    /** Takes a file and starts to import it. */
    ImportView start(String sub, InputStream body, boolean dryRun, boolean shiftToNow)
            throws IOException, SQLException {
        if (!free.tryAcquire()) {
            throw ProblemException.unavailable("as many imports as this service takes at once are under way");
        }
        Scratch scratch = null;
        boolean started = false;
        try {
            scratch = new Scratch();
            Path file = scratch.file("upload");
            receive(body, file);
            Kind kind = Kind.of(file);
            UUID id = UUID.randomUUID();
            Learner learner = parts.transactions().runRetrying(work -> {
                long now = Micros.of(parts.clock().instant());
                Learner locked =
                        parts.learners().lock(work.connection(), List.of(sub)).get(sub);
                if (locked == null) {
                    throw ProblemException.notFound("this learner was erased");
                }
                if (parts.jobs().isUnderWay(work.connection(), locked.id(), now)) {
                    throw ProblemException.conflict(
                            "import-under-way", "an import of yours is under way; wait for its end or cancel it");
                }
                parts.jobs().insert(work.connection(), id, locked.id(), dryRun, now);
                return locked;
            });
            ImportView view = find(id, sub);
            if (view == null) {
                throw ProblemException.notFound("this learner was erased");
            }
            run(
                    new ImportRun(
                            parts, id, learner, kind.name().toLowerCase(java.util.Locale.ROOT), dryRun, shiftToNow),
                    source(kind, parts.clock()),
                    file,
                    scratch);
            started = true;
            return view;
        } finally {
            if (!started) {
                free.release();
                if (scratch != null) {
                    scratch.close();
                }
            }
        }
    }

    private void receive(InputStream body, Path file) throws IOException {
        long most = parts.config().largestFile().asLongValue();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                total += n;
                if (total > most) {
                    throw ProblemException.tooLarge("the file is larger than " + (most >> 20) + " MiB");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    /** On a thread of its own: reading is work for the processor, which virtual threads would keep from requests. */
    private void run(ImportRun run, ImportSource source, Path file, Scratch scratch) {
        Thread thread = Thread.ofPlatform().daemon().name("import").unstarted(() -> {
            try {
                run.run(source, file, scratch.folder());
            } finally {
                free.release();
                running.remove(Thread.currentThread());
                try {
                    scratch.close();
                } catch (IOException left) {
                    LOG.warn("a folder of an import could not be removed", left);
                }
            }
        });
        running.add(thread);
        thread.start();
    }

    @PreDestroy
    void stop() {
        running.forEach(Thread::interrupt);
        for (Thread thread : running) {
            try {
                thread.join(java.time.Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** An import of a learner; null if there is none. */
    @Nullable ImportView find(UUID id, String sub) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return parts.jobs()
                    .find(connection, id, sub, Micros.of(parts.clock().instant()));
        }
    }

    /** Asks an import to end; false if there is none. */
    boolean cancel(UUID id, String sub) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return parts.jobs().cancel(connection, id, sub);
        }
    }
}
