package dev.devmentor.bench.events;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.ReviewScheduled;
import dev.devmentor.events.SchedulerName;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.CardStateCodec;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The peer: the same work by Kafka Streams, exactly once, with RocksDB and its changelogs as the durable state. It uses
 * the same decoder, the same fold, the same form of a card and the same encoder as the service.
 *
 * <p>It is spared what it can be spared: the history keeps the original bytes and is the dedupe as well, answers are
 * told apart by their event alone (the service keeps a second identity), nobody else may write to it, and an event is
 * only applied right if all of a learner's events lie in one partition.
 */
final class StreamsApp {
    private static final String HISTORY = "history";
    private static final String CARDS = "cards";

    private StreamsApp() {}

    /** Runs until the process is asked to end: bootstrap servers, application id, input topic, state directory, output topic. */
    public static void main(String[] arguments) throws InterruptedException {
        EventsBenchmark.quietKafka();
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[1]);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.getLong("bench.cache.mib", 96) << 20);
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                Integer.getInteger("bench.poll", 4_000));
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L << 20);
        KafkaStreams streams = new KafkaStreams(topology(arguments[2], arguments[4]), properties);
        CountDownLatch ended = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                ended.countDown();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(20))));
        streams.start();
        ended.await();
        Runtime.getRuntime().halt(1);
    }

    private static Topology topology(String input, String output) {
        Topology topology = new Topology();
        topology.addSource("answers", new ByteArrayDeserializer(), new ByteArrayDeserializer(), input);
        topology.addProcessor("apply", Apply::new, "answers");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(HISTORY), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled(),
                "apply");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CARDS), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingEnabled(),
                "apply");
        topology.addSink("due dates", output, new ByteArraySerializer(), new ByteArraySerializer(), "apply");
        return topology;
    }

    /** One answer: dedupe, history, card, announcement. */
    private static final class Apply implements Processor<byte[], byte[], byte[], byte[]> {
        private static final int ROLLOVER_HOUR = LearnerSettings.DEFAULT.rolloverHour();
        private static final String SOURCE = "/learning-service";

        private final EventDecoder decoder = new EventDecoder();
        private final CardFold fold = new CardFold(List.of());
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private @Nullable KeyValueStore<Bytes, byte[]> history;
        private @Nullable KeyValueStore<Bytes, byte[]> cards;

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            history = given.getStateStore(HISTORY);
            cards = given.getStateStore(CARDS);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Decoded<QuizAnswered> decoded =
                    decoder.decode(EventTypes.QUIZ_ANSWERED, name -> value(record.headers(), name), record.value());
            if (!(decoded instanceof Decoded.Accepted<QuizAnswered>(Event<QuizAnswered> event))) {
                throw new IllegalStateException("the load has only good events");
            }
            Envelope envelope = event.envelope();
            QuizAnswered answer = event.data();
            byte[] card = utf8(answer.learner() + '\0' + answer.item() + '\0');
            Bytes entryKey = Bytes.wrap(join(card, utf8(envelope.source() + '\0' + envelope.id())));
            KeyValueStore<Bytes, byte[]> log = Objects.requireNonNull(history);
            if (log.get(entryKey) != null) {
                return;
            }
            ZoneId zone = answer.zone() == null ? ZoneId.of("UTC") : answer.zone();
            long atMicros = micros(answer.answeredAt());
            int localDay = LocalDays.localDay(atMicros, zone, ROLLOVER_HOUR);
            log.put(
                    entryKey,
                    ByteBuffer.allocate(4 + record.value().length)
                            .putInt(localDay)
                            .put(record.value())
                            .array());
            Bytes cardKey = Bytes.wrap(card);
            KeyValueStore<Bytes, byte[]> states = Objects.requireNonNull(cards);
            byte[] stored = states.get(cardKey);
            CardState state = stored == null ? CardState.NEW : CardStateCodec.decode(stored);
            Entry entry = entry(envelope.source(), envelope.id(), answer, zone, atMicros, localDay);
            CardState after = fold.canAppend(state, entry) ? fold.append(state, entry) : replay(log, card);
            states.put(cardKey, CardStateCodec.encode(after));
            Objects.requireNonNull(context).forward(announcement(record, answer, after));
        }

        /** A late answer: the card is folded again from its history. */
        private CardState replay(KeyValueStore<Bytes, byte[]> log, byte[] card) {
            List<Entry> entries = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> found = log.prefixScan(Bytes.wrap(card), new BytesSerializer())) {
                while (found.hasNext()) {
                    KeyValue<Bytes, byte[]> next = found.next();
                    byte[] key = next.key.get();
                    String[] identity = new String(key, card.length, key.length - card.length, StandardCharsets.UTF_8)
                            .split("\0", 2);
                    ByteBuffer value = ByteBuffer.wrap(next.value);
                    int localDay = value.getInt();
                    byte[] data = new byte[value.remaining()];
                    value.get(data);
                    Envelope envelope = Envelope.of(EventTypes.QUIZ_ANSWERED, identity[0], identity[1], null);
                    if (decoder.decodeData(EventTypes.QUIZ_ANSWERED, envelope, data)
                            instanceof Decoded.Accepted<QuizAnswered>(Event<QuizAnswered> event)) {
                        QuizAnswered answer = event.data();
                        ZoneId zone = answer.zone() == null ? ZoneId.of("UTC") : answer.zone();
                        entries.add(
                                entry(identity[0], identity[1], answer, zone, micros(answer.answeredAt()), localDay));
                    }
                }
            }
            return fold.replay(entries);
        }

        private static Entry entry(
                String source, String id, QuizAnswered answer, ZoneId zone, long atMicros, int localDay) {
            Integer responseTime = answer.responseTimeMs();
            return new Entry.Answer(
                    new EntryKey(atMicros, source, id),
                    answer.answerId(),
                    localDay,
                    zone.getId(),
                    Grade.of(answer.effectiveGrade()),
                    responseTime == null ? -1 : responseTime,
                    answer.skills(),
                    0);
        }

        private static Record<byte[], byte[]> announcement(
                Record<byte[], byte[]> cause, QuizAnswered answer, CardState state) {
            ReviewScheduled data = new ReviewScheduled(
                    answer.learner(),
                    answer.item(),
                    instant(state.dueAtMicros()),
                    state.scheduledDays(),
                    SchedulerName.FSRS7, // that of those who chose nothing
                    answer.answerId(),
                    instant(state.lastAtMicros()),
                    switch (state.phase()) {
                        case NEW -> dev.devmentor.events.CardState.NEW;
                        case LEARNING -> dev.devmentor.events.CardState.LEARNING;
                        case REVIEW -> dev.devmentor.events.CardState.REVIEW;
                        case RELEARNING -> dev.devmentor.events.CardState.RELEARNING;
                    },
                    state.stability(Models.DEFAULT),
                    state.difficulty(),
                    state.answers(),
                    state.lapses(),
                    state.scheduledRetention(),
                    null);
            Headers headers = new RecordHeaders();
            EventEncoder.binaryHeaders(Envelope.of(
                            EventTypes.REVIEW_SCHEDULED,
                            SOURCE,
                            UUID.randomUUID().toString(),
                            Instant.now()))
                    .forEach(headers::add);
            return new Record<>(
                    cause.key(),
                    EventEncoder.encodeData(EventTypes.REVIEW_SCHEDULED, data),
                    cause.timestamp(),
                    headers);
        }

        private static byte @Nullable [] value(Headers headers, String name) {
            Header header = headers.lastHeader(name);
            return header == null ? null : header.value();
        }

        private static long micros(Instant instant) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }

        private static Instant instant(long micros) {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] join(byte[] first, byte[] second) {
            byte[] both = new byte[first.length + second.length];
            System.arraycopy(first, 0, both, 0, first.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }
}
