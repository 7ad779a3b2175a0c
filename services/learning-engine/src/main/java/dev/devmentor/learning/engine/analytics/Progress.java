package dev.devmentor.learning.engine.analytics;

/** Hears how far a simulation is, and may end it. */
@FunctionalInterface
public interface Progress {

    /** Never ends it. */
    Progress UNWATCHED = share -> true;

    /**
     * Is told from time to time.
     *
     * @param share done, 0 to 1
     * @return whether to go on; if not, the simulation throws {@link java.util.concurrent.CancellationException}
     */
    boolean at(double share);
}
