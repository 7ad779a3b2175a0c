package dev.devmentor.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts of bytes. */
final class Texts {

    private Texts() {}

    /**
     * UTF-8, and what is none as Latin-1. Surrogates may stand alone, because a line that is cut may end with one: every text of
     * UTF-16 is the text of some bytes.
     */
    static String of(byte[] bytes, int from) {
        StringBuilder text = new StringBuilder(bytes.length - from);
        for (int i = from; i < bytes.length; ) {
            int first = bytes[i] & 0xff;
            if (first >= 0xc0 && first < 0xe0 && continues(bytes, i + 1, 1)) {
                text.append((char) ((first & 0x1f) << 6 | bytes[i + 1] & 0x3f));
                i += 2;
            } else if (first >= 0xe0 && first < 0xf0 && continues(bytes, i + 1, 2)) {
                text.append((char) ((first & 0x0f) << 12 | (bytes[i + 1] & 0x3f) << 6 | bytes[i + 2] & 0x3f));
                i += 3;
            } else {
                text.append((char) first);
                i++;
            }
        }
        return text.toString();
    }

    private static boolean continues(byte[] bytes, int from, int count) {
        if (from + count > bytes.length) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Lines without their ends, by \n alone: a parser may see any other end. */
    static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    /** The bytes of a text with one byte before it. */
    static byte[] seed(int first, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] seed = new byte[utf8.length + 1];
        seed[0] = (byte) first;
        System.arraycopy(utf8, 0, seed, 1, utf8.length);
        return seed;
    }
}
