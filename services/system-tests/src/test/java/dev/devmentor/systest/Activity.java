package dev.devmentor.systest;

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
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.parts.EventTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What some developers did on some days, made from a seed: answers, commits, errors that come and go, notes and tasks.
 *
 * @param events number of different events
 * @param inOrder all of them once, by time
 */
record Activity(int events, List<ProducerRecord<byte[], byte[]>> inOrder) {
    private static final String SOURCE = "https://producer.example/activity";

    static Activity of(long seed, int people, int eventsOfEach) {
        List<Timed> all = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            all.addAll(new Person("dev-" + i, seed + i).days(eventsOfEach));
        }
        all.sort(Comparator.comparing(Timed::at));
        return new Activity(all.size(), all.stream().map(Timed::event).toList());
    }

    /** The record has no time of its own: with one of months ago the broker would delete it. */
    private record Timed(Instant at, ProducerRecord<byte[], byte[]> event) {}

    /** In no order, to any partition, a tenth of it twice. */
    List<ProducerRecord<byte[], byte[]>> scattered(long seed) {
        Random random = new Random(seed);
        List<ProducerRecord<byte[], byte[]>> scattered = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> event : inOrder) {
            scattered.add(anywhere(random, event));
            if (random.nextInt(10) == 0) {
                scattered.add(anywhere(random, event));
            }
        }
        Collections.shuffle(scattered, random);
        return scattered;
    }

    private static ProducerRecord<byte[], byte[]> anywhere(Random random, ProducerRecord<byte[], byte[]> event) {
        return new ProducerRecord<>(
                event.topic(),
                random.nextInt(EventTopics.EVENT_PARTITIONS),
                event.key(),
                event.value(),
                event.headers());
    }

    private static final class Person {
        private final String name;
        private final Random random;
        private final List<Timed> events = new ArrayList<>();
        private Instant now = Instant.parse("2026-02-02T07:00:00Z");
        private int number;

        Person(String name, long seed) {
            this.name = name;
            this.random = new Random(seed);
        }

        List<Timed> days(int size) {
            while (events.size() < size) {
                now = now.plus(Duration.ofMinutes(45 + random.nextInt(1_000)));
                for (int left = 3 + random.nextInt(12); left > 0 && events.size() < size; left--) {
                    now = now.plusSeconds(10 + random.nextInt(300));
                    number++;
                    step();
                }
            }
            return events;
        }

        private void step() {
            int module = random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0, 1 ->
                    add(
                            EventTypes.QUIZ_ANSWERED,
                            new QuizAnswered(
                                    "a" + number,
                                    name,
                                    "item-" + random.nextInt(12),
                                    now,
                                    random.nextInt(10) < 7,
                                    null,
                                    List.of("sql"),
                                    null,
                                    null,
                                    3_000,
                                    null,
                                    null,
                                    null,
                                    null));
                case 2 ->
                    add(
                            EventTypes.CODE_CHANGED,
                            new CodeChanged(
                                    "c" + number,
                                    name,
                                    "acme/shop",
                                    "main",
                                    null,
                                    now,
                                    ChangeOrigin.COMMIT,
                                    null,
                                    List.of(file("src/S" + module + ".java"), file("test/S" + module + "Test.java")),
                                    List.of(),
                                    random.nextBoolean() ? "red" : null,
                                    null));
                case 3, 4 -> add(EventTypes.ERROR_OBSERVED, error(module, random.nextInt(3) == 0));
                default -> {
                    if (random.nextBoolean()) {
                        add(
                                EventTypes.MEMORY_UPDATED,
                                new MemoryUpdated(
                                        "m" + number,
                                        name,
                                        1,
                                        MemoryKind.NOTE,
                                        "A note",
                                        "text",
                                        List.of(),
                                        false,
                                        now,
                                        false,
                                        null));
                    } else if (random.nextBoolean()) {
                        add(
                                EventTypes.TASK_CREATED,
                                new TaskCreated("t" + number, name, "shop", "A task", List.of("sql"), now, null, null));
                    } else {
                        add(
                                EventTypes.TASK_COMPLETED,
                                new TaskCompleted("t" + number, name, List.of("sql"), now, null, null));
                    }
                }
            }
        }

        private static FileChange file(String path) {
            return new FileChange(path, FileChangeKind.MODIFIED, null, 1, 1, null);
        }

        private ErrorObserved error(int module, boolean gone) {
            String text = "java.lang.IllegalStateException: order " + number + " is lost\n\tat com.acme.S" + module
                    + ".call(S" + module + ".java:" + number + ")\n\tat com.acme.Main.run(Main.java:7)\n";
            return new ErrorObserved(
                    "o" + number,
                    name,
                    "acme/shop",
                    now,
                    ErrorOrigin.BUILD,
                    gone ? ErrorStatus.GONE : ErrorStatus.SEEN,
                    "run-" + number,
                    null,
                    text,
                    null,
                    List.of(),
                    null,
                    random.nextBoolean() ? "red" : null,
                    List.of(),
                    null);
        }

        private <T> void add(EventType<T> type, T data) {
            List<Header> headers = new ArrayList<>();
            EventEncoder.binaryHeaders(Envelope.of(type, SOURCE, name + "-" + number, null))
                    .forEach((header, bytes) -> headers.add(new RecordHeader(header, bytes)));
            events.add(new Timed(
                    now,
                    new ProducerRecord<>(
                            type.topic(),
                            number % EventTopics.EVENT_PARTITIONS,
                            (byte[]) null,
                            EventEncoder.encodeData(type, data),
                            headers)));
        }
    }
}
