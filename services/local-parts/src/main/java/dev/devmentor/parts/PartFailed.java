package dev.devmentor.parts;

/** A part could not be started, stopped or reached; the message is one line that a person can act on. */
public final class PartFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PartFailed(String message) {
        super(message);
    }

    public PartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
