package dev.devmentor.gateway.balance;

/** One try at an instance. Exactly one of the methods that end it is called, once, on any thread. */
public interface Lease {
    /** Where to. */
    Instance instance();

    /** The instance answered with a status below 500, and completely. */
    void succeeded();

    /** It could not be reached, hung up, was silent for too long, answered nonsense, or a 5xx that says that it is not well. */
    void failed(Failure how);

    /** The caller went away; that says nothing of the instance. */
    void abandoned();

    /** How a try failed. */
    enum Failure {
        /** No connection: the request has not reached it. */
        CONNECT,
        /** The connection ended before the head of the answer. */
        CLOSED,
        /** No head of an answer in time. */
        TIMEOUT,
        /** What came is no HTTP, or ended in the middle. */
        NONSENSE,
        /** 500, 502, 503 or 504. */
        STATUS
    }
}
