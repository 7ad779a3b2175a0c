package dev.devmentor.pbml.engine.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a folded text into words and weighs each by where it stands and what it looks like. Everything is decided by the text
 * alone and in one pass; the time it takes grows with the length.
 */
final class Words {

    /** Longer ones are cut: no name is as long, base64 is. */
    private static final int LONGEST_WORD = 64;
    /** A joined name of camel case or snake case above this length is no word that comes twice. */
    private static final int LONGEST_NAME = 48;

    /** After so many words no further name is read; what people write in {@link Embedder#MOST_CHARACTERS} has fewer. */
    private static final int MOST_WORDS = 12_288;

    private static final double FOLDER = .5;
    private static final double HOST = .2;
    private static final double QUOTED = .4;
    private static final double JOINED = .5;
    private static final double CODE = .6;
    private static final double VARIABLE = .05;
    /** From here on a word may belong to a phrase. */
    private static final double OF_PHRASES = .5;

    private static final Set<String> BEFORE_A_CODE =
            Set.of("http", "status", "code", "error", "errno", "exit", "signal", "rfc", "sqlstate");
    private static final Set<String> TOP_LEVEL =
            Set.of("com", "net", "org", "io", "dev", "local", "internal", "cloud", "edu", "gov", "cluster", "lan");

    private final String text;
    private int emitted;
    /** Words that phrases are looked for in, in their order, with their weights. */
    private final List<String> stems = new ArrayList<>();

    private final List<Double> weights = new ArrayList<>();
    private final Features features = new Features();

    private Words(String text) {
        this.text = text;
    }

    /** What counts of a text that {@link Folding} folded. */
    static Features of(String text) {
        Words words = new Words(text);
        words.cut();
        Vocabulary.add(words.stems, words.weights, words.features);
        return words.features;
    }

    /** The stems of a phrase. */
    static List<String> stems(String phrase) {
        Words words = new Words(phrase);
        words.cut();
        return words.stems;
    }

    private void cut() {
        int i = 0;
        while (i < text.length() && emitted < MOST_WORDS) {
            int from = i;
            while (i < text.length() && !blank(text.charAt(i))) {
                i++;
            }
            if (i > from) {
                chunk(from, i);
            }
            i++;
        }
    }

    private static boolean blank(char c) {
        return c <= ' ' || Character.isWhitespace(c) || c == '\u00a0';
    }

    /** What stands between blanks: a word, a path, a name with dots, an address. */
    private void chunk(int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && "([{<\"'`,;:=\u2018\u201c".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && ")]}>\"'`,;:.!?\u2019\u201d".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        if (from == to) {
            return;
        }
        double factor = quoted(begin, from, to, end) ? QUOTED : 1;
        int scheme = text.indexOf("://", from, to);
        if (scheme >= 0 && scheme + 3 < to) {
            path(scheme + 3, to, factor * FOLDER, true);
        } else if (isPath(from, to)) {
            path(from, to, factor, false);
        } else {
            dotted(from, to, factor);
        }
    }

    private boolean quoted(int begin, int from, int to, int end) {
        return from > begin
                && to < end
                && "\"'`\u2018\u201c".indexOf(text.charAt(from - 1)) >= 0
                && "\"'`\u2019\u201d".indexOf(text.charAt(to)) >= 0;
    }

    /** A separator at the start, two of them, or one and a dot behind it; and/or is none. */
    private boolean isPath(int from, int to) {
        int separators = 0;
        int last = from;
        for (int i = from; i < to; i++) {
            if (separator(i)) {
                separators++;
                last = i;
            }
        }
        return separators > 1 || separators == 1 && (separator(from) || text.indexOf('.', last, to) >= 0);
    }

    private boolean separator(int i) {
        return text.charAt(i) == '/' || text.charAt(i) == '\\';
    }

    /** Folders say less than the name at the end; a host says little. */
    private void path(int begin, int end, double factor, boolean host) {
        int last = begin;
        for (int i = begin; i < end - 1; i++) {
            if (separator(i)) {
                last = i + 1;
            }
        }
        int from = begin;
        for (int i = begin; i <= end; i++) {
            if (i == end || separator(i)) {
                if (i > from) {
                    double place = from == last ? 1 : FOLDER;
                    dotted(from, i, factor * (host && from == begin ? HOST : place));
                }
                from = i + 1;
            }
        }
    }

    /** In a name with dots the last part counts, in that of a file the one before its ending. */
    private void dotted(int begin, int end, double factor) {
        int dots = 0;
        int last = -1;
        for (int i = begin + 1; i < end - 1; i++) {
            if (text.charAt(i) == '.' && nameAround(i)) {
                dots++;
                last = i;
            }
        }
        if (dots == 0) {
            runs(begin, end, factor);
            return;
        }
        String ending = text.substring(last + 1, end).toLowerCase(Locale.ROOT);
        if (TOP_LEVEL.contains(ending)) {
            runs(begin, end, factor * HOST);
        } else if (dots == 1 && ending.length() <= 5 && lower(last + 1, end)) {
            runs(begin, last, factor);
            runs(last, end, factor * FOLDER);
        } else {
            runs(begin, last, factor * (dots == 1 ? .6 : FOLDER));
            runs(last, end, factor);
        }
    }

    private boolean nameAround(int dot) {
        return Character.isLetter(text.charAt(dot - 1)) && Character.isLetter(text.charAt(dot + 1));
    }

