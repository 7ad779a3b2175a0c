package dev.devmentor.cli.deadletters;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.platform.Addresses;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Platform;
import dev.devmentor.cli.platform.ServiceDefinition;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Gives dead letters to the service that refused them once more. The record goes to the replay topic of that service
 * alone, in one transaction with the note that it was replayed: however this is cut off, it is replayed once.
 */
@Command(
        name = "replay-dlq",
        description = {
            "Give dead letters to the service that refused them once more.",
            "What is not chosen stays. Each is replayed once, however often this runs."
        })
public final class ReplayDeadLetters implements Callable<Integer> {
    private static final String GROUP = "devmentor-replay";
    private static final int BATCH = 200;

    @Option(names = "--topic", paramLabel = "T", description = "Only of this event type, such as quiz.answered.")
    private @Nullable String topic;

    @Option(names = "--service", paramLabel = "S", description = "Only of this service.")
    private @Nullable String service;

    @Option(names = "--reason", paramLabel = "R", description = "Only with this reason, such as time-in-future.")
    private @Nullable String reason;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--dry-run", description = "Only show them.")
    private boolean dryRun;

    @Option(
            names = "--edit",
            description = "Open $VISUAL or $EDITOR on the value of each; an editor that ends with an error leaves it.")
    private boolean edit;

    @Option(
            names = "--set-header",
            paramLabel = "NAME=VALUE",
            description = "Mend a header of what is replayed, such as ce_type=quiz.answered.")
    private final Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print a line of JSON for each.")
    private boolean json;

    private int replayed;
    private int left;

    private record Source(String event, String service) {
        String deadLetters() {
            return EventTopics.deadLetters(event, service);
        }

        String replay() {
            return EventTopics.replay(event, service);
        }
    }

    @Override
    public Integer call() {
        String bootstrap = Addresses.of(Home.fromEnvironment()).kafka();
        try {
            for (Source source : existing(bootstrap)) {
                if (replayed < limit) {
                    replay(bootstrap, source);
                }
            }
        } catch (ProducerFencedException e) {
            throw new Failed("another replay-dlq has taken over; what this one replayed before is done", e);
        } catch (KafkaException e) {
            throw new Failed("Kafka at " + bootstrap + ": " + e.getMessage(), e);
        }
        if (!json) {
            Terminal.stdout()
                    .line((dryRun ? "would replay " : "replayed ") + replayed + (left > 0 ? ", left " + left : ""));
        }
        return 0;
    }

    /** The dead-letter topics that are asked for and there. */
    private List<Source> existing(String bootstrap) {
        List<Source> wanted = new ArrayList<>();
        for (ServiceDefinition definition : Platform.SERVICES) {
            for (String event : definition.consumes()) {
                boolean chosen = (topic == null || topic.equals(event))
                        && (service == null || service.equals(definition.name()));
                if (chosen) {
                    wanted.add(new Source(event, definition.name()));
                }
            }
        }
        if (wanted.isEmpty()) {
            throw new Failed("no service of that name consumes such an event");
        }
        try (Admin admin = LocalKafka.admin(bootstrap)) {
            Set<String> topics = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            return wanted.stream()
                    .filter(source -> topics.contains(source.deadLetters()))
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new Failed("Kafka does not answer at " + bootstrap + " (is it running? scripts/devmentor status)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", e);
        }
    }

