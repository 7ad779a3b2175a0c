package dev.devmentor.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks for well-formed UTF-8 (Unicode, table 3-7): JSON parsers let overlong forms and encoded surrogates pass. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean wellFormed(byte[] bytes) {
        int length = bytes.length;
        int at = 0;
        while (at + 8 <= length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += 8;
        }
        while (at < length) {
            int lead = bytes[at];
            if (lead >= 0) {
                at++;
                continue;
            }
            int size = sequence(bytes, at, lead & 0xFF);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** The length of the sequence of two to four bytes that starts here, or 0 where there is none. */
    private static int sequence(byte[] bytes, int at, int lead) {
        int left = bytes.length - at;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return left >= 2 && tail(bytes[at + 1]) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            if (left < 3 || !tail(bytes[at + 1]) || !tail(bytes[at + 2])) {
                return 0;
            }
            int second = bytes[at + 1] & 0xFF;
            boolean overlong = lead == 0xE0 && second < 0xA0;
            boolean surrogate = lead == 0xED && second > 0x9F;
            return overlong || surrogate ? 0 : 3;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            if (left < 4 || !tail(bytes[at + 1]) || !tail(bytes[at + 2]) || !tail(bytes[at + 3])) {
                return 0;
            }
            int second = bytes[at + 1] & 0xFF;
            boolean overlong = lead == 0xF0 && second < 0x90;
            boolean beyond = lead == 0xF4 && second > 0x8F;
            return overlong || beyond ? 0 : 4;
        }
        return 0;
    }

    private static boolean tail(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
