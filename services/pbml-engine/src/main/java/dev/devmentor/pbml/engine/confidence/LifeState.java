package dev.devmentor.pbml.engine.confidence;

/** Where a pattern stands. */
public enum LifeState {
    /** Seen, but not often or not reliably enough to be offered. */
    CANDIDATE,
    /** Offered. */
    ACTIVE,
    /** Was offered, and is no longer seen or no longer right. Kept to be recognised. */
    STALE,
    /** No longer looked for; kept with its history. */
    RETIRED
}
