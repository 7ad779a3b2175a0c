package dev.devmentor.gateway.limit;

/**
 * What Redis is told in a call, for the case that it does not hear it.
 *
 * @param what of whom it is means
 * @param run which run of Redis it is told to, as the teller counts them: another one is told everything anyway
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Told(Tellable of, int[] what, int run) {}
