package dev.devmentor.pbml.engine.template;

/**
 * Cuts a line into words, variable parts that can be told by their looks, and the punctuation between them, in one pass and
 * without allocating. What can't be told by looks alone is left to {@link TemplateMiner}, with a hint of how likely it is.
 *
 * <p>The rules are those by which people label logs (loghub's corrected labels follow Khan et al., "Guidelines for Assessing
 * the Accuracy of Log Message Template Identification Techniques", ICSE 2022): a number between punctuation is variable, so
 * is a path, true, false, null and the names of the accounts that every system has; letters that are grown together with a
 * variable part belong to it; punctuation is constant.
 */
final class LineScanner extends LineText {

    /** How a word looks that is no variable part for certain. */
    static final byte WORD = 0, CAPITALS = 1, SNAKE = 2, DOTTED = 3, ALNUM = 4, UNIT = 5;

    /** Stands for every variable part in a hash. */
    static final long VARIABLE = 0x9e3779b97f4a7c15L;
    /** Stands for every unit of bytes in a hash: 5.2 KB and 1.3 MB are the same kind of value. */
    static final long BYTES = 0x94d049bb133111ebL;

    private final Limits limits;

    /** Number of tokens, and of each: where it is, what it is. The gap before token i is from gap[i] to start[i]. */
    int tokens;

    final int[] gap;
    final int[] start;
    final int[] end;
    /** Ordinal of the {@link PartType}, or -1 for a word. */
    final byte[] type;
    /** How a word looks. */
    final byte[] look;
    /** Whether it stands behind an equals sign. */
    final boolean[] value;

    final long[] hash;
    /** Hash of all gaps. */
    long shape;
    /** Where the gap behind the last token begins. */
    private int lastGap;

    LineScanner(Limits limits) {
        super(limits.characters());
        this.limits = limits;
        int most = limits.tokens() + 1;
        gap = new int[most];
        start = new int[most];
        end = new int[most];
        type = new byte[most];
        look = new byte[most];
        value = new boolean[most];
        hash = new long[most];
    }

    /** Reads a line; the fields hold the result until the next one. */
    void scan(CharSequence line) {
        length = Math.min(line.length(), limits.characters());
        if (line instanceof String string) {
            string.getChars(0, length, text, 0);
        } else {
            for (int i = 0; i < length; i++) {
                text[i] = line.charAt(i);
            }
        }
        while (length > 0 && kind(text[length - 1]) == SPACE) {
            length--;
        }
        tokens = 0;
        lastGap = 0;
        noAddressBefore = 0;
        int i = 0;
        while (i < length && kind(text[i]) == SPACE) {
            i++;
        }
        lastGap = i;
        while (i < length) {
            byte kind = kind(text[i]);
            if (kind >= LETTER) {
                if (tokens >= limits.tokens()) {
                    put(i, length, PartType.TEXT);
                    break;
                }
                i = chunk(i);
            } else if (kind == HARD) {
                i = punctuation(i);
            } else {
                i++;
            }
        }
        shape = shape();
    }

    /** An empty pair of brackets that stands alone holds a value that is absent; a quoted text behind = is one value. */
    private int punctuation(int i) {
        char c = text[i];
        if (i + 1 < length) {
            char next = text[i + 1];
            if (c == '(' && next == ')' || c == '[' && next == ']' || c == '{' && next == '}') {
                char before = i == 0 ? ' ' : text[i - 1];
                if (kind(before) == SPACE || before == '=' || before == ':') {
                    if (tokens < limits.tokens()) {
                        put(i + 1, i + 1, PartType.EMPTY);
                    }
                    return i + 2;
                }
            } else if (c == '"' && i > 0 && text[i - 1] == '=' && !saysWhatHappened()) {
                int close = i + 1;
                int most = Math.min(length, i + 200);
                while (close < most && text[close] != '"') {
                    close++;
                }
                if (close < most && close > i + 1 && tokens < limits.tokens()) {
                    put(i + 1, close, PartType.TEXT);
                    return close + 1;
                }
            }
        }
        return i + 1;
    }

    /** msg="link is down": of a line in key=value form this text is the template. */
    private boolean saysWhatHappened() {
        int t = tokens - 1;
        return tokenIs(t, "msg")
                || tokenIs(t, "message")
                || tokenIs(t, "event")
                || tokenIs(t, "error")
                || tokenIs(t, "err");
    }

