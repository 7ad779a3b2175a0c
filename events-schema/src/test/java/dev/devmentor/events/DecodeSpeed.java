package dev.devmentor.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How long one decode takes, by hand: {@code java … dev.devmentor.events.DecodeSpeed}. Not a benchmark to publish. */
final class DecodeSpeed {
    private static final int DIFFERENT = 4096;
    private static final int ROUND = 2_000_000;

    private DecodeSpeed() {}

    public static void main(String[] arguments) {
        byte[][] values = new byte[DIFFERENT][];
        byte[][] ids = new byte[DIFFERENT][];
        int bytes = 0;
        for (int i = 0; i < DIFFERENT; i++) {
            ids[i] = "answer-%08d".formatted(i * 7919).getBytes(StandardCharsets.UTF_8);
            values[i] = ("{\"answerId\":\"answer-%08d\",\"learner\":\"learner-%06d\",\"item\":\"java-streams-%03d\","
                            + "\"skills\":[\"java\",\"streams\"],\"answeredAt\":\"2026-03-%02dT%02d:30:%02d.%06dZ\","
                            + "\"zone\":\"Europe/Berlin\",\"correct\":true,\"grade\":3,\"responseTimeMs\":%d,"
                            + "\"bloom\":\"apply\",\"difficulty\":0.45,\"source\":\"flash\"}")
                    .formatted(i * 7919, i, i % 300, 1 + i % 28, i % 24, i % 60, i * 13, 1000 + i)
                    .getBytes(StandardCharsets.UTF_8);
            bytes += values[i].length;
        }
        System.out.printf("%d bytes on average%n", bytes / DIFFERENT);
        EventDecoder decoder = new EventDecoder();
        long sum = 0;
        for (int round = 0; round < 8; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < ROUND; i++) {
                int n = i & DIFFERENT - 1;
                Map<String, byte[]> headers = Map.of();
                byte[] id = ids[n];
                HeaderLookup lookup = name -> switch (name) {
                    case "ce_specversion" -> SPEC;
                    case "ce_id" -> id;
                    case "ce_source" -> SOURCE;
                    case "ce_type" -> TYPE;
                    case "content-type" -> JSON;
                    default -> headers.get(name);
                };
                Decoded<QuizAnswered> decoded = decoder.decode(EventTypes.QUIZ_ANSWERED, lookup, values[n]);
                if (decoded instanceof Decoded.Accepted<QuizAnswered>(Event<QuizAnswered> event)) {
                    sum += event.data().answeredAt().getNano() + event.data().effectiveGrade();
                } else {
                    throw new IllegalStateException(decoded.toString());
                }
            }
            long took = System.nanoTime() - start;
            System.out.printf("round %d: %d ns per decode%n", round, took / ROUND);
        }
        System.out.println("checksum " + sum);
    }

    private static final byte[] SPEC = "1.0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SOURCE = "https://producer.example/quiz".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TYPE = "quiz.answered".getBytes(StandardCharsets.UTF_8);
    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.UTF_8);
}