    private boolean lower(int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isUpperCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Letters and digits that are joined by nothing but _ - $ or camel case are one name of several words. */
    private void runs(int begin, int end, double factor) {
        int i = begin;
        while (i < end && emitted < MOST_WORDS) {
            if (!inWord(text.codePointAt(i))) {
                i += Character.charCount(text.codePointAt(i));
                continue;
            }
            int from = i;
            while (i < end && (inWord(text.codePointAt(i)) || joint(i, end))) {
                i += Character.charCount(text.codePointAt(i));
            }
            i = Math.min(i, end); // a character of two units may reach beyond
            name(from, i, factor);
            if (negated(i, end)) {
                emit("not", factor);
                i += 2;
            }
        }
    }

    private boolean joint(int i, int end) {
        char c = text.charAt(i);
        return (c == '_' || c == '-' || c == '$') && i + 1 < end && inWord(text.codePointAt(i + 1));
    }

    /** doesn't. */
    private boolean negated(int i, int end) {
        return i + 1 < end
                && (text.charAt(i) == '\'' || text.charAt(i) == '\u2019')
                && text.charAt(i - 1) == 'n'
                && text.charAt(i + 1) == 't'
                && (i + 2 == end || !inWord(text.codePointAt(i + 2)));
    }

    private static boolean inWord(int c) {
        return c < 128
                ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                : Character.isLetterOrDigit(c) || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private void name(int from, int to, double factor) {
        if (number(from, to, factor)) {
            return;
        }
        int parts = 0;
        StringBuilder joined = new StringBuilder();
        int i = from;
        while (i < to) {
            if (!inWord(text.codePointAt(i))) {
                i++;
                continue;
            }
            int next = part(i, to);
            if (digit(i)) {
                features.whole("<number>", VARIABLE * factor);
            } else {
                parts++;
                if (joined.length() < LONGEST_NAME) {
                    joined.append(text, i, next);
                }
                word(i, next, factor);
            }
            i = next;
        }
        if (parts > 1 && joined.length() <= LONGEST_NAME) {
            features.whole(joined.toString().toLowerCase(Locale.ROOT), JOINED * factor);
        }
    }

    /** A number says something only as the code of a state or of an error; so do TS2322 and ORA-00942. */
    private boolean number(int from, int to, double factor) {
        int digits = 0;
        int letters = 0;
        int capitals = 0;
        boolean hex = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            letters += Character.isLetter(c) ? 1 : 0;
            capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
            hex &= c == '-' || Character.digit(c, 16) >= 0 || c == 'x' && i == from + 1;
        }
        if (digits == 0) {
            return false;
        }
        if (letters == 0 && digits == to - from) {
            boolean code = digits <= 5 && !stems.isEmpty() && BEFORE_A_CODE.contains(stems.getLast());
            if (code) {
                stems.add(text.substring(from, to));
                weights.add(CODE * factor);
            } else {
                features.whole("<number>", VARIABLE * factor);
            }
            return true;
        }
        boolean code = capitals == letters && letters > 0 && letters <= 4 && digits >= 3 && digits <= 5;
        if (code && text.charAt(to - 1) <= '9' && text.charAt(from) >= 'A') {
            features.whole(text.substring(from, to), CODE * factor);
            return true;
        }
        if (hex && to - from >= 6 || text.charAt(from) == '0' && to - from > 2 && text.charAt(from + 1) == 'x') {
            features.whole("<hex>", VARIABLE * factor);
            return true;
        }
        return letters == 0;
    }

    private boolean digit(int i) {
        return text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    /** Where the word that begins at i ends: aB, AAa before the last two, a1, 1a, at a joint. */
    private int part(int from, int to) {
        int i = from + Character.charCount(text.codePointAt(from));
        while (i < to) {
            int before = text.charAt(i - 1);
            int c = text.charAt(i);
            if (c == '_' || c == '-' || c == '$' || digit(i) != digit(i - 1)) {
                break;
            }
            boolean upper = Character.isUpperCase(c);
            if (upper && !Character.isUpperCase(before)) {
                break;
            }
            if (upper && i + 1 < to && i > from && Character.isLowerCase(text.charAt(i + 1))) {
                break;
            }
            i++;
        }
        return Math.min(i, to);
    }

    private void word(int from, int to, double factor) {
        if (ideographic(text.codePointAt(from))) {
            ideographs(from, to, factor);
            return;
        }
        for (int i = from; i < to; i += LONGEST_WORD) {
            String word = text.substring(i, Math.min(to, i + LONGEST_WORD)).toLowerCase(Locale.ROOT);
            switch (word) {
                case "cannot" -> {
                    emit("can", factor);
                    emit("not", factor);
                }
                case "doesn", "don", "didn", "isn", "aren", "wasn", "weren", "hasn", "haven", "couldn", "wouldn" ->
                    emit(word.substring(0, word.length() - 1), factor);
                default -> emit(Stem.of(word), factor);
            }
        }
    }

    /** No blanks between words, most of which have two characters: all pairs are words. */
    private void ideographs(int from, int to, double factor) {
        int i = from;
        int next = i + Character.charCount(text.codePointAt(i));
        if (next >= to) {
            emit(text.substring(from, to), factor);
        }
        while (next < to && emitted < MOST_WORDS) {
            int after = Math.min(to, next + Character.charCount(text.codePointAt(next)));
            emit(text.substring(i, after), factor);
            i = next;
            next = after;
        }
    }

    private static boolean ideographic(int c) {
        return c >= 0x2e80 && (Character.isIdeographic(c) || c >= 0x3040 && c <= 0x30ff);
    }

    private void emit(String stem, double factor) {
        emitted++;
        double weight = Vocabulary.weight(stem) * factor;
        if (factor >= OF_PHRASES) {
            stems.add(stem);
            weights.add(weight);
        } else {
            features.word(stem, weight);
        }
    }
}
