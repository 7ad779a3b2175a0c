package dev.devmentor.events;

/** What RFC 3986 allows in a URI or a relative reference, as far as characters, escapes and the scheme go. */
final class UriReference {
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        String marks = "-._~:/?[]@!$&'()*+,;=";
        for (int c = 0; c < 128; c++) {
            ALLOWED[c] = letter((char) c) || digit((char) c) || marks.indexOf(c) >= 0;
        }
    }

    private UriReference() {}

    static boolean matches(String text) {
        boolean fragment = false;
        // Before the first / ? # a colon ends the scheme, and only a scheme may stand before it.
        boolean mayBeScheme = true;
        boolean schemeSoFar = !text.isEmpty() && letter(text.charAt(0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length() || !hex(text.charAt(i + 1)) || !hex(text.charAt(i + 2))) {
                    return false;
                }
            } else if (c == '#') {
                if (fragment) {
                    return false;
                }
                fragment = true;
            } else if (c >= 128 || !ALLOWED[c]) {
                return false;
            }
            if (mayBeScheme) {
                if (c == ':') {
                    if (!schemeSoFar) {
                        return false;
                    }
                    mayBeScheme = false;
                } else if (c == '/' || c == '?' || c == '#') {
                    mayBeScheme = false;
                } else {
                    schemeSoFar = schemeSoFar && (letter(c) || digit(c) || c == '+' || c == '-' || c == '.');
                }
            }
        }
        return !text.isEmpty();
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean hex(char c) {
        return digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
