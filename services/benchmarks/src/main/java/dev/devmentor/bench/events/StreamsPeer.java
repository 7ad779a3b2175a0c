package dev.devmentor.bench.events;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.ReviewScheduled;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.TopicDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One run of {@link StreamsApp} in a process and with an application id of its own. */
final class StreamsPeer {
    private static final long LIMIT_SECONDS = 600;

    private StreamsPeer() {}

    /** One run. */
    record Measured(double eventsPerSecond, double micros, double kafkaMicros) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f events/s; CPU per event: application %.1f µs, Kafka %.1f µs",
                    eventsPerSecond,
                    micros,
                    kafkaMicros);
        }
    }

    private static String output(int run) {
        return "bench.review.scheduled-" + run;
    }

    /** What its first run said last about each card: a sum over all cards, whatever their order. */
    static DueDates dueDates(Parts parts, Load load) {
        DueDates dates = new DueDates();
        EventDecoder decoder = new EventDecoder();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        parts.kafka().bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                bytes,
                bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor(output(0)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int read = 0;
            while (read < load.total()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(10));
                if (records.isEmpty()) {
                    throw new IllegalStateException(
                            "Kafka Streams announced " + read + " of " + load.total() + " due dates");
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Decoded<ReviewScheduled> decoded = decoder.decode(
                            EventTypes.REVIEW_SCHEDULED,
                            name -> {
                                Header header = record.headers().lastHeader(name);
                                return header == null ? null : header.value();
                            },
                            record.value());
                    if (decoded instanceof Decoded.Accepted<ReviewScheduled>(Event<ReviewScheduled> event)) {
                        dates.put(
                                event.data().learner(),
                                event.data().item(),
                                event.data().dueAt());
                        read++;
                    }
                }
            }
        }
        return dates;
    }

    static Measured measure(Parts parts, Admin admin, Options options, Load load, int run) throws InterruptedException {
        parts.kafka()
                .createTopics(List.of(
                        new TopicDefinition(output(run), EventTopics.EVENT_PARTITIONS, EventTopics.EVENT_RETENTION)));
        String application = "bench-streams-" + run;
        PartPlace place = PartPlace.in(parts.home(), application);
        PrivateFiles.directory(place.data());
        PrivateFiles.directory(place.tmp());
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.addAll(EventsBenchmark.JVM);
        command.addAll(options.streamsFlags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + place.tmp(),
                "-cp",
                System.getProperty("java.class.path"),
                StreamsApp.class.getName(),
                parts.kafka().bootstrapServers(),
                application,
                EventsBenchmark.TOPIC,
                place.data().resolve("state").toString(),
                output(run)));
        ManagedProcess process = parts.owned(ManagedProcess.start(
                new ManagedProcess.Plan(application, command, Map.of(), place.data(), place.log(), place.record())));
        try {
            GroupProgress progress = new GroupProgress(admin, application, List.of(EventsBenchmark.TOPIC));
            GroupProgress.At from = progress.await(load.warmUp(), LIMIT_SECONDS, process::isAlive);
            double cpu = CpuTime.ofTree(process.pid());
            double kafka = CpuTime.ofTree(parts.kafka().pid());
            GroupProgress.At to = progress.await(load.total(), LIMIT_SECONDS, process::isAlive);
            long events = to.records() - from.records();
            return new Measured(
                    events * 1e9 / (to.nanoTime() - from.nanoTime()),
                    (CpuTime.ofTree(process.pid()) - cpu) * 1e6 / events,
                    (CpuTime.ofTree(parts.kafka().pid()) - kafka) * 1e6 / events);
        } finally {
            process.stop(Duration.ofSeconds(30));
            PrivateFiles.deleteTree(place.data());
        }
    }
}
