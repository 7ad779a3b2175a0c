package dev.devmentor.anki.sqlite;

import java.io.IOException;

/** The file is no database in SQLite's format, or damaged, or not of the kind that is read here. */
public final class SqliteException extends IOException {
    private static final long serialVersionUID = 1L;

    SqliteException(String message) {
        super(message);
    }
}
