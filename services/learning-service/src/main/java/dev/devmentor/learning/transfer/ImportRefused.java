package dev.devmentor.learning.transfer;

import java.io.IOException;

/** The file cannot be imported. The message is one sentence for the person who gave it. */
final class ImportRefused extends IOException {
    private static final long serialVersionUID = 1L;

    ImportRefused(String message) {
        super(message);
    }

    ImportRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
