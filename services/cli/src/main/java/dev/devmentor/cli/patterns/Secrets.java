package dev.devmentor.cli.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts and command lines what lets somebody in. It goes by looks: names that secrets have (password, token,
 * key ...), addresses with a user's name and password, and the forms of well-known tokens.
 */
final class Secrets {
    static final String MASK = "***";

    private static final String NAME =
            "(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api[-_.]?key|access[-_.]?key|private[-_.]?key)";

    /** name=value, name: value, "name": "value"; possessive, so that no text takes long. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)(\\b[\\w.-]{0,40}?" + NAME + "[\\w.-]{0,24}+[\"']?\\s{0,2}+[=:]\\s{0,2}+)"
                    + "(\"[^\"\\n]{1,400}+\"|'[^'\\n]{1,400}+'|[^\\s,;&\"')\\]}]{1,400}+)");

    private static final Pattern USER_INFO =
            Pattern.compile("\\b([A-Za-z][A-Za-z0-9+.-]{1,20}+://)[^\\s/@\"'<>]{1,300}+@");

    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(bearer|basic|digest)(\\s{1,2}+)[A-Za-z0-9+/_.~=-]{8,4000}+");

    private static final Pattern WELL_KNOWN = Pattern.compile(
            "\\b(?:gh[pousr]_[A-Za-z0-9]{20,255}+"
                    + "|github_pat_[A-Za-z0-9_]{20,255}+|glpat-[A-Za-z0-9_-]{16,64}+|xox[abprs]-[A-Za-z0-9-]{10,255}+"
                    + "|AKIA[A-Z0-9]{16}|ASIA[A-Z0-9]{16}|npm_[A-Za-z0-9]{30,64}+|sk-[A-Za-z0-9_-]{20,255}+"
                    + "|AIza[A-Za-z0-9_-]{30,40}+|eyJ[A-Za-z0-9_-]{8,4000}+\\.[A-Za-z0-9_-]{8,8000}+\\.[A-Za-z0-9_-]{0,2000}+)");

    private static final Pattern KEY_BLOCK =
            Pattern.compile("(?s)(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----).{0,10000}?(-----END|\\z)");

    private static final Pattern OPTION = Pattern.compile("(?i)-{1,2}[\\w.-]{0,40}?" + NAME + "[\\w.-]{0,24}");

    private Secrets() {}

    /** A text of one or many lines. */
    static String mask(String text) {
        String out = text;
        if (out.contains("PRIVATE KEY-----")) {
            out = KEY_BLOCK.matcher(out).replaceAll("$1" + MASK + "$2");
        }
        if (out.contains("://")) {
            out = USER_INFO.matcher(out).replaceAll("$1" + MASK + "@");
        }
        out = BEARER.matcher(out).replaceAll("$1$2" + MASK);
        out = WELL_KNOWN.matcher(out).replaceAll(MASK);
        Matcher named = NAMED.matcher(out);
        return named.replaceAll(found -> Matcher.quoteReplacement(found.group(1) + MASK));
    }

    /** A command line as one text: also what stands behind an option that says what it is. */
    static String maskCommand(List<String> command) {
        List<String> out = new ArrayList<>();
        boolean secret = false;
        boolean user = false;
        for (String word : command) {
            if (secret && !word.startsWith("-")) {
                out.add(MASK);
            } else if (user && word.indexOf(':') > 0) {
                out.add(word.substring(0, word.indexOf(':') + 1) + MASK);
            } else {
                out.add(quoted(mask(word)));
            }
            secret = OPTION.matcher(word).matches();
            user = word.equals("-u") || word.equals("--user");
        }
        return Texts.cutEnd(String.join(" ", out), 1024);
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == 0);
        return plain ? word : "'" + word.replace('\0', ' ') + "'";
    }
}