    private void replay(String bootstrap, Source source) {
        Map<String, Object> consumerSettings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                GROUP,
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer = dryRun ? null : producer(bootstrap, source)) {
            List<TopicPartition> partitions = consumer.partitionsFor(source.deadLetters()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            // Read behind initTransactions: an earlier run that was cut off is decided by now.
            Map<TopicPartition, ReplayPosition> positions = positions(consumer, partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Chosen> batch = new ArrayList<>();
            while (replayed + batch.size() < limit && unread(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    ReplayPosition position = positions.get(partition);
                    boolean beyond = record.offset() >= ends.getOrDefault(partition, 0L);
                    if (beyond || position == null || position.isReplayed(record.offset())) {
                        continue;
                    }
                    if (replayed + batch.size() >= limit) {
                        break;
                    }
                    DeadLetter letter = new DeadLetter(record);
                    Optional<byte[]> value = choose(letter, source);
                    if (value.isEmpty()) {
                        continue;
                    }
                    batch.add(new Chosen(partition, letter, value.get()));
                    // An edited one is sent at once: an hour of editing is not lost to a later mistake.
                    if (producer != null && (edit || batch.size() >= BATCH)) {
                        send(producer, source, batch, positions);
                    }
                }
            }
            if (producer != null) {
                send(producer, source, batch, positions);
            } else {
                replayed += batch.size();
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Chosen(TopicPartition partition, DeadLetter letter, byte[] value) {}

    /** The value to replay with; empty when the record is to stay. */
    private Optional<byte[]> choose(DeadLetter letter, Source source) {
        if (reason != null && !reason.equals(letter.reason())) {
            left++;
            return Optional.empty();
        }
        show(letter, source);
        if (letter.isCut() && !edit) {
            left++;
            note("    only the first 64 KiB of it were kept, so it cannot be replayed as it was (--edit can mend it)");
            return Optional.empty();
        }
        if (dryRun || !edit) {
            return Optional.of(letter.value());
        }
        Optional<byte[]> edited = Editor.edit(letter.value());
        if (edited.isEmpty()) {
            left++;
            note("    the editor ended with an error: it stays");
        }
        return edited;
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer,
            Source source,
            List<Chosen> batch,
            Map<TopicPartition, ReplayPosition> positions) {
        if (batch.isEmpty()) {
            return;
        }
        Map<TopicPartition, ReplayPosition> after = new HashMap<>();
        for (Chosen chosen : batch) {
            ReplayPosition before = after.getOrDefault(chosen.partition(), positions.get(chosen.partition()));
            if (before != null) {
                after.put(
                        chosen.partition(), before.with(chosen.letter().record().offset()));
            }
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        after.forEach((partition, position) -> {
            String metadata = position.metadata();
            if (metadata.length() > ReplayPosition.MAX_METADATA) {
                throw new Failed("too many single records lie replayed between ones that stay in " + partition.topic()
                        + "; replay the older ones first (without --reason)");
            }
            offsets.put(partition, new OffsetAndMetadata(position.next(), metadata));
        });
        producer.beginTransaction();
        try {
            for (Chosen chosen : batch) {
                ProducerRecord<byte[], byte[]> again = chosen.letter().again(source.replay(), chosen.value(), headers);
                producer.send(again);
            }
            producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(GROUP));
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw e;
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw e;
        }
        positions.putAll(after);
        replayed += batch.size();
        batch.clear();
    }

    private static Map<TopicPartition, ReplayPosition> positions(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, ReplayPosition> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata known = committed.get(partition);
            long begin = earliest.getOrDefault(partition, 0L);
            ReplayPosition position = known == null
                    ? ReplayPosition.at(begin, "")
                    : ReplayPosition.at(known.offset(), known.metadata()).from(begin);
            positions.put(partition, position);
            consumer.seek(partition, position.next());
        }
        return positions;
    }

    private static boolean unread(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    /** One transactional id for each dead-letter topic: a second replay of it fences the first. */
    private static KafkaProducer<byte[], byte[]> producer(String bootstrap, Source source) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "transactional.id",
                        GROUP + "-" + source.deadLetters(),
                        "compression.type",
                        "lz4",
                        "max.block.ms",
                        15_000,
                        "transaction.timeout.ms",
                        30_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void show(DeadLetter letter, Source source) {
        Terminal out = Terminal.stdout();
        if (json) {
            ObjectNode line = new JsonMapper().createObjectNode();
            line.put("topic", source.event());
            line.put("service", source.service());
            line.put("reason", letter.reason());
            line.put("detail", letter.detail());
            line.put("partition", letter.partition());
            line.put("offset", letter.offset());
            line.put("deadLetterOffset", letter.record().offset());
            line.put("key", letter.key());
            line.put("at", letter.at());
            line.put("cut", letter.isCut());
            out.line(line.toString());
            return;
        }
        String where = source.event() + " " + letter.partition() + "@" + letter.offset();
        out.line(where + "  " + out.bold(letter.reason()) + "  " + letter.detail() + "  "
                + out.dim("key " + letter.key() + ", refused by " + source.service() + " at " + letter.at()));
    }

    private void note(String text) {
        if (!json) {
            Terminal.stdout().line(text);
        }
    }
}
