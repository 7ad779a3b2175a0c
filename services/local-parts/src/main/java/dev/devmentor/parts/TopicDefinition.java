package dev.devmentor.parts;

import java.time.Duration;

/** A topic with its number of partitions and how long its records are kept. */
public record TopicDefinition(String name, int partitions, Duration retention) {

    public TopicDefinition {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + " needs a partition");
        }
    }
}
