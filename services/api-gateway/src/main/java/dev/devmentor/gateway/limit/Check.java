package dev.devmentor.gateway.limit;

import org.jspecify.annotations.Nullable;

/** One request that wants to know whether it may pass. Belongs to one event loop. Used once. */
abstract class Check {
    /** The next one of the same caller. */
    @Nullable Check next;

    long sinceNanos;
    boolean isDecided;

    /** Called once, on the event loop that asked. */
    abstract void decided(Decision decision);
}
