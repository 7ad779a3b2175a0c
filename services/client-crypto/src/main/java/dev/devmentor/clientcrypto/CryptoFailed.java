package dev.devmentor.clientcrypto;

/**
 * Something could not be opened: a wrong password or recovery code, or bytes that are not what the owner has written. The two
 * cannot be told apart by the bytes; {@link Why} says what it is most likely.
 */
public final class CryptoFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is most likely the matter. */
    public enum Why {
        /** The password, the passphrase or the recovery code is another one. */
        WRONG_SECRET,
        /** The server gave something else than what was stored: changed, exchanged, or of another place. */
        TAMPERED,
        /** An older state than one that this device has seen. */
        ROLLED_BACK,
        /** Not of the form that this version reads. */
        UNREADABLE
    }

    private final Why why;

    public CryptoFailed(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** What is most likely the matter. */
    public Why why() {
        return why;
    }
}
