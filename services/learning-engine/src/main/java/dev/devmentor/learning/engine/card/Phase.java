package dev.devmentor.learning.engine.card;

/** Where a card stands between new and known. */
public enum Phase {
    /** No answer counts. */
    NEW,
    /** The first answer was Again, and none after it was better. */
    LEARNING,
    /** The last answer was Hard or better. */
    REVIEW,
    /** It was in review, then came Again, and nothing better since. */
    RELEARNING
}
