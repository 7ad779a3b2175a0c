package dev.devmentor.auth.personaldata;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Exports of people: begins them, shows them, gives their files, and drops them when their time is over. */
@ApplicationScoped
class Exports {
    private static final Logger LOG = Logger.getLogger(Exports.class);
    private static final int SECONDS_TO_STOP = 5;
    private static final int SECONDS_BETWEEN_CLEANINGS = 60;

    private final Accounts accounts;
    private final AuditLog audit;
    private final ExportRun.Parts parts;
    private final Semaphore free;
    private final ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService cleaning = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("export-cleaning").factory());

    Exports(
            Accounts accounts,
            AuditLog audit,
            Transactions transactions,
            ExportTable table,
            OwnExport own,
            ServiceClient client,
            ServicesConfig services,
            ExportConfig config,
            Clock clock) {
        this.accounts = accounts;
        this.audit = audit;
        this.parts = new ExportRun.Parts(transactions, table, own, client, services, config, clock);
        this.free = new Semaphore(config.atOnce());
    }

    void start(@Observes StartupEvent event) {
        cleaning.scheduleWithFixedDelay(this::clean, 1, SECONDS_BETWEEN_CLEANINGS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        cleaning.shutdownNow();
        runs.shutdownNow();
        if (!runs.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            LOG.warn("an export does not end; it will be seen as interrupted");
        }
    }

    private void clean() {
        try {
            parts.transactions().run(work -> {
                cleanUp(work.connection());
                return true;
            });
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("expired exports are not removed: %s", failure.getClass().getSimpleName());
        }
    }

    private void cleanUp(Connection connection) throws SQLException {
        Instant now = parts.clock().instant();
        int lost = parts.table()
                .failLost(
                        connection,
                        now.minus(parts.config().lostAfter()),
                        now,
                        now.plus(parts.config().keep()));
        if (lost > 0) {
            LOG.warnf("%d exports were interrupted", lost);
        }
        parts.table().deleteExpired(connection, now);
    }

    /**
     * Begins an export.
     *
     * @param token the person's access token, which services are asked with
     * @throws ProblemException 404 without an account that is in use, 409 if one is under way, 503 if this instance makes as many as it
     *     may
     */
    ExportView begin(String person, String token, @Nullable String address) throws SQLException {
        if (!free.tryAcquire()) {
            throw ProblemException.unavailable("as many exports as this service makes at once are under way");
        }
        boolean begun = false;
        try {
            clean();
            UUID id = UUID.randomUUID();
            ExportView view = parts.transactions().runRetrying(work -> begin(work.connection(), id, person, address));
            ExportRun run = new ExportRun(parts, id, person, token, view.requestedAt());
            runs.execute(() -> {
                try {
                    run.run();
                } finally {
                    free.release();
                }
            });
            begun = true;
            return view;
        } finally {
            if (!begun) {
                free.release();
            }
        }
    }

    private ExportView begin(Connection connection, UUID id, String person, @Nullable String address)
            throws SQLException {
        if (accounts.lock(connection, person).filter(Account::isUsable).isEmpty()) {
            throw ProblemException.notFound("there is no account of yours that is in use");
        }
        parts.table().keepNewest(connection, person, parts.config().most() - 1);
        if (!parts.table()
                .insert(
                        connection,
                        id,
                        person,
                        ExportRun.waiting(parts),
                        parts.clock().instant())) {
            throw ProblemException.conflict(
                    "export-under-way", "an export of yours is under way; wait for its end or cancel it");
        }
        audit.record(
                connection, AuditEntry.of("export.requested", person, address).with("export", id.toString()));
        return found(parts.table().find(connection, id, person));
    }

    /** An export of a person. */
    ExportView show(String person, UUID id) throws SQLException {
        // What is cleaned up stays so, also if nothing is found then.
        return found(parts.transactions().run(work -> {
            cleanUp(work.connection());
            return parts.table().find(work.connection(), id, person);
        }));
    }

    /** Ends a running one, and deletes one that is over; the view if it was running, else empty. */
    Optional<ExportView> end(String person, UUID id) throws SQLException {
        return parts.transactions().runRetrying(work -> {
            Connection connection = work.connection();
            if (parts.table().cancel(connection, id, person)) {
                return parts.table().find(connection, id, person);
            }
            if (!parts.table().delete(connection, id, person)) {
                throw none();
            }
            return Optional.<ExportView>empty();
        });
    }

    /** Notes that the file is given. */
    ExportView file(String person, UUID id, @Nullable String address) throws SQLException {
        ExportView view = show(person, id);
        if (view.file() == null) {
            throw ProblemException.notFound("this export has no file");
        }
        parts.transactions().run(work -> {
            audit.record(
                    work.connection(),
                    AuditEntry.of("export.downloaded", person, address).with("export", id.toString()));
            return true;
        });
        return view;
    }

    /** Writes the file, a chunk after the other; no transaction waits for whoever reads slowly. */
    void write(UUID id, long bytes, OutputStream out) throws IOException {
        long written = 0;
        for (int number = 0; written < bytes; number++) {
            int n = number;
            byte[] chunk;
            try {
                chunk = parts.transactions()
                        .run(work -> parts.table().chunk(work.connection(), id, n))
                        .orElseThrow(() -> new IOException("the file went while it was given"));
            } catch (SQLException failure) {
                throw new IOException("the database gave out", failure);
            }
            out.write(chunk);
            written += chunk.length;
        }
    }

    private static ExportView found(Optional<ExportView> view) {
        return view.orElseThrow(Exports::none);
    }

    static ProblemException none() {
        return ProblemException.notFound("you have no such export");
    }
}
