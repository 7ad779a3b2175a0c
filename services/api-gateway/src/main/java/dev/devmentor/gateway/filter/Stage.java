package dev.devmentor.gateway.filter;

/** The order in which filters see a request. There is one filter for each stage. */
public enum Stage {
    /** Refuses what is malformed or ambiguous; gives the request its id and its place in a trace. */
    HYGIENE,
    /** Refuses what is too much right now. */
    SHED,
    /** Answers preflights; decides which origin may read the answer. */
    CORS,
    /** Finds the route; without one it is 404. */
    ROUTE,
    /** Finds out who calls; refuses a bad token or key. No token at all is for the next stage. */
    AUTHENTICATE,
    /** Counts the request against the caller's limits; of somebody without a token, against those of the address. */
    LIMIT,
    /** Refuses callers without a token where one is needed, and those whose role or key is not enough for it. */
    AUTHORIZE
}
