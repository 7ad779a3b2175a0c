package dev.devmentor.cli.patterns;

/** Text without what it says to a terminal. */
final class AnsiText {
    private static final char ESCAPE = '\u001b';

    private AnsiText() {}

    /**
     * What a person would have read in the end: without escape sequences (ECMA-48) and other control characters, and of a
     * line that was written over by carriage returns only the last writing.
     */
    static String strip(String line) {
        int from = lastWriting(line);
        if (from == 0 && plain(line)) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length());
        for (int i = from; i < line.length(); ) {
            char c = line.charAt(i);
            if (c == ESCAPE) {
                i = behindEscape(line, i);
            } else if (c == '\u009b') {
                i = behindControlSequence(line, i + 1);
            } else {
                if (c == '\t' || c >= ' ' && c != '\u007f') {
                    out.append(c);
                }
                i++;
            }
        }
        return out.toString();
    }

    private static int lastWriting(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.lastIndexOf('\r', end - 1) + 1;
    }

    private static boolean plain(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t' || c == '\u007f' || c == '\u009b') {
                return false;
            }
        }
        return true;
    }

    private static int behindEscape(String line, int at) {
        if (at + 1 >= line.length()) {
            return line.length();
        }
        char kind = line.charAt(at + 1);
        if (kind == '[') {
            return behindControlSequence(line, at + 2);
        }
        if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
            return behindString(line, at + 2);
        }
        int i = at + 1;
        while (i < line.length() && line.charAt(i) >= ' ' && line.charAt(i) <= '/') {
            i++; // intermediate bytes, as in "ESC ( B"
        }
        return Math.min(line.length(), i + 1);
    }

    private static int behindControlSequence(String line, int at) {
        int i = at;
        while (i < line.length() && line.charAt(i) >= ' ' && line.charAt(i) < '@') {
            i++;
        }
        return Math.min(line.length(), i + 1);
    }

    /** A title or a link ends with BEL or with ESC and a backslash. */
    private static int behindString(String line, int at) {
        for (int i = at; i < line.length(); i++) {
            if (line.charAt(i) == '\u0007' || line.charAt(i) == '\u009c') {
                return i + 1;
            }
            if (line.charAt(i) == ESCAPE) {
                return Math.min(line.length(), i + 2);
            }
        }
        return line.length();
    }
}
