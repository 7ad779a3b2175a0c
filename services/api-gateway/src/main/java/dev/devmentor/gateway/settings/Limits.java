package dev.devmentor.gateway.settings;

/** How many requests a minute are let through, as operators have set it last. Cheap enough for every request; safe for all threads. */
public interface Limits {
    /**
     * Requests a minute of one caller of a tier.
     *
     * @param tier {@code anonymous}, {@code free} or {@code premium}; one that is not known counts as {@code free}
     */
    int perMinute(String tier);

    /** Requests a minute of one address to what is open at the auth service. */
    int authPerMinute();
}
