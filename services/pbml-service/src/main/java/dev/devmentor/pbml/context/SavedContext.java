package dev.devmentor.pbml.context;

import org.jspecify.annotations.Nullable;

/**
 * A context as it is stored.
 *
 * @param savedMicros microseconds since 1970-01-01T00:00Z; time of its entry in the log
 * @param data JSON
 * @param observations rows of the log when it was saved, its own included
 */
record SavedContext(String id, long savedMicros, @Nullable String name, String data, long observations) {}