    private void put(int from, int to, PartType partType) {
        int t = tokens++;
        gap[t] = lastGap;
        start[t] = from;
        end[t] = to;
        type[t] = (byte) partType.ordinal();
        look[t] = WORD;
        value[t] = from > 0 && text[from - 1] == '=';
        hash[t] = VARIABLE;
        lastGap = to;
        if (partType == PartType.ADDRESS
                && t >= 3
                && type[t - 2] < 0
                && tokenIs(t - 1, "from")
                && tokenIs(t - 3, "for")) {
            // "for NAME from ADDRESS": who came from there.
            type[t - 2] = (byte) PartType.USER.ordinal();
            hash[t - 2] = VARIABLE;
        }
    }

    private void word(int from, int to, byte wordLook, long wordHash) {
        int t = tokens++;
        gap[t] = lastGap;
        start[t] = from;
        end[t] = to;
        type[t] = -1;
        look[t] = wordLook;
        value[t] = behindEquals(from);
        hash[t] = wordHash;
        lastGap = to;
    }

    static long mix(long x) {
        x = (x ^ x >>> 32) * 0xd6e8feb86659fd93L;
        x = (x ^ x >>> 29) * 0xff51afd7ed558ccdL;
        return x ^ x >>> 32;
    }

    private long hash(int from, int to) {
        long h = 17;
        for (int i = from; i < to; i++) {
            h = h * 0x100000001b3L + text[i];
        }
        return mix(h);
    }

    private long shape() {
        long h = tokens;
        for (int t = 0; t <= tokens; t++) {
            int from = t == tokens ? lastGap : gap[t];
            int to = t == tokens ? length : start[t];
            boolean space = false;
            for (int i = from; i < to; i++) {
                if (kind(text[i]) == SPACE) {
                    space = true;
                } else {
                    if (space) {
                        h = h * 0x100000001b3L + ' ';
                        space = false;
                    }
                    h = h * 0x100000001b3L + text[i];
                }
            }
            if (space) {
                h = h * 0x100000001b3L + ' ';
            }
            h = h * 0x100000001b3L + 0x10001;
        }
        return mix(h);
    }

