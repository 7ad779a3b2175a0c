package dev.devmentor.gateway.wire;

/** Classes of octets (RFC 9110 section 5.6, RFC 3986). */
public final class Octets {
    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte TARGET = 4;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            byte classes = 0;
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letterOrDigit || c < 128 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
                classes |= TOKEN;
            }
            if (c == '\t' || c >= ' ' && c != 127) {
                classes |= VALUE;
            }
            if (letterOrDigit || c < 128 && "-._~:/?[]@!$&'()*+,;=%".indexOf(c) >= 0) {
                classes |= TARGET;
            }
            CLASSES[c] = classes;
        }
    }

    private Octets() {}

    /** A character of a token: a method, a field name. */
    static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** What may stand in a field value: visible, blank, tab, and the upper half. */
    static boolean isValue(byte octet) {
        return (CLASSES[octet & 0xff] & VALUE) != 0;
    }

    /** What may stand in a URI: no quotes, angle brackets, backslashes, braces, blanks, nothing of the upper half. */
    static boolean isTarget(byte octet) {
        return (CLASSES[octet & 0xff] & TARGET) != 0;
    }

    /** What may stand in a URI. */
    public static boolean isTarget(char c) {
        return c < 128 && isTarget((byte) c);
    }

    /** Whether a text is a token. */
    public static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || !isToken((byte) c)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether it may go out as a field value; blanks at its ends may not. */
    public static boolean isValue(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 255 || !isValue((byte) c)) {
                return false;
            }
        }
        return true;
    }

    /** The value of a hexadecimal digit; -1 if it is none. */
    public static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
