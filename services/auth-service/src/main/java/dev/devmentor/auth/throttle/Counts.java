package dev.devmentor.auth.throttle;

/** Where attempts are counted. */
interface Counts {
    /** Milliseconds until the attempt may be made; 0 if it may now, and then it is under way. */
    long enter(Attempt attempt, long now);

    /** It failed. */
    void failed(Attempt attempt, long now);

    /** It succeeded. */
    void succeeded(Attempt attempt, long now);
}
