package dev.devmentor.events;

/** What became of a record's bytes. */
public sealed interface Decoded<T> {

    record Accepted<T>(Event<T> event) implements Decoded<T> {}

    /**
     * @param detail the place (a JSON pointer, a header or a byte offset) and the rule that is broken; never a value
     *     from the record, for it may be personal
     */
    record Rejected<T>(Reason reason, String detail) implements Decoded<T> {}
}
