package dev.devmentor.gateway.flag;

/** Definitions that are not valid. The message says where, in words that may stand in a log. */
final class BadFlags extends Exception {
    private static final long serialVersionUID = 1L;

    BadFlags(String message) {
        super(message);
    }
}
