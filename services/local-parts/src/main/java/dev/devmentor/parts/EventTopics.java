package dev.devmentor.parts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics that follow from what a service consumes and produces: the event topics themselves, and for every consumed
 * one a dead-letter topic and a topic through which only this service gets a record once more.
 */
public final class EventTopics {
    public static final int EVENT_PARTITIONS = 6;
    public static final Duration EVENT_RETENTION = Duration.ofDays(30);
    public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);

    private EventTopics() {}

    public static List<TopicDefinition> of(String service, List<String> consumed, List<String> produced) {
        Map<String, TopicDefinition> topics = new LinkedHashMap<>();
        for (String event : consumed) {
            topics.put(event, new TopicDefinition(event, EVENT_PARTITIONS, EVENT_RETENTION));
            String deadLetters = deadLetters(event, service);
            topics.put(deadLetters, new TopicDefinition(deadLetters, 1, DEAD_LETTER_RETENTION));
            String replay = replay(event, service);
            topics.put(replay, new TopicDefinition(replay, 1, DEAD_LETTER_RETENTION));
        }
        for (String event : produced) {
            topics.put(event, new TopicDefinition(event, EVENT_PARTITIONS, EVENT_RETENTION));
        }
        return List.copyOf(topics.values());
    }

    /** {@code <topic>.dlq.<service>}. */
    public static String deadLetters(String event, String service) {
        return event + ".dlq." + service;
    }

    /** {@code <topic>.replay.<service>}. */
    public static String replay(String event, String service) {
        return event + ".replay." + service;
    }
}
