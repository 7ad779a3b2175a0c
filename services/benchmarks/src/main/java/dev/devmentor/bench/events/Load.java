package dev.devmentor.bench.events;

import dev.devmentor.events.Bloom;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records: first a warm-up of some learners, then the measured ones of others. Every event is an answer of a random
 * learner to a random one of that learner's cards; event time goes on by the same step from each to the next. The same
 * seed gives the same bytes.
 *
 * @param warmUp number of events that warm up
 * @param measured number of events that are timed
 */
record Load(int warmUp, int measured) {
    static final int CARDS_PER_LEARNER = 20;
    /** 500 000 events make 10 000 learners. */
    static final int EVENTS_PER_LEARNER = 50;

    private static final long SEED = 20_260_823;
    private static final String SOURCE = "/bench/quiz-service";
    private static final Instant FIRST = Instant.parse("2026-06-01T06:00:00Z");
    private static final long SPAN_MILLIS = 90L * 86_400_000L;
    private static final String[] TOPICS = {
        "sql", "git", "java", "http", "linux", "docker", "kafka", "regex", "rust", "css"
    };
    private static final String[] SKILLS = {"joins", "rebase", "streams", "caching", "signals", "layers", "offsets"};
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kolkata"));
    private static final Bloom[] LEVELS = Bloom.values();

    /** What was produced. */
    record Produced(double eventsPerSecond, double meanBytes) {}

    int total() {
        return warmUp + measured;
    }

    static int learners(int events) {
        return Math.max(1, events / EVENTS_PER_LEARNER);
    }

    /** Cards that the first {@code events} of the load touch. */
    int distinctCards() {
        SplittableRandom random = new SplittableRandom(SEED);
        BitSet warm = new BitSet();
        BitSet timed = new BitSet();
        for (int i = 0; i < total(); i++) {
            boolean warming = i < warmUp;
            SplittableRandom event = random.split();
            int learner = event.nextInt(learners(warming ? warmUp : measured));
            (warming ? warm : timed).set(learner * CARDS_PER_LEARNER + event.nextInt(CARDS_PER_LEARNER));
        }
        return warm.cardinality() + timed.cardinality();
    }

    /** Id of a learner among those that are timed. */
    static String learner(int number) {
        return learner('m', number);
    }

    /** Item of a learner's card. */
    static String item(int card) {
        return TOPICS[card % TOPICS.length] + "-" + SKILLS[card % SKILLS.length] + "-" + (1000 + card);
    }

    private static String learner(char group, int number) {
        return "u-" + group + HexFormat.of().toHexDigits((number + 1) * 0x9E3779B97F4A7C15L, 10);
    }

    /** Sends all records and waits until every one is acknowledged. */
    Produced produce(String bootstrapServers, String topic) {
        SplittableRandom random = new SplittableRandom(SEED);
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        long bytes = 0;
        long began = System.nanoTime();
        try (Producer<byte[], byte[]> producer = producer(bootstrapServers, 5)) {
            for (int i = 0; i < total(); i++) {
                boolean warming = i < warmUp;
                SplittableRandom event = random.split();
                String learner = learner(warming ? 'w' : 'm', event.nextInt(learners(warming ? warmUp : measured)));
                int card = event.nextInt(CARDS_PER_LEARNER);
                Instant at = FIRST.plusMillis(SPAN_MILLIS / total() * i);
                ProducerRecord<byte[], byte[]> record = answer(topic, event, learner, item(card), at);
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
        return new Produced(total() / ((System.nanoTime() - began) / 1e9), (double) bytes / total());
    }

    static Producer<byte[], byte[]> producer(String bootstrapServers, int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMillis,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** An answer as a record of a producer of ours: CloudEvents in binary mode, key = learner. */
    static ProducerRecord<byte[], byte[]> answer(
            String topic, SplittableRandom random, String learner, String item, Instant at) {
        int roll = random.nextInt(100);
        int grade = roll < 12 ? 1 : roll < 24 ? 2 : roll < 82 ? 3 : 4;
        String id =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        int dash = item.lastIndexOf('-');
        QuizAnswered data = new QuizAnswered(
                "a-" + id.substring(0, 12),
                learner,
                item,
                at,
                grade > 1,
                grade,
                List.of(item.substring(0, dash).replace('-', '.')),
                "q" + item.substring(dash + 1),
                ZONES.get(random.nextInt(ZONES.size())),
                800 + random.nextInt(30_000),
                LEVELS[random.nextInt(LEVELS.length)],
                random.nextInt(100) / 100.0,
                null,
                null);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                learner.getBytes(StandardCharsets.UTF_8),
                EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, data));
        EventEncoder.binaryHeaders(Envelope.of(EventTypes.QUIZ_ANSWERED, SOURCE, id, at))
                .forEach((name, value) -> record.headers().add(name, value));
        return record;
    }
}
