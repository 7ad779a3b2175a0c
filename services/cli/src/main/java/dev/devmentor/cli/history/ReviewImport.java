package dev.devmentor.cli.history;

import dev.devmentor.cli.history.ReviewLogCsv.Bad;
import dev.devmentor.cli.history.ReviewLogCsv.Review;
import dev.devmentor.cli.learning.LearningApi;
import dev.devmentor.cli.platform.Addresses;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.CrashPoints;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends a review log as {@code quiz.answered} events and waits until the learning service has applied them. */
public final class ReviewImport {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final Duration NO_PROGRESS_LIMIT = Duration.ofSeconds(90);

    private final Home home;
    private final Clock clock;
    private final Terminal progress = Terminal.stderr();

    public ReviewImport(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * What to import.
     *
     * @param name for messages
     * @param shiftToNow whether to move all times by whole days, so that the last review was within the last 24 hours
     * @param strict whether a bad line stops it before anything is sent
     * @param zone of the learner; part of what is said about an answer
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Request(
            String name,
            byte[] content,
            String learner,
            boolean shiftToNow,
            boolean strict,
            ZoneId zone,
            boolean awaitApplied) {}

    /** What came of it. */
    public record Result(
            int sent, int badLines, long shiftDays, boolean applied, Duration sending, Duration applying) {}

    /** The history that comes with the platform, for the demo person. */
    public static Request demo(String learner) {
        try (InputStream in = ReviewImport.class.getResourceAsStream("/demo/revlog.csv")) {
            if (in == null) {
                throw new Failed("this build has no demo history");
            }
            return new Request("the demo history", in.readAllBytes(), learner, true, true, ZoneId.of("UTC"), true);
        } catch (IOException e) {
            throw new Failed("the demo history cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether this very import was seen through to its end before. */
    private boolean isDone(Request request) {
        return new ImportLedger(home)
                .find(QuizAnsweredEvent.source(request.content(), request.learner()))
                .filter(ImportLedger.Entry::applied)
                .isPresent();
    }

    public Result run(Request request) {
        try (ImportLock ignored = ImportLock.take(home, progress)) {
            return runAlone(request);
        }
    }

    /**
     * Imports unless this very import was seen through to its end before. When somebody else is at it, waits for them, and
     * does it only if they did not come to the end.
     *
     * @return empty when there was nothing to do
     */
    public Optional<Result> runUnlessDone(Request request) {
        if (isDone(request)) {
            return Optional.empty();
        }
        try (ImportLock ignored = ImportLock.take(home, progress)) {
            return isDone(request) ? Optional.empty() : Optional.of(runAlone(request));
        }
    }

    private Result runAlone(Request request) {
        CrashPoints.reached("import.locked");
        Read read = read(request);
        List<Review> reviews = read.reviews();
        int bad = read.badLines();
        if (reviews.isEmpty()) {
            throw new Failed(request.name() + " has no review");
        }
        String source = QuizAnsweredEvent.source(request.content(), request.learner());
        ImportLedger ledger = new ImportLedger(home);
        Optional<ImportLedger.Entry> before = ledger.find(source);
        long shiftDays = shiftDays(request, reviews, before.orElse(null));
        ImportLedger.Entry entry =
                before.orElseGet(() -> new ImportLedger.Entry(shiftDays, false, answersBefore(request)));
        String what = request.name() + " for " + request.learner();
        if (before.isEmpty()) {
            ledger.write(source, what, entry);
        }
        Set<String> ids = new HashSet<>();
        reviews.forEach(review -> ids.add(QuizAnsweredEvent.id(review)));
        long began = System.nanoTime();
        if (!request.awaitApplied()) {
            send(request, reviews, source, Duration.ofDays(shiftDays));
            return new Result(reviews.size(), bad, shiftDays, false, since(began), Duration.ZERO);
        }
        try (LearningApi api = LearningApi.of(home, request.learner());
                RefusedAnswers refused = RefusedAnswers.watch(Addresses.of(home).kafka())) {
            // Where the number before is not known, none is the only guess that never waits for what does not come.
            // There are fewer now only when the learner's answers were erased since.
            long answersBefore = Math.min(entry.answersBefore().orElse(0), answers(api));
            send(request, reviews, source, Duration.ofDays(shiftDays));
            Duration sending = since(began);
            awaitApplied(api, answersBefore, ids.size(), refused);
            CrashPoints.reached("import.applied");
            ledger.write(source, what, entry.seenApplied());
            return new Result(reviews.size(), bad, shiftDays, true, sending, since(began));
        }
    }

    /** Whoever waits needs the service anyway; whoever does not may import while it is down, and gives up the number. */
    private OptionalLong answersBefore(Request request) {
        try (LearningApi api = LearningApi.of(home, request.learner())) {
            return OptionalLong.of(answers(api));
        } catch (Failed e) {
            if (request.awaitApplied()) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private record Read(List<Review> reviews, int badLines) {}

    private Read read(Request request) {
        List<Review> reviews = new ArrayList<>();
        List<Bad> bad = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(request.content()), StandardCharsets.UTF_8))) {
            ReviewLogCsv.read(in, line -> {
                switch (line) {
                    case Review review -> reviews.add(review);
                    case Bad wrong -> bad.add(wrong);
                }
            });
        } catch (IOException e) {
            throw new Failed("cannot read " + request.name() + ": " + e.getMessage(), e);
        }
        bad.forEach(line -> progress.line(request.name() + ", line " + line.number() + ": " + line.reason()));
        if (request.strict() && !bad.isEmpty()) {
            throw new Failed(bad.size() + " bad lines in " + request.name() + "; nothing was imported");
        }
        return new Read(reviews, bad.size());
    }

    private long shiftDays(Request request, List<Review> reviews, ImportLedger.@Nullable Entry before) {
        long last = reviews.stream().mapToLong(Review::timeMs).max().orElseThrow();
        long wanted = request.shiftToNow() ? Math.floorDiv(clock.millis() - last, DAY_MILLIS) : 0;
        if (before == null) {
            if (wanted != 0) {
                progress.line("all times of " + request.name() + " are moved by " + wanted
                        + " days, so that its last review was within the last 24 hours");
            }
            return wanted;
        }
        if (wanted != before.shiftDays()) {
            progress.line(request.name() + " was imported for " + request.learner() + " before, moved by "
                    + before.shiftDays() + " days; it is moved by the same again, so that nothing is doubled");
        }
        return before.shiftDays();
    }

    private void send(Request request, List<Review> reviews, String source, Duration shift) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                Addresses.of(home).kafka(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "max.block.ms",
                10_000,
                "delivery.timeout.ms",
                60_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            int sent = 0;
            for (Review review : reviews) {
                producer.send(
                        QuizAnsweredEvent.of(review, request.learner(), source, request.zone(), shift),
                        (metadata, exception) -> {
                            if (exception != null) {
                                failure.compareAndSet(null, exception);
                            }
                        });
                if (++sent % 1000 == 0) {
                    CrashPoints.reached("import.sending");
                    progress.passing("  sent " + Terminal.count(sent) + " of " + Terminal.count(reviews.size()));
                }
            }
            producer.flush();
            CrashPoints.reached("import.sent");
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        } finally {
            progress.clearPassing();
        }
        Exception first = failure.get();
        if (first != null) {
            throw new Failed(
                    "Kafka did not take all of " + request.name() + ": " + first.getMessage()
                            + " (import it again: nothing is doubled)",
                    first);
        }
    }

    private void awaitApplied(LearningApi api, long answersBefore, long expected, RefusedAnswers refused) {
        long seen = Long.MIN_VALUE;
        long lastChange = System.nanoTime();
        while (true) {
            long answers = answers(api) - answersBefore;
            if (answers >= expected) {
                progress.clearPassing();
                return;
            }
            if (answers != seen) {
                seen = answers;
                lastChange = System.nanoTime();
            }
            progress.passing("  applied " + Terminal.count(answers) + " of " + Terminal.count(expected));
            long refusals = refused.count();
            if (answers + refusals >= expected) {
                progress.clearPassing();
                throw new Failed(Terminal.count(refusals) + " of " + Terminal.count(expected)
                        + " were refused by the learning service (why: scripts/devmentor replay-dlq --dry-run)");
            }
            if (System.nanoTime() - lastChange > NO_PROGRESS_LIMIT.toNanos()) {
                progress.clearPassing();
                throw new Failed("the learning service has applied " + Terminal.count(answers) + " of "
                        + Terminal.count(expected) + " and has not gone on for " + NO_PROGRESS_LIMIT.toSeconds()
                        + " s; what is in Kafka is not lost (see logs learning-service, and replay-dlq --dry-run)");
            }
            try {
                Thread.sleep(200); // the next look, not a guess at how long it takes
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failed("interrupted; what is in Kafka is not lost", e);
            }
        }
    }

    private static long answers(LearningApi api) {
        return api.progress().path("answers").asLong();
    }
}