    /** The punctuation before a token, blanks made one; before token {@link #tokens} is what ends the line. */
    String gapText(int t) {
        int from = t == tokens ? lastGap : gap[t];
        int to = t == tokens ? length : start[t];
        if (from == to) {
            return "";
        }
        if (to - from == 1 && text[from] == ' ') {
            return " "; // most are, and need no copy
        }
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (kind(text[i]) != SPACE) {
                out.append(text[i]);
            } else if (i == from || kind(text[i - 1]) != SPACE) {
                out.append(' ');
            }
        }
        return out.toString();
    }

    /** The text of a token. */
    String tokenText(int t) {
        return new String(text, start[t], end[t] - start[t]);
    }

    Runs runs() {
        int[] types = new int[tokens];
        for (int t = 0; t < tokens; t++) {
            types[t] = type[t] < 0 ? 0 : 1 << type[t];
        }
        return new Runs(tokens, hash, types, this::gapText);
    }

    /** Whether a token reads like this. */
    boolean reads(int t, String word) {
        if (end[t] - start[t] != word.length()) {
            return false;
        }
        for (int k = 0; k < word.length(); k++) {
            if (text[start[t] + k] != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** Reads what begins at i and has no blank and no hard punctuation inside, or more where it is a known form. */
    private int chunk(int i) {
        int j = i;
        int letters = 0;
        int digits = 0;
        long h = 17;
        while (j < length) {
            char c = text[j];
            byte kind = kind(c);
            if (kind == LETTER) {
                letters++;
            } else if (kind == DIGIT) {
                digits++;
            } else if (kind != SOFT) {
                break;
            }
            h = h * 0x100000001b3L + c;
            j++;
        }
        if (letters == j - i) {
            return letters(i, j, mix(h));
        }
        if (j + 2 < length && text[j] == ':' && text[j + 1] == '/' && text[j + 2] == '/' && scheme(i, j)) {
            return url(i, j, mix(h));
        }
        if (digits == j - i) {
            return number(i, j);
        }
        if (letters + digits == 0) {
            // Punctuation alone: constant, and no place where a value could stand.
            return j;
        }
        return mixed(i, j, digits, mix(h));
    }

    private int letters(int i, int j, long h) {
        int n = j - i;
        if (j + 2 < length && text[j] == ':' && text[j + 1] == '/' && text[j + 2] == '/') {
            return url(i, j, h);
        }
        if (n == 1 && j + 1 < length && text[j] == ':' && (text[j + 1] == '\\' || text[j + 1] == '/')) {
            return windowsPath(i);
        }
        if (n == 2 && hexDigit(text[i]) && hexDigit(text[i + 1])) {
            int address = colonAddress(i);
            if (address > 0) {
                put(i, address, PartType.ADDRESS);
                return address;
            }
        }
        if (n == 3) {
            int date = calendarDate(i);
            if (date > 0) {
                return date;
            }
        }
        if (n == 4 || n == 5) {
            if (is(i, n, "true") || is(i, n, "false")) {
                put(i, j, PartType.BOOLEAN);
                return j;
            }
            if (is(i, n, "null") || is(i, n, "root") || is(i, n, "admin")) {
                put(i, j, PartType.TEXT);
                return j;
            }
        }
        if (n == 9 && is(i, n, "localhost") && portFollows(j)) {
            put(i, j, PartType.ADDRESS);
            return j;
        }
        if (n >= 8 && allHex(i, j)) {
            put(i, j, PartType.HEX);
            return j;
        }
        if (afterUser() && !preposition(i, n)) {
            put(i, j, PartType.USER);
            return j;
        }
        if (unit(i, n)) {
            word(i, j, UNIT, BYTES);
        } else {
            word(i, j, capitals(i, j) ? CAPITALS : WORD, h);
        }
        return j;
    }

    private boolean tokenIs(int t, String word) {
        return t >= 0 && type[t] < 0 && is(start[t], end[t] - start[t], word);
    }

    /** "for user", "invalid user": what follows is an account. "user" alone may begin a sentence. */
    private boolean afterUser() {
        int t = tokens - 1;
        return t > 0
                && tokenIs(t, "user")
                && lastGap + 1 < length
                && text[lastGap] == ' '
                && (tokenIs(t - 1, "for")
                        || tokenIs(t - 1, "invalid")
                        || tokenIs(t - 1, "illegal")
                        || tokenIs(t - 1, "unknown"));
    }

    /** Where the name is missing, the sentence goes on. */
    private boolean preposition(int i, int n) {
        return is(i, n, "from")
                || is(i, n, "by")
                || is(i, n, "on")
                || is(i, n, "at")
                || is(i, n, "in")
                || is(i, n, "is");
    }

    /** A unit of bytes behind a number. */
    private boolean unit(int i, int n) {
        if (n > 3
                || tokens == 0
                || type[tokens - 1] != PartType.NUMBER.ordinal()
                || lastGap != i - 1
                || text[lastGap] != ' ') {
            return false;
        }
        char last = text[i + n - 1];
        char first = text[i];
        if (last != 'B') {
            return false;
        }
        return n == 1
                || (first == 'K' || first == 'k' || first == 'M' || first == 'G' || first == 'T')
                        && (n == 2 || text[i + 1] == 'i');
    }

    /** All digits, from i to j: a number, or the start of a time, a date or an address with colons. */
    private int number(int i, int j) {
        int n = j - i;
        if (j < length && text[j] == ':' && n <= 4) {
            if (n == 2) {
                int address = colonAddress(i);
                if (address > 0) {
                    put(i, address, PartType.ADDRESS);
                    return address;
                }
            }
            int time = clock(i);
            if (time > 0) {
                put(i, time, PartType.TIME);
                return time;
            }
        }
        put(i, j, PartType.NUMBER);
        return j;
    }

    private static final String DAYS = "mon tue wed thu fri sat sun ";
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec ";

    /**
     * "Fri Jun 17 07:07:00 2005": what only blanks separate is one part, the colons stay, as between numbers elsewhere. Without
     * a time of day the date is one part. Returns where it ends, or -1 if it is no date.
     */
    private int calendarDate(int i) {
        int k = i;
        if (oneOf(k, DAYS)) {
            k = blanks(k + 3);
            if (k == i + 3) {
                return -1;
            }
        }
        if (!oneOf(k, MONTHS)) {
            return -1;
        }
        int day = blanks(k + 3);
        int behind = digits(day, length);
        if (day == k + 3 || behind == day || behind - day > 2) {
            return -1;
        }
        int hour = blanks(behind);
        int clock = hour > behind ? clock(hour) : -1;
        if (clock < 0) {
            if (behind < length && kind(text[behind]) >= LETTER) {
                return -1;
            }
            int lone = blanks(behind);
            int loneEnd = digits(lone, length);
            if (lone > behind && loneEnd - lone == 4 && (loneEnd == length || kind(text[loneEnd]) < LETTER)) {
                behind = loneEnd;
            }
            put(i, behind, PartType.TIME);
            return behind;
        }
        int year = blanks(clock);
        int yearEnd = digits(year, length);
        if (year > clock && yearEnd - year == 4 && (yearEnd == length || kind(text[yearEnd]) < LETTER)) {
            clock = yearEnd;
        }
        int colon = digits(hour, length);
        put(i, colon, PartType.TIME);
        int second = digits(colon + 1, length);
        if (second < clock && text[second] == ':') {
            putIfRoom(colon + 1, second, PartType.TIME);
            colon = second;
        }
        putIfRoom(colon + 1, clock, PartType.TIME);
        return clock;
    }

    private int url(int i, int j, long h) {
        word(i, j, WORD, h);
        int from = j + 3;
        int k = from;
        while (k < length && kind(text[k]) >= LETTER && text[k] != '/') {
            k++;
        }
        if (k == from && (k >= length || text[k] != '/')) {
            return from;
        }
        int host = k;
        if (k + 1 < length && text[k] == ':' && digit(k + 1)) {
            k = digits(k + 1, length);
        }
        if (k < length && text[k] == '/') {
            while (k < length && kind(text[k]) != SPACE && "\"')]},;|".indexOf(text[k]) < 0) {
                k++;
            }
            while (text[k - 1] == '.' || text[k - 1] == ':') {
                k--;
            }
            putIfRoom(from, k, PartType.URL);
            return k;
        }
        putIfRoom(from, host, PartType.URL);
        if (k > host) {
            putIfRoom(host + 1, k, PartType.NUMBER);
        }
        return k;
    }

    private void putIfRoom(int from, int to, PartType partType) {
        if (tokens < limits.tokens() && to > from) {
            put(from, to, partType);
        }
    }

    private int windowsPath(int i) {
        int k = i + 2;
        while (k < length && kind(text[k]) != SPACE && "\"'|,;)]}:".indexOf(text[k]) < 0) {
            k++;
        }
        while (text[k - 1] == '.') {
            k--;
        }
        put(i, k, PartType.PATH);
        return k;
    }

    /** Letters, digits and soft punctuation, not all of one kind. */
    private int mixed(int i, int j, int digits, long h) {
        // Ends that belong to no value: sentence dots, comparison signs, stars.
        int from = i;
        int to = j;
        while (from < to && "<>*~?^&#%.".indexOf(text[from]) >= 0) {
            from++;
        }
        while (to > from && "<>*~?^&#%.-".indexOf(text[to - 1]) >= 0) {
            to--;
        }
        if (from == to) {
            return j;
        }
        if (from > i && (text[from - 1] == '<' || text[from - 1] == '>') && digits(from, to) == to) {
            int unit = blanks(to);
            int unitEnd = unit;
            while (letter(unitEnd)) {
                unitEnd++;
            }
            if (unit > to && timeUnit(unit, unitEnd)) {
                // "<1 sec" is one value.
                put(from - 1, unitEnd, PartType.DURATION);
                return unitEnd;
            }
        }
        if (afterUser() && !preposition(from, to - from)) {
            put(from, to, PartType.USER);
            return absorbed(to, j);
        }
        int slashes = 0;
        int at = -1;
        int dots = 0;
        int dashes = 0;
        int others = 0;
        for (int k = from; k < to; k++) {
            switch (text[k]) {
                case '/', '\\' -> slashes++;
                case '@' -> at = k;
                case '.' -> dots++;
                case '-' -> dashes++;
                case '#', '$', '%', '&', '+' -> others++;
                default -> {}
            }
        }
        if (slashes > 0) {
            int done = slashed(from, to, j, slashes, dots, digits);
            if (done > 0) {
                return done;
            }
        } else if (at > from && at < to - 1) {
            int done = at(from, at, to, j);
            if (done > 0) {
                return done;
            }
        } else if (digits == 0) {
            if (dots > 0 && (domain(from, to) || to == j && wellKnownPortFollows(j) && hostLike(from, to))) {
                put(from, to, PartType.ADDRESS);
                return absorbed(to, j);
            }
            byte wordLook = dots >= 2 ? DOTTED : capitals(from, to) ? CAPITALS : snake(from, to) ? SNAKE : WORD;
            if (wordLook == DOTTED && to == j && j + 1 < length && text[j] == ':' && digit(j + 1)) {
                int behind = digits(j + 1, length);
                if (behind == length || kind(text[behind]) < LETTER) {
                    // A method and the number of a line.
                    put(from, behind, PartType.TEXT);
                    return behind;
                }
            }
            if (wordLook == DOTTED && behindEquals(from)) {
                // The name of a class or package as a value.
                put(from, to, PartType.TEXT);
                return absorbed(to, j);
            }
            if (from == i && to == j) {
                word(from, to, wordLook, h);
            } else {
                int closed = closed(to, j);
                word(i, closed, wordLook, hash(i, closed));
            }
            return j;
        }
        if (digits > 0 && slashes == 0) {
            return withDigits(from, to, j, digits, dots, dashes, others, at);
        }
        int closed = closed(to, j);
        word(i, closed, WORD, hash(i, closed));
        return j;
    }

    /** Closing marks that are no delimiters are part of the variable part before them; dots, dashes and per cent are not. */
    private int absorbed(int to, int j) {
        int k = closed(to, j);
        end[tokens - 1] = k;
        lastGap = k;
        return j;
    }

    private int slashed(int from, int to, int j, int slashes, int dots, int digits) {
        if (tokens > 0
                && type[tokens - 1] >= 0
                && (type[tokens - 1] == PartType.PATH.ordinal() || type[tokens - 1] == PartType.URL.ordinal())
                && from == lastGap + 1
                && text[lastGap] == ' '
                && to - from >= 6
                && is(from, 4, "http")
                && text[from + 4] == '/'
                && digit(from + 5)) {
            // "GET /path HTTP/1.1": target and version are one.
            end[tokens - 1] = to;
            lastGap = to;
            return j;
        }
        boolean absolute = text[from] == '/' || text[from] == '\\';
        if (absolute) {
            if (to - from == 1) {
                return -1;
            }
            int v4 = ipv4(from + 1, to);
            if (v4 == to) {
                put(from, to, PartType.ADDRESS);
                return absorbed(to, j);
            }
            // A dot behind a path may be its own.
            put(from, j, PartType.PATH);
            return j;
        }
        if (digits > 0 && date(from, to)) {
            int clock = j < length && text[j] == ':' ? clock(j + 1) : -1;
            if (clock > 0) {
                put(from, clock, PartType.TIME);
                return clock;
            }
            put(from, to, PartType.TIME);
            return absorbed(to, j);
        }
        if (slashes >= 2 || digits == 0 && dots > 0) {
            put(from, to, PartType.PATH);
            return absorbed(to, j);
        }
        if (digits == 0) {
            return -1;
        }
        int slash = from;
        while (text[slash] != '/' && text[slash] != '\\') {
            slash++;
        }
        if (slash == to - 1) {
            return -1;
        }
        int v4 = ipv4(slash + 1, to);
        if (v4 == to) {
            put(from, slash, PartType.ADDRESS);
            putIfRoom(slash + 1, to, PartType.ADDRESS);
            return absorbed(to, j);
        }
        part(from, slash);
        if (tokens < limits.tokens()) {
            part(slash + 1, to);
        }
        return absorbedIfVariable(to, j);
    }

    private int absorbedIfVariable(int to, int j) {
        if (type[tokens - 1] >= 0) {
            return absorbed(to, j);
        }
        return j;
    }

    /** name@host is an address of mail; class@hash is a class and a hash. */
    private int at(int from, int at, int to, int j) {
        boolean hex = allHex(at + 1, to) && to - at > 4;
        if (hex) {
            boolean dotted = false;
            for (int k = from; k < at; k++) {
                dotted |= text[k] == '.';
            }
            if (dotted || digits(from, at) == at) {
                put(from, at, dotted ? PartType.TEXT : PartType.NUMBER);
            } else {
                part(from, at);
            }
            putIfRoom(at + 1, to, PartType.HEX);
            return absorbedIfVariable(to, j);
        }
        if (domain(at + 1, to)) {
            put(from, to, PartType.EMAIL);
            return absorbed(to, j);
        }
        return -1;
    }

    private int withDigits(int from, int to, int j, int digits, int dots, int dashes, int others, int at) {
        if (dots + dashes + others == 0 && at < 0) {
            int done = part(from, to);
            return done > to ? done : absorbedIfVariable(to, j);
        }
        if (uuid(from, to)) {
            put(from, to, PartType.UUID);
            return absorbed(to, j);
        }
        if (dots == 3 && ipv4(from, to) == to) {
            put(from, to, PartType.ADDRESS);
            return absorbed(to, j);
        }
        if (date(from, to)) {
            int clock = -1;
            if (to == j && j + 1 < length && text[j] == ' ') {
                clock = clock(j + 1);
            }
            put(from, clock > 0 ? clock : to, PartType.TIME);
            return clock > 0 ? clock : absorbed(to, j);
        }
        if (to == j && to - from >= 11 && date(from, from + 10) && text[from + 10] == 'T') {
            int hour = from + 11;
            int clock = clock(hour);
            if (clock > 0) {
                put(from, clock, PartType.TIME);
                return clock;
            }
        }
        int number = signedOrDotted(from, to, dashes);
        if (number > 0) {
            return number == to ? absorbed(to, j) : j;
        }
        if (others == 0 && at < 0 && (dashes > 0 || dots > 0)) {
            if (domain(from, to) || to == j && portFollows(j) && hostLike(from, to)) {
                put(from, to, PartType.ADDRESS);
                return absorbed(to, j);
            }
        }
        if (dots >= 2 && dashes == 0 && at < 0 && digits <= 2 && identifiers(from, to)) {
            // org.example.v2.Http2Client is the name of a class, as it would be without the digits.
            if (behindEquals(from)) {
                put(from, to, PartType.TEXT);
                return absorbed(to, j);
            }
            word(from, to, DOTTED, hash(from, to));
            return j;
        }
        int mixedParts = 0;
        int numbers = 0;
        int all = 0;
        boolean generated = false;
        int k = from;
        while (k < to) {
            int behind = partEnd(k, to);
            all++;
            int digitsEnd = digits(k, behind);
            if (digitsEnd == behind && behind > k) {
                numbers++;
            } else {
                int partDigits = 0;
                boolean hasLetter = false;
                for (int c = k; c < behind; c++) {
                    partDigits += text[c] >= '0' && text[c] <= '9' ? 1 : 0;
                    hasLetter |= kind(text[c]) == LETTER;
                }
                if (partDigits > 0 && hasLetter) {
                    mixedParts++;
                    generated |= partDigits >= 6;
                }
            }
            k = behind + 1;
        }
        if (others == 0 && at < 0 && (mixedParts >= 2 || numbers >= 3 && dashes >= 2 || generated && all >= 3)) {
            put(from, to, PartType.ID);
            return absorbed(to, j);
        }
        return parts(from, to, j);
    }

    private int parts(int from, int to, int j) {
        int k = from;
        while (k < to) {
            int behind = partEnd(k, to);
            if (behind > k) {
                if (tokens >= limits.tokens()) {
                    return k; // the caller makes one part of the rest
                }
                if (digits(k, behind) == behind) {
                    // Numbers with single dots between them are one.
                    while (behind + 1 < to && text[behind] == '.' && digit(behind + 1)) {
                        int next = partEnd(behind + 1, to);
                        if (digits(behind + 1, next) != next) {
                            break;
                        }
                        behind = next;
                    }
                    boolean sign = k > from
                            && (text[k - 1] == '-' || text[k - 1] == '+')
                            && (k - 1 == from || kind(text[k - 2]) == SOFT && text[k - 2] != '.');
                    put(sign ? k - 1 : k, behind, PartType.NUMBER);
                } else {
                    part(k, behind);
                }
            }
            k = behind + 1;
        }
        return absorbedIfVariable(to, j);
    }

    /** A number with sign, dots or exponent, or a version, up to the end; -1 if it is neither. */
    private int signedOrDotted(int from, int to, int dashes) {
        int k = from;
        boolean v = (text[k] == 'v' || text[k] == 'V') && digit(k + 1);
        if (v) {
            k++;
        } else if (text[k] == '-' || text[k] == '+') {
            k++;
        }
        int first = k;
        k = digits(k, to);
        if (k == first) {
            return -1;
        }
        int groups = 0;
        while (k + 1 < to && text[k] == '.' && digit(k + 1)) {
            k = digits(k + 1, to);
            groups++;
        }
        if (k == to) {
            put(from, to, v || groups >= 2 ? PartType.VERSION : PartType.NUMBER);
            return to;
        }
        if (groups > 0 || v) {
            if (text[k] == '-' && k + 1 < to) {
                boolean rest = true;
                for (int r = k + 1; r < to; r++) {
                    char c = text[r];
                    rest &= c >= '0' && c <= '9' || c == '.' || c == '-';
                }
                if (rest) {
                    put(from, to, PartType.VERSION);
                    return to;
                }
            }
            int unit = k;
            while (unit < to && kind(text[unit]) == LETTER) {
                unit++;
            }
            if (unit == to) {
                put(from, to, measured(k, to));
                return to;
            }
        }
        if ((text[k] == 'e' || text[k] == 'E')
                && k + 2 < to
                && (text[k + 1] == '-' || text[k + 1] == '+')
                && digits(k + 2, to) == to) {
            put(from, to, PartType.NUMBER);
            return to;
        }
        if (first > from && !v && dashes == 1 && groups == 0) {
            // A signed number with a unit.
            int unit = k;
            while (unit < to && kind(text[unit]) == LETTER) {
                unit++;
            }
            if (unit == to) {
                put(from, to, measured(k, to));
                return to;
            }
        }
        return -1;
    }

    private PartType measured(int unit, int to) {
        return timeUnit(unit, to) ? PartType.DURATION : sizeUnit(unit, to) ? PartType.SIZE : PartType.ID;
    }

    /** Letters, digits and underscores without punctuation between. Returns where it ends. */
    private int part(int from, int to) {
        int firstLetters = from;
        while (firstLetters < to && !(text[firstLetters] >= '0' && text[firstLetters] <= '9')) {
            firstLetters++;
        }
        if (firstLetters == to) {
            int n = to - from;
            if (is(from, n, "true") || is(from, n, "false")) {
                put(from, to, PartType.BOOLEAN);
            } else if (is(from, n, "null") || is(from, n, "root") || is(from, n, "admin")) {
                put(from, to, PartType.TEXT);
            } else {
                word(from, to, snake(from, to) ? SNAKE : capitals(from, to) ? CAPITALS : WORD, hash(from, to));
            }
            return to;
        }
        int leading = digits(from, to);
        if (leading == to) {
            put(from, to, PartType.NUMBER);
            return to;
        }
        if (to - from > 2 && text[from] == '0' && (text[from + 1] | 0x20) == 'x') {
            put(from, to, PartType.HEX);
            return to;
        }
        if (to - from == 2 && hexDigit(text[from]) && hexDigit(text[from + 1])) {
            int address = colonAddress(from);
            if (address > 0) {
                put(from, address, PartType.ADDRESS);
                return address;
            }
        }
        if (to - from >= 6 && allHex(from, to)) {
            put(from, to, PartType.HEX);
            return to;
        }
        if (leading > from) {
            put(from, to, measured(leading, to));
            return to;
        }
        if (text[from] == 'v' && digits(from + 1, to) == to) {
            put(from, to, PartType.VERSION);
            return to;
        }
        int count = 0;
        int groups = 0;
        boolean joined = false;
        for (int k = from; k < to; k++) {
            if (text[k] >= '0' && text[k] <= '9') {
                count++;
                if (text[k - 1] < '0' || text[k - 1] > '9') {
                    groups++;
                    joined |= kind(text[k - 1]) == SOFT;
                }
            }
        }
        if (count >= 3 || groups >= 2 || joined) {
            put(from, to, PartType.ID);
        } else if (afterUser()) {
            put(from, to, PartType.USER);
        } else {
            word(from, to, ALNUM, hash(from, to));
        }
        return to;
    }
}
