package dev.devmentor.pbml.engine.template;

/** The characters of a line, and what a stretch of them looks like by itself: a date, an address, a unit. It knows no tokens. */
abstract class LineText {
    static final byte SPACE = 1, HARD = 2, LETTER = 3, DIGIT = 4, SOFT = 5;
    private static final byte[] CLASS = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            CLASS[c] =
                    c <= ' ' || c == 127 ? SPACE : c >= '0' && c <= '9' ? DIGIT : Character.isLetter(c) ? LETTER : SOFT;
        }
        for (char c : ",;:=|\"'[](){}!".toCharArray()) {
            CLASS[c] = HARD;
        }
    }

    private static final String[] TIME_UNITS = {
        "ns",
        "us",
        "ms",
        "s",
        "m",
        "h",
        "d",
        "sec",
        "secs",
        "second",
        "seconds",
        "min",
        "mins",
        "minute",
        "minutes",
        "hr",
        "hrs",
        "hour",
        "hours",
        "day",
        "days",
        "msec",
        "msecs",
        "usec",
        "millis",
        "milliseconds",
        "microseconds"
    };

    private static final String TOP_LEVEL =
            " com net org edu gov mil int info biz io dev app cloud local localdomain internal lan corp home arpa test ";

    /** Characters of the line; what lies behind {@link #length} is of earlier ones. */
    final char[] text;

    int length;

    /**
     * What begins at a group before this place ends where another did that was no address, and is none either. Without it a row
     * of groups that ends badly would be read again from each of them.
     */
    int noAddressBefore;

    private int addressRead;

    LineText(int characters) {
        text = new char[characters];
    }

    static byte kind(char c) {
        return c < 128 ? CLASS[c] : Character.isWhitespace(c) || c == '\u00a0' ? SPACE : LETTER;
    }

    boolean behindEquals(int from) {
        int before = from - 1;
        if (before > 0 && text[before] == ' ') {
            before--;
        }
        return before >= 0 && text[before] == '=';
    }

    boolean digit(int i) {
        return i < length && text[i] >= '0' && text[i] <= '9';
    }

    boolean letter(int i) {
        return i < length && kind(text[i]) == LETTER;
    }

    static boolean hexDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    int digits(int i, int to) {
        while (i < to && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }

    boolean capitals(int i, int j) {
        for (int k = i; k < j; k++) {
            if (text[k] >= 'a' && text[k] <= 'z') {
                return false;
            }
        }
        return j - i > 1;
    }

    boolean allHex(int i, int j) {
        for (int k = i; k < j; k++) {
            if (!hexDigit(text[k])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the letters are this word, in whichever case. */
    boolean is(int from, int n, String word) {
        if (n != word.length()) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            if ((text[from + k] | 0x20) != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    boolean timeUnit(int from, int to) {
        for (String unit : TIME_UNITS) {
            if (is(from, to - from, unit)) {
                return true;
            }
        }
        return false;
    }

    boolean sizeUnit(int from, int to) {
        int n = to - from;
        if (n < 1 || n > 3) {
            return false;
        }
        int c = text[from] | 0x20;
        boolean scale = c == 'k' || c == 'm' || c == 'g' || c == 't';
        int last = text[to - 1] | 0x20;
        return n == 1 ? scale || c == 'b' : scale && last == 'b' && (n == 2 || (text[from + 1] | 0x20) == 'i');
    }

    /** Where h:mm, h:mm:ss and fractions of it end, or -1. */
    int clock(int i) {
        int j = digits(i, length);
        if (j - i > 2 || j == i || j >= length || text[j] != ':') {
            return -1;
        }
        int k = digits(j + 1, length);
        if (k - j != 3) {
            return -1;
        }
        if (k < length && text[k] == ':') {
            int s = digits(k + 1, length);
            if (s - k != 3) {
                return -1;
            }
            k = s;
            if (k < length && text[k] == ':') {
                return -1;
            }
            if (k + 1 < length && (text[k] == '.' || text[k] == ',') && digit(k + 1)) {
                k = digits(k + 1, length);
            }
            if (k < length && text[k] == 'Z') {
                k++;
            } else if (k + 5 < length
                    && (text[k] == '+' || text[k] == '-')
                    && digits(k + 1, length) == k + 3
                    && text[k + 3] == ':') {
                k = digits(k + 4, length);
            }
        }
        return k < length && kind(text[k]) >= LETTER && text[k] != '.' ? -1 : k;
    }

    /**
     * Where pairs of hexadecimal digits with at least five colons end, or groups of up to four: MAC, EUI-64, IPv6; -1 if that is
     * none.
     */
    int colonAddress(int i) {
        if (i < noAddressBefore) {
            return -1;
        }
        int end = readColonAddress(i);
        if (end < 0) {
            noAddressBefore = addressRead;
        }
        return end;
    }

    private int readColonAddress(int i) {
        int colons = 0;
        int k = i;
        int last = i;
        while (k < length) {
            int group = 0;
            while (k < length && group < 5 && hexDigit(text[k])) {
                k++;
                group++;
            }
            addressRead = k;
            if (group == 0 || group > 4) {
                return -1;
            }
            last = k;
            if (k + 1 < length && text[k] == ':' && hexDigit(text[k + 1])) {
                colons++;
                k++;
            } else {
                break;
            }
        }
        return colons >= 5 && (last == length || kind(text[last]) < LETTER || text[last] == '.') ? last : -1;
    }

    boolean oneOf(int i, String names) {
        if (i + 3 > length || i + 3 < length && kind(text[i + 3]) >= LETTER) {
            return false;
        }
        for (int k = 0; k < names.length(); k += 4) {
            if ((text[i] | 0x20) == names.charAt(k)
                    && (text[i + 1] | 0x20) == names.charAt(k + 1)
                    && (text[i + 2] | 0x20) == names.charAt(k + 2)) {
                return true;
            }
        }
        return false;
    }

    int blanks(int i) {
        while (i < length && text[i] == ' ') {
            i++;
        }
        return i;
    }

    /** akka.tcp, s3, git+ssh: a letter, then letters, digits and three marks (RFC 3986, 3.1). */
    boolean scheme(int i, int j) {
        for (int k = i; k < j; k++) {
            byte kind = kind(text[k]);
            if (kind != LETTER && (k == i || kind != DIGIT && text[k] != '.' && text[k] != '+' && text[k] != '-')) {
                return false;
            }
        }
        return true;
    }

    int closed(int to, int j) {
        int k = to;
        while (k < j && "<>*~?^".indexOf(text[k]) >= 0) {
            k++;
        }
        return k;
    }

    boolean snake(int from, int to) {
        for (int k = from + 1; k < to; k++) {
            if (text[k] == '_') {
                return true;
            }
        }
        return false;
    }

    /** y/m/d or y-m-d. */
    boolean date(int from, int to) {
        int a = digits(from, to);
        if (a - from != 4 && a - from != 2 || a >= to || text[a] != '/' && text[a] != '-') {
            return false;
        }
        int b = digits(a + 1, to);
        if (b == a + 1 || b - a > 3 || b >= to || text[b] != text[a]) {
            return false;
        }
        int c = digits(b + 1, to);
        return c > b + 1 && c == to && c - b <= 5;
    }

    int ipv4(int from, int to) {
        int k = from;
        for (int group = 0; group < 4; group++) {
            int behind = digits(k, to);
            if (behind == k || behind - k > 3) {
                return -1;
            }
            k = behind;
            if (group < 3) {
                if (k >= to || text[k] != '.') {
                    return -1;
                }
                k++;
            }
        }
        return k;
    }

    /** Names with dots of which the last is a top-level domain: one of the generic ones or of two letters. */
    boolean domain(int from, int to) {
        int labels = 1;
        int last = from;
        int label = from;
        for (int k = from; k < to; k++) {
            char c = text[k];
            if (c == '.') {
                if (k == label) {
                    return false;
                }
                labels++;
                label = k + 1;
                last = k + 1;
            } else if (c != '-' && kind(c) != LETTER && kind(c) != DIGIT) {
                return false;
            }
        }
        int n = to - last;
        if (labels < 2 || n < 2 || n > 11) {
            return false;
        }
        for (int k = last; k < to; k++) {
            if (text[k] < 'a' || text[k] > 'z') {
                return false;
            }
        }
        if (n == 2) {
            // Two letters are a country only behind two further names: file.js and foo.py are files.
            return labels >= 3;
        }
        for (int k = TOP_LEVEL.indexOf(text[last]); k >= 0; k = TOP_LEVEL.indexOf(text[last], k + 1)) {
            if (TOP_LEVEL.charAt(k - 1) == ' ' && k + n < TOP_LEVEL.length() && TOP_LEVEL.charAt(k + n) == ' ') {
                int same = 0;
                while (same < n && TOP_LEVEL.charAt(k + same) == text[last + same]) {
                    same++;
                }
                if (same == n) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean uuid(int from, int to) {
        if (to - from != 36) {
            return false;
        }
        for (int k = 0; k < 36; k++) {
            boolean dash = k == 8 || k == 13 || k == 18 || k == 23;
            if (dash ? text[from + k] != '-' : !hexDigit(text[from + k])) {
                return false;
            }
        }
        return true;
    }

    /** Whether ":8080" and no further letter or digit follows. */
    boolean portFollows(int j) {
        if (j >= length || text[j] != ':' || !digit(j + 1)) {
            return false;
        }
        int k = digits(j + 1, length);
        return k - j >= 3 && k - j <= 6 && (k == length || kind(text[k]) != LETTER);
    }

    /** Behind a name that may be a file's as well, only the ports of the common services tell a host. */
    boolean wellKnownPortFollows(int j) {
        if (!portFollows(j)) {
            return false;
        }
        int port = 0;
        for (int k = j + 1; k < length && digit(k); k++) {
            port = port * 10 + text[k] - '0';
        }
        return switch (port) {
            case 21, 22, 25, 53, 80, 143, 443, 465, 587, 993, 995, 1080, 3128, 8000, 8080, 8443 -> true;
            default -> false;
        };
    }

    boolean hostLike(int from, int to) {
        for (int k = from; k < to; k++) {
            char c = text[k];
            if (c != '-' && c != '.' && kind(c) != LETTER && kind(c) != DIGIT) {
                return false;
            }
        }
        return kind(text[from]) >= LETTER && kind(text[from]) <= DIGIT;
    }

    /** Whether each part between dots begins with a letter. */
    boolean identifiers(int from, int to) {
        for (int k = from; k < to; k++) {
            if ((k == from || text[k - 1] == '.') && kind(text[k]) != LETTER) {
                return false;
            }
        }
        return true;
    }

    /** Where the part that begins at k ends: at soft punctuation, but "blk_-17" is one. */
    int partEnd(int k, int to) {
        int e = k;
        while (e < to) {
            char c = text[e];
            if (c == '.' || c == '#' || c == '$' || c == '%' || c == '&' || c == '+' || c == '@') {
                break;
            }
            if (c == '-' && !(e > k && text[e - 1] == '_' && digit(e + 1))) {
                break;
            }
            e++;
        }
        return e;
    }
}
