package dev.devmentor.learning.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A number that a sentence states.
 *
 * @param text as it is written, without its unit
 * @param unit what it counts; empty if it stands alone
 * @param start place of the number in the sentence
 * @param end place after the number, before the unit
 */
record Quantity(int sentence, String text, double value, String unit, int start, int end) {
    private static final Set<String> UNITS = Set.of(
            "%",
            "percent",
            "prozent",
            "ms",
            "µs",
            "ns",
            "s",
            "second",
            "seconds",
            "sekunde",
            "sekunden",
            "minute",
            "minutes",
            "minuten",
            "hour",
            "hours",
            "stunde",
            "stunden",
            "day",
            "days",
            "tag",
            "tage",
            "tagen",
            "week",
            "weeks",
            "wochen",
            "month",
            "months",
            "monate",
            "monaten",
            "year",
            "years",
            "jahr",
            "jahre",
            "jahren",
            "byte",
            "bytes",
            "bit",
            "bits",
            "kb",
            "mb",
            "gb",
            "tb",
            "kib",
            "mib",
            "gib",
            "tib",
            "hz",
            "mhz",
            "ghz",
            "km",
            "m",
            "cm",
            "mm",
            "kg",
            "g",
            "euro",
            "dollar",
            "dollars",
            "millisecond",
            "milliseconds",
            "millisekunden");
    private static final Set<String> CALENDAR =
            Set.of("in", "since", "until", "from", "im", "jahr", "seit", "bis", "von", "year");

    /** Numbers of a sentence that can be asked for: no parts of names, no counts up to two. */
    static List<Quantity> of(Sentence sentence) {
        List<Quantity> numbers = new ArrayList<>();
        List<Token> tokens = sentence.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() != Token.Kind.NUMBER || isPartOfAName(sentence, i)) {
                continue;
            }
            String next = i + 1 < tokens.size() ? tokens.get(i + 1).text().toLowerCase(Locale.ROOT) : "";
            String unit = UNITS.contains(next) ? next : "";
            if (unit.isEmpty()
                    && i > 0
                    && isYear(token.text())
                    && CALENDAR.contains(tokens.get(i - 1).text().toLowerCase(Locale.ROOT))) {
                unit = "year of the calendar";
            }
            double value = value(token.text());
            if (value > 2 || !unit.isEmpty()) {
                numbers.add(new Quantity(sentence.index(), token.text(), value, unit, token.start(), token.end()));
            }
        }
        return numbers;
    }

    private static boolean isYear(String text) {
        return text.matches("1[0-9]{3}|20[0-9]{2}");
    }

    private static boolean isPartOfAName(Sentence sentence, int at) {
        List<Token> tokens = sentence.tokens();
        Token token = tokens.get(at);
        if (at > 0) {
            Token before = tokens.get(at - 1);
            boolean touches = before.end() == token.start();
            boolean named = before.isCapitalised()
                    && at > 1
                    && !CALENDAR.contains(before.text().toLowerCase(Locale.ROOT));
            if ((touches && !before.is("(")) || named || before.kind() == Token.Kind.CODE) {
                return true;
            }
        }
        if (at + 1 < tokens.size()) {
            Token after = tokens.get(at + 1);
            boolean range = "-–/:".contains(after.text()) && after.end() - after.start() == 1;
            boolean ordinal = after.is(".") && at + 2 < tokens.size();
            return range || ordinal;
        }
        return false;
    }

    /** The value, whichever of comma and stop separates thousands. */
    static double value(String text) {
        String plain = text.replaceAll("['\u00A0\u202F]", "");
        if (plain.matches("[0-9]{1,3}([,.][0-9]{3})+")) {
            return Double.parseDouble(plain.replaceAll("[,.]", ""));
        }
        if (plain.matches("[0-9]{1,3}(,[0-9]{3})+\\.[0-9]+")) {
            return Double.parseDouble(plain.replace(",", ""));
        }
        if (plain.matches("[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+")) {
            return Double.parseDouble(plain.replace(".", "").replace(',', '.'));
        }
        return Double.parseDouble(plain.replace(',', '.'));
    }

    /** All ways to write it that count as right. */
    List<String> writings() {
        List<String> all = new ArrayList<>(List.of(text));
        String grouped = text.replaceAll("['\u00A0\u202F]", "");
        boolean whole = value == Math.rint(value) && value < 1e15;
        for (String other : List.of(
                whole ? Long.toString((long) value) : grouped, grouped.replace(',', '.'), grouped.replace('.', ','))) {
            if (!all.contains(other) && value(other) == value) {
                all.add(other);
            }
        }
        return all;
    }
}
