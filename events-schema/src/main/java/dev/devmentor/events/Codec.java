package dev.devmentor.events;

import java.io.IOException;

/** Reads and writes the data of one type of event, in the terms of its schema. */
abstract class Codec<T> {
    /** Reads the data object that {@code in} stands on, to its end. */
    abstract T read(JsonInput in) throws IOException;

    /** Writes the members of the data object; what is absent is left out. */
    abstract void write(JsonOutput out, T data);

    /** The Kafka key. */
    abstract String key(T data);
}
