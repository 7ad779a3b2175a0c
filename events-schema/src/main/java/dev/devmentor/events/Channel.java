package dev.devmentor.events;

import java.util.List;

/**
 * A channel of the AsyncAPI document.
 *
 * @param topic the Kafka topic, or a pattern of topics with parameters in braces
 * @param title what its events say, in one line
 * @param senders parts of DevMentor and {@link EventCatalog#EXTERNAL}, who send now (planned: will send)
 * @param receivers the same for receiving
 */
public record Channel(
        String topic,
        String title,
        Status status,
        List<String> senders,
        List<String> receivers,
        List<String> plannedSenders,
        List<String> plannedReceivers) {

    /** How far a channel has come; the AsyncAPI document defines the terms. */
    public enum Status {
        LIVE,
        EXTERNAL,
        PLANNED
    }

    public Channel {
        senders = List.copyOf(senders);
        receivers = List.copyOf(receivers);
        plannedSenders = List.copyOf(plannedSenders);
        plannedReceivers = List.copyOf(plannedReceivers);
    }

    /** Whether it stands for many topics, such as {@code {topic}.dlq.{service}}. */
    public boolean isPattern() {
        return topic.indexOf('{') >= 0;
    }
}
