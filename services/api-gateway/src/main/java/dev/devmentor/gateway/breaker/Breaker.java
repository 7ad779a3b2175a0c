package dev.devmentor.gateway.breaker;

/** A circuit breaker for one thing. Safe for all threads. */
public interface Breaker {
    /** Whether a try may be made now; if it is true, exactly one of the methods that end a try is called. */
    boolean tryAcquire();

    /** The try succeeded. */
    void succeeded();

    /** The try failed. */
    void failed();

    /** The try told nothing. */
    void abandoned();

    /** What the breaker does. */
    State state();

    /** Seconds until the next try may be made, at least 1; 1 if it may be made now. */
    long retryAfterSeconds();

    /** What a breaker does. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }
}
