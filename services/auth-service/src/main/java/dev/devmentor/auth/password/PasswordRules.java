package dev.devmentor.auth.password;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are refused (NIST SP 800-63B 5.1.1.2, OWASP ASVS 4.0 V2.1): too short, too long, common, or guessed from what
 * everybody knows. No rule asks for kinds of characters.
 */
final class PasswordRules {
    /** Fewest characters, counted as Unicode code points of the NFKC form. */
    static final int SHORTEST = 12;
    /** Most characters. Nothing is cut off. */
    static final int LONGEST = 256;

    private static final int LEAST_OWN_CHARACTERS = 6;
    private static final int LEAST_DIFFERENT = 5;
    private static final int SHORTEST_NAME = 4;
    private static final int SHORTEST_RUN = 3;
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern BETWEEN = Pattern.compile("[\\s._,;:!?'/|*#+-]+");
    private static final List<String> ROWS = List.of(
            "1234567890-=",
            "qwertyuiop[]",
            "asdfghjkl;'",
            "zxcvbnm,./",
            "qwertzuiopü",
            "azertyuiop",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm");

    private final CommonPasswords common;

    PasswordRules(CommonPasswords common) {
        this.common = common;
    }

    int listed() {
        return common.size();
    }

    /**
     * Why a password is refused, for its person; null if it is not.
     *
     * @param names that must not be in it: of the person, of the site
     */
    @Nullable String refusal(String password, List<String> names) {
        String text = Normalizer.normalize(password, Normalizer.Form.NFKC);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST) {
            return "the password has fewer than " + SHORTEST + " characters";
        }
        if (length > LONGEST) {
            return "the password has more than " + LONGEST + " characters";
        }
        if (text.indexOf('\0') >= 0) {
            return "the password has a character that no keyboard types";
        }
        // An accent is as soon tried as none.
        String lower = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        if (lower.codePoints().distinct().count() < LEAST_DIFFERENT || isRepeated(lower)) {
            return "the password repeats itself";
        }
        if (withoutRuns(lower) < LEAST_OWN_CHARACTERS) {
            return "the password is a row of neighbouring characters";
        }
        Set<String> spellings = spellings(lower);
        for (String name : names) {
            String own = name.toLowerCase(Locale.ROOT);
            if (own.length() >= SHORTEST_NAME && spellings.stream().anyMatch(spelling -> spelling.contains(own))) {
                return "the password contains your name, your address or ours";
            }
        }
        if (isCommon(lower)) {
            return "the password is one that many people have, or nearly";
        }
        return null;
    }

    /** The text as it is, and as it is meant where signs stand for letters. */
    private static Set<String> spellings(String lower) {
        Set<String> spellings = new HashSet<>();
        spellings.add(lower);
        spellings.add(plain(lower, 'i'));
        spellings.add(plain(lower, 'l'));
        return spellings;
    }

    private static String plain(String text, char one) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            plain.append(
                    switch (text.charAt(i)) {
                        case '4', '@' -> 'a';
                        case '8' -> 'b';
                        case '(' -> 'c';
                        case '3', '€' -> 'e';
                        case '6', '9' -> 'g';
                        case '1', '!', '|' -> one;
                        case '0' -> 'o';
                        case '5', '$' -> 's';
                        case '7', '+' -> 't';
                        case '2' -> 'z';
                        default -> text.charAt(i);
                    });
        }
        return plain.toString();
    }

    /** Itself, without digits and signs around it, or put together from two: dates and exclamation marks are tried first. */
    private boolean isCommon(String lower) {
        List<String> cores =
                new ArrayList<>(List.of(lower, BETWEEN.matcher(lower).replaceAll("")));
        int end = lower.length();
        // With as much cut off at the end as may be an addition; the rest has to be a common one.
        while (end > SHORTEST_NAME && lower.length() - end < 8 && !Character.isLetter(lower.codePointBefore(end))) {
            end--;
            cores.add(lower.substring(0, end));
        }
        int start = 0;
        while (start < end - SHORTEST_NAME && start < 8 && !Character.isLetter(lower.codePointAt(start))) {
            start++;
            cores.add(lower.substring(start, end));
            cores.add(lower.substring(start));
        }
        return cores.stream().flatMap(core -> spellings(core).stream()).anyMatch(this::isListed);
    }

    private boolean isListed(String core) {
        if (common.contains(core) || isRepeatedCommon(core)) {
            return true;
        }
        for (int cut = SHORTEST_NAME; cut <= core.length() - SHORTEST_NAME; cut++) {
            if (common.contains(core.substring(0, cut)) && common.contains(core.substring(cut))) {
                return true;
            }
        }
        return false;
    }

    private boolean isRepeatedCommon(String text) {
        int period = period(text);
        return period < text.length() && common.contains(text.substring(0, period));
    }

    private static boolean isRepeated(String text) {
        return period(text) <= text.length() / 2 && period(text) < 8;
    }

    /** Smallest number of characters after which the text begins anew. */
    private static int period(String text) {
        for (int period = 1; period < text.length(); period++) {
            if (text.regionMatches(0, text, period, text.length() - period)) {
                return period;
            }
        }
        return text.length();
    }

    /** Characters that are left if each row of neighbours, in the alphabet or on a keyboard, is one. */
    private static int withoutRuns(String text) {
        int left = 0;
        int i = 0;
        while (i < text.length()) {
            int run = Math.max(run(text, i, 1), run(text, i, -1));
            for (String row : ROWS) {
                run = Math.max(run, runIn(text, i, row));
                run = Math.max(
                        run, runIn(text, i, new StringBuilder(row).reverse().toString()));
            }
            left++;
            i += run >= SHORTEST_RUN ? run : 1;
        }
        return left;
    }

    private static int run(String text, int from, int step) {
        int length = 1;
        while (from + length < text.length() && text.charAt(from + length) - text.charAt(from + length - 1) == step) {
            length++;
        }
        return length;
    }

    private static int runIn(String text, int from, String row) {
        int at = row.indexOf(text.charAt(from));
        int length = 1;
        while (at >= 0
                && from + length < text.length()
                && at + length < row.length()
                && text.charAt(from + length) == row.charAt(at + length)) {
            length++;
        }
        return length;
    }
}
