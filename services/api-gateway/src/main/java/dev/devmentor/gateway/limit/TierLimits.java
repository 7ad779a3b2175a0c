package dev.devmentor.gateway.limit;

/** How many requests a minute are allowed. Asked at every request: an answer costs next to nothing and may change at any time. */
public interface TierLimits {
    /**
     * Most requests in any 60 seconds of one caller.
     *
     * @param tier {@code anonymous}, {@code free} or {@code premium}; any other counts as {@code free}
     */
    int perMinute(String tier);

    /** Most requests in any 60 seconds from one address to what is open at the auth service. */
    int authPerMinute();
}
