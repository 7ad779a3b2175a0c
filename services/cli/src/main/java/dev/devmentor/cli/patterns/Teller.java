package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the PBML service what was seen, and asks it what others know, in a thread of its own. What could not be told waits in
 * the ledger for the next run: every observation is told at least once, and under the same id whenever it is told. A service
 * that does not answer is no trouble; one that refuses is, and is said once.
 */
final class Teller implements Watch.Service, AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int FILES = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final PatternsApi api;
    private final Ledger ledger;
    private final String repository;
    private final boolean debug;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pbml").factory());
    private final List<String> remarks = new ArrayList<>();
    private volatile boolean silent;

    /** @param debug whether it is said, too, that the service does not answer */
    Teller(PatternsApi api, Ledger ledger, String repository, boolean debug) {
        this.api = api;
        this.ledger = ledger;
        this.repository = repository;
        this.debug = debug;
    }

    @Override
    public void ask(Note.Seen note, Consumer<Note> answer) {
        KnownError before = note.before();
        long known = before == null ? 0 : before.times();
        submit(() -> api.match(note.finding().text(), repository).stream()
                .filter(match -> match.support() > known) // otherwise it is what this machine has told it
                .findFirst()
                .ifPresent(match -> answer.accept(new Note.Elsewhere(
                        match.pattern(),
                        match.how(),
                        match.title(),
                        match.support(),
                        time(match.lastSeen()),
                        match.fixedBy()))));
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public List<String> tell() {
        Future<?> last = submit(this::tellAll);
        if (last != null) {
            try {
                last.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                last.cancel(true); // what was not told waits in the ledger
            } catch (ExecutionException e) {
                throw new IllegalStateException("telling the service failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (remarks) {
            return List.copyOf(remarks);
        }
    }

    private void tellAll() throws IOException, PatternsApi.Refused {
        Memory memory = Memory.of(ledger.read().records());
        ArrayNode batch = JSON.createArrayNode();
        for (Memory.Untold one : memory.untold()) {
            KnownError error = memory.error(one.error()).orElse(null);
            if (error != null) {
                batch.add(observation(one, error, memory));
            }
            if (batch.size() == PatternsApi.BATCH) {
                capture(batch);
                batch = JSON.createArrayNode();
            }
        }
        if (!batch.isEmpty()) {
            capture(batch);
        }
    }

    private void capture(ArrayNode batch) throws IOException, PatternsApi.Refused {
        List<String> captured = api.capture(batch);
        if (!captured.isEmpty()) {
            ObjectNode told = JSON.createObjectNode().put("t", "told");
            captured.forEach(told.putArray("observations")::add);
            ledger.append(told);
        }
    }

    /** As events-schema/schemas/error.observed/v1.json has it, without whose it is: the token says so. */
    private ObjectNode observation(Memory.Untold one, KnownError error, Memory memory) {
        Finding finding = error.finding();
        ObjectNode json = JSON.createObjectNode();
        json.put("observationId", one.id()).put("observedAt", one.at().toString());
        Memory.Run run = memory.run(one.run()).orElse(null);
        json.put("origin", origin(finding, run)).put("status", one.gone() ? "gone" : "seen");
        json.put("run", one.run()).put("text", finding.text().isBlank() ? finding.title() : finding.text());
        if (run != null) {
            json.put("command", Texts.cutEnd(run.command(), 1024));
            if (run.commit().matches("[0-9a-f]{7,64}")) {
                json.put("commit", run.commit());
            }
        }
        memory.exitOf(one.run()).ifPresent(exit -> json.put("exitCode", exit));
        if (one.gone() && one.fix().known()) {
            ArrayNode files = json.putArray("changedFiles");
            one.fix().files().stream()
                    .map(Fix.Changed::path)
                    .filter(path -> path.length() <= 1024)
                    .limit(FILES)
                    .forEach(files::add);
        }
        if (!repository.isEmpty()) {
            json.put("repository", repository);
        }
        return json;
    }

    private static String origin(Finding finding, Memory.@Nullable Run run) {
        if (finding.kind() == Finding.Kind.TEST || finding.context().startsWith("test:")) {
            return "test";
        }
        boolean log = run != null && run.command().toLowerCase(Locale.ROOT).startsWith("log ");
        return log ? "service" : "build";
    }

    /** Something that may fail on the way. */
    private interface Call {
        void run() throws IOException, PatternsApi.Refused;
    }

    private @Nullable Future<?> submit(Call call) {
        if (silent) {
            return null;
        }
        try {
            return thread.submit(() -> attempt(call));
        } catch (RejectedExecutionException e) {
            return null; // closed already
        }
    }

    private void attempt(Call call) {
        if (silent) {
            return;
        }
        try {
            call.run();
        } catch (IOException e) {
            silent = true;
            if (debug) {
                say("the pbml service does not answer: " + e.getMessage());
            }
        } catch (PatternsApi.Refused | Failed e) {
            silent = true;
            say(String.valueOf(e.getMessage()));
        }
    }

    private void say(String remark) {
        synchronized (remarks) {
            remarks.add(remark);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        api.close();
    }
}
