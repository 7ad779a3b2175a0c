package dev.devmentor.bench.events;

import dev.devmentor.events.ChangeOrigin;
import dev.devmentor.events.CodeChanged;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.ErrorOrigin;
import dev.devmentor.events.ErrorStatus;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.FileChange;
import dev.devmentor.events.FileChangeKind;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What happens to developers on some days: of a hundred events 55 are answers, 12 changes of code with one to eight files, 12
 * errors of which half are stack traces, 9 memories and 12 tasks. First a warm-up of some learners, then the measured
 * ones of others. One error in seven is of nobody's run. The same seed gives the same bytes.
 *
 * @param warmUp number of events that warm up
 * @param measured number of events that are timed
 */
record PbmlLoad(int warmUp, int measured) {
    static final int LEARNERS = 2_000;
    static final int REPOSITORIES = 40;
    static final List<String> TOPICS = List.of(
            "quiz.answered", "task.created", "task.completed", "memory.updated", "code.changed", "error.observed");

    private static final long SEED = 20_261_129;
    private static final String SOURCE = "/bench/workplace";
    private static final Instant FIRST = Instant.parse("2026-06-01T06:00:00Z");
    private static final long SPAN_MILLIS = 60L * 86_400_000L;
    private static final String[] WORDS = {
        "basket", "order", "price", "stock", "user", "token", "invoice", "search", "report", "mail", "cache", "queue"
    };
    private static final String[] LAYERS = {"Service", "Resource", "Table", "Event", "Mapper", "Config", "Test"};
    private static final String[] EXCEPTIONS = {
        "java.lang.NullPointerException",
        "java.lang.IllegalStateException",
        "java.sql.SQLException",
        "java.util.concurrent.TimeoutException",
        "java.io.UncheckedIOException"
    };
    private static final String[] SKILLS = {"sql.joins", "git.rebase", "java.streams", "http.caching", "kafka.offsets"};

    int total() {
        return warmUp + measured;
    }

    /** Sends all records and waits until every one is acknowledged. */
    Load.Produced produce(String bootstrapServers) {
        SplittableRandom random = new SplittableRandom(SEED);
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        long began = System.nanoTime();
        long bytes = 0;
        try (Producer<byte[], byte[]> producer = Load.producer(bootstrapServers, 20)) {
            for (int i = 0; i < total(); i++) {
                SplittableRandom event = random.split();
                Instant at = FIRST.plusMillis(SPAN_MILLIS / total() * i);
                ProducerRecord<byte[], byte[]> record = record(event, i < warmUp ? 'w' : 'm', at);
                bytes += record.value().length;
                producer.send(record, (_, failure) -> {
                    if (failure != null) {
                        failed.compareAndSet(null, failure);
                    }
                });
            }
            producer.flush();
        }
        if (failed.get() != null) {
            throw new IllegalStateException("not every event could be produced: " + failed.get());
        }
        return new Load.Produced(total() / ((System.nanoTime() - began) / 1e9), (double) bytes / total());
    }

    private static ProducerRecord<byte[], byte[]> record(SplittableRandom random, char group, Instant at) {
        String learner =
                "u-" + group + HexFormat.of().toHexDigits((random.nextInt(LEARNERS) + 1) * 0x9E3779B97F4A7C15L, 10);
        String repository = "acme/" + WORDS[random.nextInt(8)] + "-" + group + random.nextInt(REPOSITORIES / 8);
        String id =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        int roll = random.nextInt(100);
        if (roll < 55) {
            String item = SKILLS[random.nextInt(SKILLS.length)].replace('.', '-') + "-" + (1000 + random.nextInt(20));
            return Load.answer("quiz.answered", random, learner, item, at);
        }
        if (roll < 67) {
            return record(EventTypes.CODE_CHANGED, id, learner, at, code(random, id, learner, repository, at));
        }
        if (roll < 79) {
            String whose = random.nextInt(7) == 0 ? null : learner;
            return record(
                    EventTypes.ERROR_OBSERVED,
                    id,
                    whose == null ? repository : learner,
                    at,
                    error(random, id, whose, repository, at));
        }
        if (roll < 88) {
            return record(EventTypes.MEMORY_UPDATED, id, learner, at, memory(random, id, learner, at));
        }
        List<String> skills = List.of(SKILLS[random.nextInt(SKILLS.length)]);
        String task = "t-" + id.substring(0, 12);
        return roll < 94
                ? record(
                        EventTypes.TASK_CREATED,
                        id,
                        learner,
                        at,
                        new TaskCreated(
                                task,
                                learner,
                                repository,
                                "Show the " + word(random) + " of an " + word(random),
                                skills,
                                at,
                                at.plusSeconds(500_000),
                                null))
                : record(
                        EventTypes.TASK_COMPLETED,
                        id,
                        learner,
                        at,
                        new TaskCompleted(task, learner, skills, at, 10 + random.nextInt(400), null));
    }

