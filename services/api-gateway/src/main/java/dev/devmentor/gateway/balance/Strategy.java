package dev.devmentor.gateway.balance;

/** By what the next instance is chosen. */
enum Strategy {
    /** One after another. */
    ROUND_ROBIN,
    /** The one with the fewest requests under way; of several, any. */
    LEAST_CONNECTIONS,
    /** The same one for the same address, as long as it is there (rendezvous hashing: when one leaves, only its callers move). */
    IP_HASH
}
