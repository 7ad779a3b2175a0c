package dev.devmentor.anki;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text of HTML as Anki's fields hold it: what a person reads, without anything that a browser would do. Nothing of
 * the markup is kept, so nothing of it can be run later. One pass; the time grows with the length and nothing else.
 */
public final class HtmlText {
    private static final Set<String> LINES = Set.of(
            "address",
            "article",
            "blockquote",
            "br",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tr",
            "ul");
    private static final Set<String> MEDIA = Set.of("audio", "embed", "img", "input", "object", "source", "video");
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ensp", " "),
            Map.entry("emsp", " "),
            Map.entry("thinsp", " "),
            Map.entry("hellip", "…"),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("laquo", "«"),
            Map.entry("raquo", "»"),
            Map.entry("larr", "←"),
            Map.entry("rarr", "→"),
            Map.entry("rArr", "⇒"),
            Map.entry("harr", "↔"),
            Map.entry("times", "×"),
            Map.entry("divide", "÷"),
            Map.entry("minus", "−"),
            Map.entry("plusmn", "±"),
            Map.entry("middot", "·"),
            Map.entry("bull", "•"),
            Map.entry("deg", "°"),
            Map.entry("micro", "µ"),
            Map.entry("copy", "©"),
            Map.entry("reg", "®"),
            Map.entry("trade", "™"),
            Map.entry("euro", "€"),
            Map.entry("le", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("ne", "≠"),
            Map.entry("infin", "∞"),
            Map.entry("szlig", "ß"),
            Map.entry("auml", "ä"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("Auml", "Ä"),
            Map.entry("Ouml", "Ö"),
            Map.entry("Uuml", "Ü"),
            Map.entry("eacute", "é"),
            Map.entry("egrave", "è"),
            Map.entry("agrave", "à"),
            Map.entry("ccedil", "ç"),
            Map.entry("ntilde", "ñ"));
    private static final int LONGEST_ENTITY = 11;
    private static final int LONGEST_NAME = 512;

    private final String html;
    private final Consumer<String> media;
    private final StringBuilder out;
    private int at;
    private int preformatted;
    private boolean noQuotesLeft;
    private boolean noTagsLeft;

    private HtmlText(String html, Consumer<String> media) {
        this.html = html;
        this.media = media;
        this.out = new StringBuilder(html.length());
    }

    /** The text of HTML. */
    public static String of(String html) {
        return of(html, name -> {});
    }

    /**
     * The text of HTML.
     *
     * @param media is told the names of pictures and recordings that are left out; a picture leaves its name in brackets
     */
    public static String of(String html, Consumer<String> media) {
        HtmlText text = new HtmlText(html, media);
        text.run();
        return tidy(text.out);
    }

    private void run() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<' && tag()) {
                continue;
            }
            if (c == '&' && entity()) {
                continue;
            }
            if (c == '[' && html.startsWith("[sound:", at)) {
                int end = html.indexOf(']', at, Math.min(html.length(), at + LONGEST_NAME));
                if (end > 0) {
                    media.accept(html.substring(at + 7, end));
                    at = end + 1;
                    continue;
                }
            }
            at++;
            if (preformatted == 0 && (c == '\n' || c == '\r' || c == '\t')) {
                out.append(' ');
            } else {
                append(c);
            }
        }
    }

    private void append(char c) {
        if (c >= ' ' && c != 0x7f || c == '\n' || c == '\t') {
            out.append(c == '\u00a0' ? ' ' : c);
        }
    }

    /** Passes over a tag; false if it is only a sign. */
    private boolean tag() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return true;
        }
        int nameAt = at + 1;
        boolean closing = nameAt < html.length() && html.charAt(nameAt) == '/';
        if (closing) {
            nameAt++;
        }
        if (noTagsLeft || nameAt >= html.length() || !beginsTag(html.charAt(nameAt))) {
            return false;
        }
        int end = endOfTag(nameAt);
        if (end < 0) {
            noTagsLeft = true;
            return false;
        }
        int nameEnd = nameAt;
        while (nameEnd < end && nameEnd - nameAt < 20 && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = html.substring(nameAt, nameEnd).toLowerCase(Locale.ROOT);
        int attributesAt = nameEnd;
        at = end + 1;
        if (LINES.contains(name)) {
            out.append('\n');
            if (name.equals("pre")) {
                preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
            }
        } else if (name.equals("td") || name.equals("th")) {
            out.append(' ');
        } else if (!closing && (name.equals("script") || name.equals("style"))) {
            skipTo("</" + name);
        } else if (!closing && MEDIA.contains(name)) {
            String source = attribute(attributesAt, end, name.equals("object") ? "data" : "src");
            if (source != null) {
                media.accept(source);
                if (name.equals("img")) {
                    out.append('[').append(tidy(new StringBuilder(of(source)))).append(']');
                }
            }
        }
        return true;
    }

    private static boolean beginsTag(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '!' || c == '?';
    }

    /** Where the tag ends; a sign inside quotes is none. A quote that never closes does not count as one. */
    private int endOfTag(int from) {
        if (!noQuotesLeft) {
            char quote = 0;
            for (int i = from; i < html.length(); i++) {
                char c = html.charAt(i);
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '>') {
                    return i;
                } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
                    quote = c;
                }
            }
            noQuotesLeft = true;
        }
        return html.indexOf('>', from);
    }

    private void skipTo(String closing) {
        int end = at;
        while (end < html.length() && !html.regionMatches(true, end, closing, 0, closing.length())) {
            end++;
        }
        at = end;
    }

    private @Nullable String attribute(int from, int end, String name) {
        for (int i = from; i + name.length() < end; i++) {
            if (!Character.isWhitespace(html.charAt(i)) || !html.regionMatches(true, i + 1, name, 0, name.length())) {
                continue;
            }
            int equals = i + 1 + name.length();
            if (equals >= end || html.charAt(equals) != '=') {
                continue;
            }
            int valueAt = equals + 1;
            if (valueAt >= end) {
                return null;
            }
            char quote = html.charAt(valueAt);
            int valueEnd = valueAt;
            if (quote == '"' || quote == '\'') {
                valueAt++;
                valueEnd = html.indexOf(quote, valueAt, end);
            } else {
                while (valueEnd < end && !Character.isWhitespace(html.charAt(valueEnd))) {
                    valueEnd++;
                }
            }
            if (valueEnd < 0 || valueEnd > end) {
                valueEnd = end;
            }
            String value =
                    html.substring(valueAt, Math.min(valueEnd, valueAt + 500)).strip();
            return value.isEmpty() ? null : value.startsWith("data:") ? "data:" : value;
        }
        return null;
    }

    private boolean entity() {
        int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY));
        if (end < 0 || end == at + 1) {
            return false;
        }
        String name = html.substring(at + 1, end);
        String value = ENTITIES.get(name);
        if (value != null) {
            out.append(value);
        } else if (name.charAt(0) == '#') {
            int code = codePoint(name);
            if (code < 0) {
                return false;
            }
            if (code == 0xa0) {
                out.append(' ');
            } else if (code >= ' ') {
                out.appendCodePoint(code);
            }
        } else {
            return false;
        }
        at = end + 1;
        return true;
    }

    private static int codePoint(String reference) {
        try {
            boolean hex = reference.startsWith("#x") || reference.startsWith("#X");
            int code = hex ? Integer.parseInt(reference.substring(2), 16) : Integer.parseInt(reference.substring(1));
            boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
            return Character.isValidCodePoint(code) && !surrogate ? code : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** No spaces at the ends of lines, no two in a row, at most one empty line, none at the ends. */
    private static String tidy(StringBuilder text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int lines = 0;
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lines++;
                space = false;
            } else if (c == ' ' || c == '\t') {
                space = true;
            } else {
                if (!tidy.isEmpty()) {
                    if (lines > 0) {
                        tidy.append(lines > 2 ? "\n\n" : "\n");
                    } else if (space) {
                        tidy.append(' ');
                    }
                }
                lines = 0;
                space = false;
                tidy.append(c);
            }
        }
        return tidy.toString();
    }

    /** The first so many characters of a text, counted as people count them: a pair of surrogates is one. */
    public static String cut(String text, int most) {
        if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
