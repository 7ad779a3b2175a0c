package dev.devmentor.events;

/**
 * Leaves a half-read record. Never seen outside the decoder, which turns it into {@link Decoded.Rejected}; without a
 * stack trace it costs no more than a return.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final String detail;

    Refusal(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
