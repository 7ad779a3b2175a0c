package dev.devmentor.auth.personaldata;

import dev.devmentor.kit.transaction.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One export: all services at once, then the archive, then its bytes into the database. The token lives in memory alone, and only
 * until it ends.
 */
final class ExportRun {
    private static final Logger LOG = Logger.getLogger(ExportRun.class);
    private static final int CHUNK = 1024 * 1024;

    /** What all exports share. */
    record Parts(
            Transactions transactions,
            ExportTable table,
            OwnExport own,
            ServiceClient client,
            ServicesConfig services,
            ExportConfig config,
            Clock clock) {}

    private final Parts shared;
    private final UUID id;
    private final String person;
    private final String token;
    private final Instant requestedAt;
    private final Map<String, ExportPart> parts = new ConcurrentSkipListMap<>();
    private volatile boolean cancelled;
    private volatile boolean over;

    ExportRun(Parts shared, UUID id, String person, String token, Instant requestedAt) {
        this.shared = shared;
        this.id = id;
        this.person = person;
        this.token = token;
        this.requestedAt = requestedAt;
        waiting(shared).forEach(part -> parts.put(part.service(), part));
    }

    /** The parts of an export that has just begun. */
    static List<ExportPart> waiting(Parts shared) {
        return Stream.concat(Stream.of(shared.own().service()), shared.services().byName().keySet().stream())
                .distinct()
                .sorted()
                .map(ExportPart::waiting)
                .toList();
    }

    void run() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("devmentor-export-");
            gather(folder);
            if (cancelled) {
                end("cancelled", null);
            } else {
                finish(folder);
            }
        } catch (PartFile.TooLarge tooLarge) {
            end("failed", "the file would be larger than it may be");
        } catch (IOException | SQLException | RuntimeException failure) {
            LOG.errorf(failure, "export %s failed", id);
            end("failed", "an error of the service; it is logged");
        } catch (InterruptedException stopped) {
            end("failed", "the service was stopped; start it again");
        } finally {
            over = true;
            delete(folder);
        }
    }

    private void gather(Path folder) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread beat = Thread.ofVirtual().name("export-beat").start(() -> beat(threads));
            try {
                List<Future<?>> all = new ArrayList<>();
                all.add(threads.submit(() -> own(folder)));
                for (Map.Entry<String, URI> service : shared.services().byName().entrySet()) {
                    if (!service.getKey().equals(shared.own().service())) {
                        all.add(threads.submit(() -> other(service.getKey(), service.getValue(), folder)));
                    }
                }
                for (Future<?> one : all) {
                    await(one);
                }
            } finally {
                threads.shutdownNow();
                beat.interrupt();
                beat.join();
            }
        }
    }

    private void await(Future<?> part) throws InterruptedException {
        try {
            part.get();
        } catch (ExecutionException | java.util.concurrent.CancellationException failure) {
            if (!cancelled) {
                LOG.errorf(failure, "a part of export %s failed", id);
            }
        }
    }

    private void own(Path folder) {
        String self = shared.own().service();
        try {
            Path file = folder.resolve(self + ".ndjson");
            put(shared.own().write(person, file, shared.config().largestPart().asLongValue()));
        } catch (PartFile.TooLarge tooLarge) {
            put(ExportPart.missing(self, "too-large"));
        } catch (IOException | SQLException | RuntimeException failure) {
            LOG.errorf(failure, "this service's part of export %s failed", id);
            put(ExportPart.missing(self, "failed"));
        }
    }

    private void other(String service, URI base, Path folder) {
        put(shared.client().fetch(service, base, token, folder.resolve(service + ".ndjson"), () -> cancelled));
    }

    private void put(ExportPart part) {
        parts.put(part.service(), part);
    }

    /** Tells that it is alive and how far, and ends the parts if somebody cancels. */
    private void beat(ExecutorService threads) {
        while (!over && !Thread.currentThread().isInterrupted()) {
            try {
                boolean goOn = shared.transactions()
                        .run(work -> shared.table()
                                .beat(
                                        work.connection(),
                                        id,
                                        List.copyOf(parts.values()),
                                        shared.clock().instant()));
                if (!goOn) {
                    cancelled = true;
                    threads.shutdownNow();
                    return;
                }
            } catch (SQLException | RuntimeException failure) {
                LOG.warnf(
                        "export %s could not say how far it is: %s",
                        id, failure.getClass().getSimpleName());
            }
            LockSupport.parkNanos(shared.config().beat().toNanos());
        }
    }

    private void finish(Path folder) throws IOException, SQLException {
        Instant now = shared.clock().instant();
        List<ExportPart> all = List.copyOf(parts.values());
        Path file = folder.resolve("export.zip");
        Archive.Packed packed =
                Archive.pack(file, shared.config().largestFile().asLongValue(), person, requestedAt, now, all, folder);
        String state = all.stream().allMatch(ExportPart::isDone) ? "done" : "incomplete";
        boolean kept = shared.transactions().run(work -> {
            if (!shared.table()
                    .finish(
                            work.connection(),
                            id,
                            state,
                            all,
                            packed.bytes(),
                            packed.sha256(),
                            now,
                            now.plus(shared.config().keep()))) {
                return false;
            }
            try {
                store(work.connection(), file);
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
            return true;
        });
        if (!kept) {
            end("cancelled", null);
        }
    }

    private void store(Connection connection, Path file) throws IOException, SQLException {
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                shared.table().addChunk(connection, id, number++, chunk);
            }
        }
    }

    private void end(String state, @Nullable String error) {
        try {
            shared.transactions().run(work -> {
                Instant now = shared.clock().instant();
                shared.table()
                        .end(
                                work.connection(),
                                id,
                                state,
                                error,
                                now,
                                now.plus(shared.config().keep()));
                return true;
            });
        } catch (SQLException | RuntimeException failure) {
            // It will be seen as interrupted.
            LOG.warnf(
                    "export %s could not say how it ended: %s",
                    id, failure.getClass().getSimpleName());
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException left) {
            LOG.warn("files of an export could not be removed", left);
        }
    }
}
