package dev.devmentor.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sources seen lately, by their bytes, so that each is checked and made once. Not for several threads. */
final class KnownSources {
    private static final int SLOTS = 64;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] sources = new String[SLOTS];

    @Nullable String get(byte[] bytes) {
        int slot = slot(bytes);
        byte[] key = keys[slot];
        return key != null && Arrays.equals(key, bytes) ? sources[slot] : null;
    }

    /** Remembers a source that was found good. */
    void put(byte[] bytes, String source) {
        int slot = slot(bytes);
        keys[slot] = source.getBytes(StandardCharsets.UTF_8);
        sources[slot] = source;
    }

    private static int slot(byte[] bytes) {
        int hash = Arrays.hashCode(bytes);
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
