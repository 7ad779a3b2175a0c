package dev.devmentor.pbml.model;

import dev.devmentor.events.ChangeOrigin;
import dev.devmentor.events.CodeChanged;
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
import dev.devmentor.events.TaskCreated;
import dev.devmentor.pbml.PbmlIT;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Days of one developer as events of all kinds, made up and seeded. */
public final class Days {
    private final String person;
    private final Random random;
    private final List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    private Instant now;
    private int number;

    private Days(String person, long seed, Instant from) {
        this.person = person;
        this.random = new Random(seed);
        this.now = from;
    }

    /** So many events, in order; all of them are past. */
    public static List<ProducerRecord<byte[], byte[]>> of(String person, long seed, int size) {
        Days days = new Days(person, seed, Instant.parse("2026-01-05T08:00:00Z"));
        while (days.events.size() < size) {
            days.session();
        }
        return days.events.subList(0, size);
    }

    private void session() {
        now = now.plus(Duration.ofMinutes(60 + random.nextInt(900)));
        for (int left = 4 + random.nextInt(12); left > 0; left--) {
            now = now.plusSeconds(20 + random.nextInt(200));
            step();
        }
    }

    private void step() {
        number++;
        int module = random.nextInt(4);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                int item = random.nextInt(15);
                add(EventTypes.QUIZ_ANSWERED, answer("a" + number, "item-" + item, random.nextInt(10) < 7));
            }
            case 2 ->
                add(
                        EventTypes.CODE_CHANGED,
                        new CodeChanged(
                                "c" + number,
                                person,
                                "acme/shop",
                                "main",
                                "abc" + String.format("%04x", number),
                                now,
                                ChangeOrigin.COMMIT,
                                null,
                                List.of(
                                        file("src/Service" + module + ".java"),
                                        file("test/Service" + module + "Test.java")),
                                List.of(),
                                null,
                                null));
            case 3 -> add(EventTypes.ERROR_OBSERVED, error(module, random.nextInt(3) == 0));
            default -> {
                if (random.nextBoolean()) {
                    add(
                            EventTypes.MEMORY_UPDATED,
                            new MemoryUpdated(
                                    "m" + number,
                                    person,
                                    1,
                                    MemoryKind.NOTE,
                                    "A note",
                                    "text",
                                    List.of(),
                                    false,
                                    now,
                                    false,
                                    null));
                } else {
                    add(
                            EventTypes.TASK_CREATED,
                            new TaskCreated("t" + number, person, "shop", "A task", List.of("sql"), now, null, null));
                }
            }
        }
    }

    private QuizAnswered answer(String id, String item, boolean correct) {
        return new QuizAnswered(
                id, person, item, now, correct, null, List.of("sql"), null, null, 2_000, null, null, null, null);
    }

    private static FileChange file(String path) {
        return new FileChange(path, FileChangeKind.MODIFIED, null, 3, 1, null);
    }

    private ErrorObserved error(int module, boolean gone) {
        return new ErrorObserved(
                "o" + number,
                person,
                "acme/shop",
                now,
                ErrorOrigin.BUILD,
                gone ? ErrorStatus.GONE : ErrorStatus.SEEN,
                "run-" + number,
                "./mvnw verify",
                trace(module, number),
                gone ? 0 : 1,
                List.of(),
                null,
                null,
                List.of(),
                null);
    }

    /** A stack trace; the same fault for the same module, whatever the line. */
    public static String trace(int module, int line) {
        return "java.lang.IllegalStateException: order " + line + " is lost\n\tat com.acme.Service" + module
                + ".call(Service" + module + ".java:" + line + ")\n\tat com.acme.Main.run(Main.java:7)\n";
    }

    private <T> void add(EventType<T> type, T data) {
        events.add(new ProducerRecord<>(
                type.topic(),
                (Integer) null,
                (byte[]) null,
                EventEncoder.encodeData(type, data),
                PbmlIT.headers(type, person + "-e" + number)));
    }
}
