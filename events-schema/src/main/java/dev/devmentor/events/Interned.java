package dev.devmentor.events;

import org.jspecify.annotations.Nullable;

/**
 * Strings that repeat from record to record, kept so that they are made once. Bounded: a new string takes the place of
 * another with the same slot. Not for several threads.
 */
final class Interned {
    private static final int SLOTS = 1024;
    /** Longer ones seldom repeat. */
    private static final int MAX_LENGTH = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    String of(char[] text, int offset, int length) {
        if (length > MAX_LENGTH) {
            return new String(text, offset, length);
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
        String known = slots[slot];
        if (known != null && matches(known, text, offset, length)) {
            return known;
        }
        String made = new String(text, offset, length);
        slots[slot] = made;
        return made;
    }

    private static boolean matches(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
