package dev.devmentor.bench.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines like those of the labelled logs with values that were never seen: in the variable parts each digit is another one, and
 * so is each hexadecimal letter of a part that has nothing else.
 */
final class FreshLines {

    private final List<String> lines = new ArrayList<>();
    /** Begins and ends of the variable parts of each line. */
    private final List<int[]> parts = new ArrayList<>();

    private final SplittableRandom random;

    FreshLines(List<LabelledLog> logs, long seed) {
        random = new SplittableRandom(seed);
        for (LabelledLog log : logs) {
            for (int i = 0; i < log.lines().size(); i++) {
                lines.add(log.lines().get(i));
                parts.add(parts(log.lines().get(i), log.templates().get(i)));
            }
        }
    }

    private static int[] parts(String line, String template) {
        StringBuilder pattern = new StringBuilder("\\s*");
        int at = 0;
        for (int star = template.indexOf("<*>"); star >= 0; star = template.indexOf("<*>", at)) {
            pattern.append(literal(template.substring(at, star))).append("(.*?)");
            at = star + 3;
        }
        pattern.append(literal(template.substring(at))).append("\\s*");
        Matcher matcher = Pattern.compile(pattern.toString()).matcher(line);
        if (!matcher.matches()) {
            return new int[0]; // the label doesn't fit its line, as some do; the line stays as it is
        }
        int[] parts = new int[2 * matcher.groupCount()];
        for (int i = 0; i < matcher.groupCount(); i++) {
            parts[2 * i] = matcher.start(i + 1);
            parts[2 * i + 1] = matcher.end(i + 1);
        }
        return parts;
    }

    private static String literal(String text) {
        StringBuilder pattern = new StringBuilder();
        for (String word : text.split("(?<=\\s)|(?=\\s)")) {
            pattern.append(word.isBlank() ? "\\s+" : Pattern.quote(word));
        }
        return text.isEmpty() ? "" : pattern.toString();
    }

    /** The next lines, each made of one that is drawn at random. */
    void fill(String[] into) {
        for (int i = 0; i < into.length; i++) {
            int drawn = random.nextInt(lines.size());
            char[] text = lines.get(drawn).toCharArray();
            int[] places = parts.get(drawn);
            for (int p = 0; p < places.length; p += 2) {
                renew(text, places[p], places[p + 1]);
            }
            into[i] = new String(text);
        }
    }

    private void renew(char[] text, int from, int to) {
        boolean hex = to - from >= 6;
        for (int i = from; i < to && hex; i++) {
            hex = Character.digit(text[i], 16) >= 0 || i == from + 1 && text[i] == 'x';
        }
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c >= '1' && c <= '9') {
                text[i] = (char) ('1' + random.nextInt(9));
            } else if (c == '0' && i > from && Character.isDigit(text[i - 1])) {
                text[i] = (char) ('0' + random.nextInt(10));
            } else if (hex && c >= 'a' && c <= 'f') {
                text[i] = (char) ('a' + random.nextInt(6));
            } else if (hex && c >= 'A' && c <= 'F') {
                text[i] = (char) ('A' + random.nextInt(6));
            }
        }
    }
}
