package dev.devmentor.events;

/**
 * The Kafka key of an event: the learner, or the aggregate where there is no learner, so that one person's events stay
 * in order where the producer partitions by key. No result depends on it.
 */
public final class EventKeys {
    private EventKeys() {}

    public static <T> String key(EventType<T> type, T data) {
        return type.codec().key(data);
    }
}
