package dev.devmentor.anki.zstd;

import java.io.IOException;

/** The bytes are no Zstandard frame, or a damaged one, or one that needs more than is given. */
public final class ZstdException extends IOException {
    private static final long serialVersionUID = 1L;

    ZstdException(String message) {
        super(message);
    }
}
