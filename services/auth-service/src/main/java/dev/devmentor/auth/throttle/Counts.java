package dev.devmentor.auth.throttle;

/** Where attempts are counted. */
interface Counts {
    /** Milliseconds until the attempt may be made; 0 if it may now, and then it is under way. */
    long enter(Attempt attempt, long now);

    /** It failed. */
    void failed(Attempt attempt, long now);

    /** It succeeded, and who could do that had not guessed before. */
    void succeeded(Attempt attempt, long now);

    /** It ended well, which says nothing of those before it. */
    void ended(Attempt attempt, long now);
}
