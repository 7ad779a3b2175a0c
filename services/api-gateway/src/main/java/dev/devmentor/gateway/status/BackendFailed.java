package dev.devmentor.gateway.status;

/** A service gave no answer that can be used. Its message names no address and no value. */
public final class BackendFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    BackendFailed(Kind kind) {
        super(kind.text, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** How it failed. */
    public enum Kind {
        /** No instance is known. */
        NO_INSTANCE("no instance of it is known"),
        /** No connection, so the request has not reached it. */
        UNREACHABLE("it cannot be reached"),
        /** It hung up, or what came is no HTTP. */
        BROKEN("it gave no proper answer"),
        /** It was silent for too long. */
        TIMEOUT("it did not answer in time"),
        /** The answer is larger than what was wanted. */
        TOO_LARGE("its answer is too large");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }
}
