package dev.devmentor.pbml.share;

import dev.devmentor.pbml.engine.template.MessageMask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as everyone may see them: besides what {@link MessageMask} takes out, names of files, whatever is quoted or assigned,
 * what stands behind words such as "account" or "token", and everything that has a sign of a path or an address. Words that are
 * left may still be somebody's name; so a text becomes everyone's only if several people showed the same.
 */
final class PublicText {
    private static final String TAKEN_OUT = "<*>";
    private static final int LONGEST = 300;

    /** Quotation marks that don't stand between letters, as an apostrophe does. */
    private static final Pattern QUOTED = Pattern.compile(
            "(?<![\\p{L}\\p{N}])([\"'`])(?:(?!\\1).)+\\1(?![\\p{L}\\p{N}])|[\u2018\u201c\u00ab\u201e][^\u2019\u201d\u00bb\u201c]*[\u2019\u201d\u00bb\u201c]");

    private static final Pattern ASSIGNED = Pattern.compile("(?<==)\\s*[^\\s,;)\\]}]+");

    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b(password|passwd|passphrase|pwd|secret|token|credentials?|api[-_ ]?key|key|authorization|bearer"
                    + "|account|user|username|login|principal|e-?mail|owner|author|customer|host|hostname)\\b"
                    + "(\\s*:\\s*|\\s+)([^\\s,;)\\]}]+)");

    /** Of an address, a path or a home folder. */
    private static final Pattern SIGNED = Pattern.compile("\\S*[@/\\\\~]\\S*");

    /** As names of source files are: without a folder, and with one dot. */
    private static final Pattern FILE =
            Pattern.compile("(?<![\\p{L}\\p{N}_.$-])\\p{L}[\\p{L}\\p{N}_$-]*\\.[a-z]{1,5}(?![\\p{L}\\p{N}_.$-])");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:+#-]{0,63}");

    private PublicText() {}

    /** @param mask is used and not kept */
    static String of(String text, MessageMask mask) {
        String shown = mask.mask(text);
        shown = QUOTED.matcher(shown).replaceAll(TAKEN_OUT);
        shown = ASSIGNED.matcher(shown).replaceAll(TAKEN_OUT);
        shown = NAMED.matcher(shown)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + found.group(2) + TAKEN_OUT));
        shown = SIGNED.matcher(shown).replaceAll(TAKEN_OUT);
        shown = FILE.matcher(shown).replaceAll(TAKEN_OUT);
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
    }

    /** Whether the name of a question or a skill can be shown as it is. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches() && !FILE.matcher(name).find();
    }
}
