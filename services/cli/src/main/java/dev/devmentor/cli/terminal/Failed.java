package dev.devmentor.cli.terminal;

/** The command could not do what it was asked; the message is one line that a person can act on. */
public final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
        super(message);
    }

    public Failed(String message, Throwable cause) {
        super(message, cause);
    }
}
