package dev.devmentor.events;

import org.jspecify.annotations.Nullable;

/** W3C Trace Context, level 1. What is malformed is ignored, as it asks: a broken trace never costs an event. */
final class TraceContext {
    private static final int LENGTH = 55;
    private static final int MAX_STATE = 512;

    private TraceContext() {}

    /** The value itself where it is a valid {@code traceparent} of version 00, else null. */
    static @Nullable String parent(@Nullable String value) {
        if (value == null || value.length() != LENGTH || !value.startsWith("00-")) {
            return null;
        }
        boolean good = value.charAt(35) == '-'
                && value.charAt(52) == '-'
                && hex(value, 3, 35, true)
                && hex(value, 36, 52, true)
                && hex(value, 53, 55, false);
        return good ? value : null;
    }

    static @Nullable String state(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_STATE) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7E) {
                return null;
            }
        }
        return value;
    }

    private static boolean hex(String text, int from, int to, boolean notAllZero) {
        boolean zero = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return !(notAllZero && zero);
    }
}
