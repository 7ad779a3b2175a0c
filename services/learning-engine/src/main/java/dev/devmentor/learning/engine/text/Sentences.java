package dev.devmentor.learning.engine.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a text, plain or Markdown, into sentences. Headings, tables, quoted code and questions are left out; an entry of a
 * list counts as a sentence if it ends like one or is long enough.
 *
 * @param headings words of the headings, which say what the text is about
 */
record Sentences(List<Sentence> list, Set<String> headings) {
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern ENTRY = Pattern.compile("^(?:[-*+•–]|\\d{1,3}[.)])\\s+(.*)$");
    private static final Pattern RULE = Pattern.compile("^(?:[-=_*]\\s*){3,}$");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]]*\\]\\([^)]*\\)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]*\\)");
    private static final Pattern REFERENCE = Pattern.compile("\\[\\d{1,3}\\]|\\[\\^[^\\]]+\\]");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>");
    private static final Pattern EMPHASIS =
            Pattern.compile("\\*\\*|__(?=\\S)|(?<=\\S)__|(?<![\\w*])\\*(?=\\S)|(?<=\\S)\\*(?![\\w*])");
    private static final int WORDS_OF_AN_ENTRY = 6;
    private static final int LONGEST = 600;
    private static final String CLOSING = "\"'”“’»«)]";

    Sentences {
        list = List.copyOf(list);
        headings = Set.copyOf(headings);
    }

    static Sentences of(String text) {
        Reader reader = new Reader();
        boolean code = false;
        for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
                code = !code;
                reader.endOfParagraph();
            } else if (!code) {
                reader.line(stripped);
            }
        }
        reader.endOfParagraph();
        return new Sentences(reader.sentences, reader.headings);
    }

    private static final class Reader {
        private final List<Sentence> sentences = new ArrayList<>();
        private final Set<String> headings = new HashSet<>();
        private final StringBuilder paragraph = new StringBuilder();
        private boolean entry;

        void line(String given) {
            String line = given;
            while (line.startsWith(">")) {
                line = line.substring(1).strip();
            }
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                endOfParagraph();
                addHeading(heading.group(1));
                return;
            }
            if (RULE.matcher(line).matches()) {
                // Underlined text of one line is a heading, too.
                if (!paragraph.isEmpty() && paragraph.length() < 80 && !endsLikeASentence(paragraph.toString())) {
                    addHeading(paragraph.toString());
                    paragraph.setLength(0);
                }
                endOfParagraph();
                return;
            }
            if (line.isEmpty() || line.startsWith("|")) {
                endOfParagraph();
                return;
            }
            var item = ENTRY.matcher(line);
            if (item.matches()) {
                endOfParagraph();
                entry = true;
                paragraph.append(item.group(1));
                return;
            }
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
        }

        private void addHeading(String text) {
            for (Token token : Tokens.of(text)) {
                if (token.isWord()) {
                    headings.add(token.text().toLowerCase(Locale.ROOT));
                }
            }
        }

        void endOfParagraph() {
            if (!paragraph.isEmpty()) {
                for (String sentence : split(plain(paragraph.toString()))) {
                    add(sentence);
                }
            }
            paragraph.setLength(0);
            entry = false;
        }

        private void add(String text) {
            if (text.length() > LONGEST || text.endsWith("?")) {
                return;
            }
            Sentence sentence = new Sentence(sentences.size(), text, Tokens.of(text));
            if (endsLikeASentence(text) || (entry && sentence.words() >= WORDS_OF_AN_ENTRY && !text.endsWith(":"))) {
                sentences.add(sentence);
            } else if (sentence.words() <= WORDS_OF_AN_ENTRY && !entry) {
                addHeading(text);
            }
        }
    }

    private static boolean endsLikeASentence(String text) {
        int end = text.length();
        while (end > 0 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > 0 && ".!…".indexOf(text.charAt(end - 1)) >= 0;
    }

    private static String plain(String markdown) {
        String text = IMAGE.matcher(markdown).replaceAll("");
        text = LINK.matcher(text).replaceAll("$1");
        StringBuilder plain = new StringBuilder();
        // What stands in backticks is code and stays as it is.
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean inCode = i % 2 == 1 && i < parts.length - 1;
            if (inCode) {
                plain.append('`').append(parts[i]).append('`');
            } else {
                String part = REFERENCE.matcher(parts[i]).replaceAll("");
                part = TAG.matcher(part).replaceAll("");
                plain.append(EMPHASIS.matcher(part).replaceAll(""));
            }
        }
        return plain.toString().replaceAll("\\s+", " ").strip();
    }

    static List<String> split(String paragraph) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        boolean code = false;
        for (int i = 0; i < paragraph.length(); i++) {
            char c = paragraph.charAt(i);
            if (c == '`') {
                code = !code;
            }
            if (code || ".!?…".indexOf(c) < 0) {
                continue;
            }
            int end = i + 1;
            while (end < paragraph.length()
                    && (".!?…".indexOf(paragraph.charAt(end)) >= 0 || CLOSING.indexOf(paragraph.charAt(end)) >= 0)) {
                end++;
            }
            if (end < paragraph.length()
                    && (paragraph.charAt(end) != ' ' || !isBoundary(paragraph, start, i, end + 1))) {
                i = end - 1;
                continue;
            }
            addSentence(sentences, paragraph.substring(start, end));
            start = Math.min(end + 1, paragraph.length());
            i = end - 1;
        }
        addSentence(sentences, paragraph.substring(start));
        return sentences;
    }

    private static void addSentence(List<String> sentences, String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty()) {
            sentences.add(stripped);
        }
    }

    /** Whether a sentence ends at a mark, of which something follows after a blank. */
    private static boolean isBoundary(String text, int start, int mark, int next) {
        if (next >= text.length()) {
            return true;
        }
        int following = text.codePointAt(next);
        boolean opensASentence = Character.isUpperCase(following)
                || Character.isDigit(following)
                || "`\"'“„»«([".indexOf(following) >= 0;
        if (!opensASentence) {
            return false;
        }
        if (text.charAt(mark) != '.') {
            return true;
        }
        int wordStart = mark;
        while (wordStart > start && " (\"'„“".indexOf(text.charAt(wordStart - 1)) < 0) {
            wordStart--;
        }
        String word = text.substring(wordStart, mark).toLowerCase(Locale.ROOT);
        if (Words.ABBREVIATIONS.contains(word)) {
            return false;
        }
        if (word.length() == 1 && Character.isLetter(word.charAt(0))) {
            // An initial, or the first half of "z. B.": no end.
            return false;
        }
        if (word.matches("[a-z](\\.[a-z])+")) {
            return false;
        }
        if (word.matches("\\d{1,2}")) {
            int before = wordStart - 1;
            int from = text.lastIndexOf(' ', before - 1);
            String previous = before <= start
                    ? ""
                    : text.substring(Math.max(start, from + 1), before).toLowerCase(Locale.ROOT);
            return !Words.BEFORE_ORDINALS.contains(previous);
        }
        return true;
    }
}
