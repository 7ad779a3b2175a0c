package dev.devmentor.pbml.log;

import dev.devmentor.pbml.owner.Owner;

/** What became of an observation that was handed to the log. */
public sealed interface Recorded {
    /**
     * It is in the log now.
     *
     * @param owner after everything of the same call
     */
    record Added(Owner owner) implements Recorded {}

    /**
     * It was in the log before; nothing changed.
     *
     * @param owner after everything of the same call
     */
    record Repeated(Owner owner) implements Recorded {}

    /**
     * Another observation has its identity; nothing changed.
     *
     * @param what which identity: {@code event} or {@code answer}
     */
    record Contradicting(String what) implements Recorded {}

    /** Its person was erased; nothing changed. */
    record OfErased() implements Recorded {}
}