    private static <T> ProducerRecord<byte[], byte[]> record(
            EventType<T> type, String id, String key, Instant at, T data) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                type.name(), key.getBytes(StandardCharsets.UTF_8), EventEncoder.encodeData(type, data));
        EventEncoder.binaryHeaders(Envelope.of(type, SOURCE, id, at))
                .forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static String file(SplittableRandom random) {
        String word = word(random);
        return "src/main/java/acme/" + word + "/" + Character.toUpperCase(word.charAt(0)) + word.substring(1)
                + LAYERS[random.nextInt(LAYERS.length)] + ".java";
    }

    private static CodeChanged code(SplittableRandom random, String id, String learner, String repository, Instant at) {
        List<FileChange> files = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            String path = file(random);
            if (!paths.contains(path)) {
                paths.add(path);
                files.add(new FileChange(
                        path, FileChangeKind.MODIFIED, null, random.nextInt(80), random.nextInt(40), null));
            }
        }
        return new CodeChanged(
                "c-" + id.substring(0, 16),
                learner,
                repository,
                "main",
                id,
                at,
                ChangeOrigin.COMMIT,
                "Change the " + word(random) + " of a " + word(random),
                files,
                List.of(),
                null,
                null);
    }

    private static ErrorObserved error(
            SplittableRandom random, String id, @Nullable String learner, String repository, Instant at) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append(EXCEPTIONS[random.nextInt(EXCEPTIONS.length)])
                    .append(": no ")
                    .append(word(random))
                    .append(" with id ")
                    .append(random.nextInt(100_000))
                    .append('\n');
            for (int frames = 8 + random.nextInt(30); frames > 0; frames--) {
                String word = word(random);
                text.append("\tat acme.")
                        .append(word)
                        .append('.')
                        .append(LAYERS[random.nextInt(LAYERS.length)])
                        .append(".apply(")
                        .append(word)
                        .append(".java:")
                        .append(10 + random.nextInt(300))
                        .append(")\n");
            }
        } else {
            text.append(file(random))
                    .append(":[")
                    .append(1 + random.nextInt(400))
                    .append(',')
                    .append(1 + random.nextInt(80))
                    .append("] cannot find symbol: variable ")
                    .append(word(random))
                    .append(random.nextInt(1000));
        }
        return new ErrorObserved(
                "o-" + id.substring(0, 16),
                learner,
                repository,
                at,
                random.nextBoolean() ? ErrorOrigin.BUILD : ErrorOrigin.TEST,
                ErrorStatus.SEEN,
                "r-" + id.substring(16, 24),
                "./mvnw verify",
                text.toString(),
                1,
                List.of(),
                id,
                null,
                List.of(),
                null);
    }

    private static MemoryUpdated memory(SplittableRandom random, String id, String learner, Instant at) {
        StringBuilder text = new StringBuilder();
        for (int words = 10 + random.nextInt(60); words > 0; words--) {
            text.append(word(random)).append(' ');
        }
        return new MemoryUpdated(
                "m-" + id.substring(0, 12),
                learner,
                1,
                MemoryKind.NOTE,
                "What a " + word(random) + " is",
                text.toString().strip(),
                List.of(SKILLS[random.nextInt(SKILLS.length)]),
                random.nextBoolean(),
                at,
                false,
                null);
    }
}
