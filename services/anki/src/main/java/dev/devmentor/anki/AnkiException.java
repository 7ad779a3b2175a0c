package dev.devmentor.anki;

import java.io.IOException;
import java.util.Objects;

/** The file is refused. The message is one sentence for the person who gave it, and quotes nothing of the file. */
public final class AnkiException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why a file is refused. */
    public enum Reason {
        /** It is something else than an Anki package. */
        NOT_ANKI,
        /** It is or holds more than is taken. */
        TOO_LARGE,
        /** It is an Anki package, and broken or made to do harm. */
        DAMAGED,
        /** A newer Anki wrote it in a way that is not known here. */
        TOO_NEW
    }

    private final Reason reason;

    AnkiException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    AnkiException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** One sentence, never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Reason reason() {
        return reason;
    }
}
