package dev.devmentor.auth.erasure;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.events.UserErasureCompleted;
import dev.devmentor.testkit.TestTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A service that forgets people: it answers each event once, as the kit does, from the beginning of the topic on. */
final class AnsweringService implements AutoCloseable {
    private final String name;
    private final Map<String, Long> counts;
    private final TestTopics topics;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    AnsweringService(String name, Map<String, Long> counts, TestTopics topics) {
        this.name = name;
        this.counts = counts;
        this.topics = topics;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        EventDecoder decoder = new EventDecoder();
        Set<String> answered = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = topics.consumer("answers-of-" + name + UUID.randomUUID())) {
            consumer.subscribe(List.of(EventTypes.USER_ERASED.topic()));
            while (running) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    if (decoder.decode(EventTypes.USER_ERASED, h -> header(record, h), record.value())
                            instanceof Decoded.Accepted<UserErased>(Event<UserErased> event)) {
                        String id = event.envelope().id();
                        heard.add(id);
                        if (answered.add(id)) {
                            answer(topics, name, id, event.data().learner(), counts);
                        }
                    }
                }
            }
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    /** Ids of all events that it has heard, repeats too. */
    List<String> heard() {
        return heard;
    }

    static void answer(TestTopics topics, String service, String erasure, String person, Map<String, Long> counts) {
        Instant now = Instant.now();
        Envelope envelope = Envelope.of(
                EventTypes.USER_ERASURE_COMPLETED,
                "/devmentor/" + service,
                UUID.randomUUID().toString(),
                null);
        topics.send(
                EventTypes.USER_ERASURE_COMPLETED.topic(),
                person,
                EventEncoder.encodeData(
                        EventTypes.USER_ERASURE_COMPLETED,
                        new UserErasureCompleted(person, service, erasure, counts, now, null)),
                textHeaders(envelope));
    }

    private static Map<String, String> textHeaders(Envelope envelope) {
        Map<String, String> headers = new java.util.HashMap<>();
        EventEncoder.binaryHeaders(envelope)
                .forEach((header, value) ->
                        headers.put(header, new String(value, java.nio.charset.StandardCharsets.UTF_8)));
        return headers;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
