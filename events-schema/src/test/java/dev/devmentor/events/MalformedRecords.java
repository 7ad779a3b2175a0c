package dev.devmentor.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of malformed {@code quiz.answered} record that we could think of, by name: each breaks one rule in one
 * place, in the binary or in the structured form. The list is the same on every run.
 */
public final class MalformedRecords {
    /** Of the values below; a decoder with a higher limit would take the oversized ones. */
    public static final int MAX_BYTES = EventDecoder.DEFAULT_MAX_BYTES;

    private static final String BACKSLASH = "\\";
    private static final String NUL = BACKSLASH + "u0000";
    private static final String HIGH = BACKSLASH + "ud83d";
    private static final String LOW = BACKSLASH + "ude00";

    /** A good event of every field, as JSON by field. */
    private static final Map<String, String> GOOD = good();

    private static final List<String> REQUIRED = List.of("answerId", "learner", "item", "answeredAt", "correct");

    private static final Map<String, Integer> TEXTS =
            Map.of("answerId", 128, "learner", 64, "item", 256, "quiz", 128, "source", 128, "strategy", 32);

    private final List<MalformedRecord> records = new ArrayList<>();

    private MalformedRecords() {}

    /** All of them; more than a thousand. */
    public static List<MalformedRecord> all() {
        MalformedRecords all = new MalformedRecords();
        all.fields();
        all.texts();
        all.times();
        all.zones();
        all.numbers();
        all.enums();
        all.skills();
        all.grades();
        all.unknownFields();
        all.json();
        all.encodings();
        all.headers();
        all.envelopes();
        return List.copyOf(all.records);
    }

    /** The good value that the malformed ones were made from, with an answer id of one's own. */
    public static byte[] goodValue(String answerId, String learner) {
        return text(with(with(GOOD, "answerId", quote(answerId)), "learner", quote(learner)))
                .getBytes(UTF_8);
    }

    /** Headers of a good record in binary form. */
    public static Map<String, byte[]> goodHeaders(String id) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0".getBytes(UTF_8));
        headers.put("ce_id", id.getBytes(UTF_8));
        headers.put("ce_source", "https://producer.example/quiz".getBytes(UTF_8));
        headers.put("ce_type", "quiz.answered".getBytes(UTF_8));
        headers.put("content-type", "application/json".getBytes(UTF_8));
        return headers;
    }

    private static Map<String, String> good() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("answerId", quote("a-1"));
        fields.put("learner", quote("learner-1"));
        fields.put("item", quote("java-streams-7"));
        fields.put("answeredAt", quote("2026-03-01T09:30:00.123456+01:00"));
        fields.put("correct", "true");
        fields.put("grade", "3");
        fields.put("skills", "[\"java\",\"streams\"]");
        fields.put("quiz", quote("java-basics"));
        fields.put("zone", quote("Europe/Berlin"));
        fields.put("responseTimeMs", "4200");
        fields.put("bloom", quote("apply"));
        fields.put("difficulty", "0.45");
        fields.put("source", quote("flashcard"));
        fields.put("strategy", quote("due-review"));
        return fields;
    }

    private void fields() {
        for (String field : GOOD.keySet()) {
            Map<String, String> wrong = new LinkedHashMap<>();
            wrong.put("null", "null");
            wrong.put("an object", "{}");
            wrong.put("an array of numbers", "[1]");
            if (!field.equals("correct")) {
                wrong.put("true", "true");
                wrong.put("false", "false");
            }
            boolean number = List.of("grade", "responseTimeMs", "difficulty").contains(field);
            if (!number) {
                wrong.put("a whole number", "1");
                wrong.put("zero", "0");
                wrong.put("a fraction", "0.5");
            }
            if (number || field.equals("correct") || field.equals("skills")) {
                wrong.put("text", "\"text\"");
                wrong.put("empty text", "\"\"");
            }
            if (number) {
                wrong.put("a number as text", quote(GOOD.getOrDefault(field, "")));
            }
            if (field.equals("correct")) {
                wrong.put("true as text", "\"true\"");
                wrong.put("false as text", "\"false\"");
            }
            if (!field.equals("skills")) {
                wrong.put("an empty array", "[]");
                wrong.put("the value within an array", "[" + GOOD.get(field) + "]");
            }
            wrong.forEach((kind, json) -> broken(field + " is " + kind, field, json));
            if (REQUIRED.contains(field)) {
                data(field + " is missing", without(field), Reason.SCHEMA_VIOLATION);
                data(
                        field + " stands under a name in capitals",
                        renamed(field, field.toUpperCase(Locale.ROOT)),
                        Reason.SCHEMA_VIOLATION);
            }
            String twice = text(GOOD);
            String again = quote(field) + ":" + GOOD.get(field);
            data(field + " comes twice with the same value", insert(twice, again), Reason.SCHEMA_VIOLATION);
            String escaped = "\"" + BACKSLASH + "u%04x".formatted((int) field.charAt(0)) + field.substring(1) + "\":"
                    + GOOD.get(field);
            data(
                    field + " comes twice, once with an escape in its name",
                    insert(twice, escaped),
                    Reason.SCHEMA_VIOLATION);
        }
        data("no field at all", "{}", Reason.SCHEMA_VIOLATION);
        data("only unknown fields", "{\"a\":1}", Reason.SCHEMA_VIOLATION);
    }

    private void texts() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        for (String field : GOOD.keySet()) {
            Integer limit = TEXTS.get(field);
            if (limit != null) {
                limits.put(field, limit);
            }
        }
        limits.forEach((field, limit) -> badTexts(field, limit, json -> json));
        badTexts("skills", 128, json -> "[\"java\"," + json + "]");
    }

    private void badTexts(String field, int limit, UnaryOperator<String> wrap) {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("empty", "");
        wrong.put("one character too long", "x".repeat(limit + 1));
        wrong.put("one wide character too long", "ü".repeat(limit + 1));
        wrong.put("one character outside the basic plane too long", "😀".repeat(limit + 1));
        wrong.put("one escaped character too long", (BACKSLASH + "u0078").repeat(limit + 1));
        wrong.put("ten times too long", "x".repeat(limit * 10));
        wrong.put("only U+0000", NUL);
        wrong.put("beginning with U+0000", NUL + "x");
        wrong.put("ending with U+0000", "x" + NUL);
        wrong.put("holding U+0000", "x" + NUL + "y");
        wrong.put("a high surrogate alone", HIGH);
        wrong.put("a low surrogate alone", LOW);
        wrong.put("a high surrogate before a letter", HIGH + "x");
        wrong.put("a low surrogate after a letter", "x" + LOW);
        wrong.put("surrogates the wrong way round", LOW + HIGH);
        wrong.put("two high surrogates and one low", HIGH + HIGH + LOW);
        wrong.put("a pair and a low surrogate", HIGH + LOW + LOW);
        wrong.put("an escaped high and a raw wide character", HIGH + "ü");
        wrong.forEach((kind, inner) -> broken(field + " holds text that is " + kind, field, wrap.apply(quote(inner))));
    }

    private void times() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("empty", "");
        wrong.put("a word", "yesterday");
        wrong.put("a date alone", "2026-03-01");
        wrong.put("a time alone", "09:30:00Z");
        wrong.put("without an offset", "2026-03-01T09:30:00");
        wrong.put("without an offset, with a fraction", "2026-03-01T09:30:00.123");
        wrong.put("without seconds", "2026-03-01T09:30Z");
        wrong.put("with a blank for the T", "2026-03-01 09:30:00Z");
        wrong.put("with an underscore for the T", "2026-03-01_09:30:00Z");
        wrong.put("with a leading blank", " 2026-03-01T09:30:00Z");
        wrong.put("with a trailing blank", "2026-03-01T09:30:00Z ");
        wrong.put("with a trailing line feed", "2026-03-01T09:30:00Z" + BACKSLASH + "n");
        wrong.put("in the basic format", "20260301T093000Z");
        wrong.put("in the American order", "03/01/2026 09:30:00");
        wrong.put("an RFC 1123 date", "Sun, 01 Mar 2026 09:30:00 GMT");
        wrong.put("seconds since 1970", "1772353800");
        wrong.put("a week date", "2026-W09-7T09:30:00Z");
        wrong.put("an ordinal date", "2026-060T09:30:00Z");
        wrong.put("with a zone in brackets", "2026-03-01T09:30:00+01:00[Europe/Berlin]");
        wrong.put("with slashes", "2026/03/01T09:30:00Z");
        wrong.put("with dots in the time", "2026-03-01T09.30.00Z");
        wrong.put("with a comma before the fraction", "2026-03-01T09:30:00,5Z");
        wrong.put("with an empty fraction", "2026-03-01T09:30:00.Z");
        wrong.put("with ten digits of fraction", "2026-03-01T09:30:00.1234567890Z");
        wrong.put("with a letter in the fraction", "2026-03-01T09:30:00.12a4Z");
        wrong.put("with two fractions", "2026-03-01T09:30:00.1.2Z");
        wrong.put("with an offset without colon", "2026-03-01T09:30:00+0100");
        wrong.put("with an offset of hours alone", "2026-03-01T09:30:00+01");
        wrong.put("with an offset of seconds", "2026-03-01T09:30:00+01:00:00");
        wrong.put("with an offset of 24 hours", "2026-03-01T09:30:00+24:00");
        wrong.put("with an offset of 60 minutes", "2026-03-01T09:30:00+01:60");
        wrong.put("with a letter in the offset", "2026-03-01T09:30:00+0a:00");
        wrong.put("with Z and an offset", "2026-03-01T09:30:00Z+01:00");
        wrong.put("with an offset without sign", "2026-03-01T09:30:00 01:00");
        wrong.put("with a typographic minus", "2026-03-01T09:30:00−01:00");
        wrong.put("with a military zone", "2026-03-01T09:30:00A");
        wrong.put("with the word UTC", "2026-03-01T09:30:00UTC");
        wrong.put("in month 0", "2026-00-01T09:30:00Z");
        wrong.put("in month 13", "2026-13-01T09:30:00Z");
        wrong.put("on day 0", "2026-03-00T09:30:00Z");
        wrong.put("on day 32", "2026-03-32T09:30:00Z");
        wrong.put("on April 31", "2026-04-31T09:30:00Z");
        wrong.put("on June 31", "2026-06-31T09:30:00Z");
        wrong.put("on September 31", "2026-09-31T09:30:00Z");
        wrong.put("on November 31", "2026-11-31T09:30:00Z");
        wrong.put("on February 30", "2024-02-30T09:30:00Z");
        wrong.put("on February 29 of a common year", "2026-02-29T09:30:00Z");
        wrong.put("on February 29 of 2100", "2100-02-29T09:30:00Z");
        wrong.put("at hour 24", "2026-03-01T24:00:00Z");
        wrong.put("at hour 25", "2026-03-01T25:30:00Z");
        wrong.put("at minute 60", "2026-03-01T09:60:00Z");
        wrong.put("at second 60", "2016-12-31T23:59:60Z");
        wrong.put("at second 61", "2026-03-01T09:30:61Z");
        wrong.put("in 1969", "1969-12-31T23:59:59Z");
        wrong.put("in 1970 by the clock, in 1969 by UTC", "1970-01-01T00:30:00+01:00");
        wrong.put("in 2201", "2201-01-01T00:00:00Z");
        wrong.put("in 2200 by the clock, in 2201 by UTC", "2200-12-31T23:30:00-01:00");
        wrong.put("in the year 0000", "0000-01-01T00:00:00Z");
        wrong.put("in the year 9999", "9999-12-31T23:59:59Z");
        wrong.put("in a year of five digits", "12026-03-01T09:30:00Z");
        wrong.put("in a year of two digits", "26-03-01T09:30:00Z");
        wrong.put("in a signed year", "+2026-03-01T09:30:00Z");
        wrong.put("in a negative year", "-2026-03-01T09:30:00Z");
        wrong.put("with a month of one digit", "2026-3-01T09:30:00Z");
        wrong.put("with a day of one digit", "2026-03-1T09:30:00Z");
        wrong.put("with an hour of one digit", "2026-03-01T9:30:00Z");
        wrong.put("with digits of another script", "٢٠٢٦-03-01T09:30:00Z");
        wrong.put("with full-width digits", "２０２６-03-01T09:30:00Z");
        wrong.put("with U+0000 at its end", "2026-03-01T09:30:00Z" + NUL);
        wrong.put("with text after it", "2026-03-01T09:30:00Z or so");
        wrong.put("an interval", "2026-03-01T09:30:00Z/2026-03-01T10:00:00Z");
        wrong.put("a duration", "PT9H30M");
        wrong.forEach((kind, inner) -> broken("answeredAt is " + kind, "answeredAt", quote(inner)));
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("seconds as a number", "1772353800");
        numbers.put("milliseconds as a number", "1772353800000");
        numbers.put("seconds with a fraction as a number", "1772353800.5");
        numbers.put("an array of its parts", "[2026,3,1,9,30]");
        numbers.forEach((kind, json) -> broken("answeredAt is " + kind, "answeredAt", json));
    }

    private void zones() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("empty", "");
        wrong.put("a place that is none", "Europe/Atlantis");
        wrong.put("in lower case", "europe/berlin");
        wrong.put("in capitals", "EUROPE/BERLIN");
        wrong.put("with a blank", "Europe/ Berlin");
        wrong.put("with a leading blank", " Europe/Berlin");
        wrong.put("with a trailing blank", "Europe/Berlin ");
        wrong.put("with a backslash", "Europe" + BACKSLASH + BACKSLASH + "Berlin");
        wrong.put("an offset", "+01:00");
        wrong.put("a negative offset", "-05:00");
        wrong.put("Z", "Z");
        wrong.put("UTC with an offset", "UTC+01:00");
        wrong.put("GMT with an offset", "GMT+2");
        wrong.put("a region alone", "Europe");
        wrong.put("a region and a slash", "Europe/");
        wrong.put("a slash and a place", "/Berlin");
        wrong.put("a double slash", "Europe//Berlin");
        wrong.put("a path upwards", "../etc/passwd");
        wrong.put("a Windows zone", "W. Europe Standard Time");
        wrong.put("a summer time abbreviation", "CEST");
        wrong.put("one character too long", "Europe/" + "B".repeat(58));
        wrong.put("with U+0000", "Europe/Berlin" + NUL);
        wrong.put("with U+0000 before it", NUL + "Europe/Berlin");
        wrong.put("with a lone surrogate", "Europe/Berlin" + HIGH);
        wrong.put("with an umlaut", "Europe/Zürich");
        wrong.put("with a line feed", "Europe/Berlin" + BACKSLASH + "n");
        wrong.put("with underscores for slashes", "Europe_Berlin");
        wrong.put("two zones", "Europe/Berlin,Europe/Paris");
        wrong.forEach((kind, inner) -> broken("zone is " + kind, "zone", quote(inner)));
    }

    private void numbers() {
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("with a fraction", "2.5");
        whole.put("with a tiny fraction", "2.0000000000000000000001");
        whole.put("with an exponent that makes a fraction", "25e-1");
        whole.put("negative", "-1");
        whole.put("hugely negative", "-1e300");
        whole.put("beyond 32 bits", "4294967297");
        whole.put("beyond 64 bits", "18446744073709551617");
        whole.put("beyond a double", "1e309");
        whole.put("with an exponent of nine digits", "1e999999999");
        whole.put("with an exponent of twelve digits", "1e999999999999");
        whole.put("with 101 digits", "1".repeat(101));
        whole.put("with 2000 digits", "1".repeat(2000));
        for (String field : List.of("grade", "responseTimeMs")) {
            whole.forEach((kind, json) -> broken(field + " is " + kind, field, json));
        }
        broken("grade is 0", "grade", "0");
        broken("grade is 5", "grade", "5");
        broken("grade is 5 with an exponent", "grade", "0.5e1");
        broken("grade is 4.5", "grade", "4.5");
        broken("responseTimeMs is one over a day", "responseTimeMs", "86400001");
        broken("responseTimeMs is one over a day as a decimal", "responseTimeMs", "86400001.0");
        broken("responseTimeMs is a hair over a day", "responseTimeMs", "86400000.000000001");
        Map<String, String> part = new LinkedHashMap<>();
        part.put("negative", "-0.1");
        part.put("a hair below zero", "-1e-300");
        part.put("a hair below zero in decimals", "-0.00000000000000000000001");
        part.put("above one", "1.1");
        part.put("a hair above one", "1.00000000000000000000001");
        part.put("a percentage", "45");
        part.put("beyond a double", "1e309");
        part.put("below a double", "1e-400");
        part.put("with 101 digits", "0." + "1".repeat(99));
        part.put("with an exponent of nine digits", "1e-999999999");
        part.put("with an exponent of twelve digits", "1e-999999999999");
        part.forEach((kind, json) -> broken("difficulty is " + kind, "difficulty", json));
        for (String field : List.of("grade", "responseTimeMs", "difficulty")) {
            Map<String, String> notation = new LinkedHashMap<>();
            notation.put("NaN", "NaN");
            notation.put("Infinity", "Infinity");
            notation.put("-Infinity", "-Infinity");
            notation.put("with a leading zero", "01");
            notation.put("with a leading plus", "+1");
            notation.put("with a leading point", ".5");
            notation.put("with a trailing point", "1.");
            notation.put("with an empty exponent", "1e");
            notation.put("with an empty signed exponent", "1e+");
            notation.put("in hexadecimal", "0x1");
            notation.put("with an underscore", "1_0");
            notation.put("with a decimal comma", "0,5");
            notation.put("with a Java suffix", "1L");
            notation.put("two minus signs", "--1");
            notation.put("a minus alone", "-");
            notation.put("two numbers", "1 2");
            notation.forEach((kind, json) -> syntax(field + " is written " + kind, with(GOOD, field, json)));
        }
    }

    private void enums() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("empty", "");
        wrong.put("in capitals", "APPLY");
        wrong.put("capitalised", "Apply");
        wrong.put("with a blank", "apply ");
        wrong.put("British", "analyse");
        wrong.put("a level of 1956", "synthesis");
        wrong.put("a noun", "application");
        wrong.put("cut short", "appl");
        wrong.put("with more after it", "applying");
        wrong.put("its number as text", "3");
        wrong.put("with U+0000", "apply" + NUL);
        wrong.put("with a lone surrogate", "apply" + LOW);
        wrong.put("two levels", "apply,create");
        wrong.put("very long", "apply".repeat(1000));
        wrong.forEach((kind, inner) -> broken("bloom is " + kind, "bloom", quote(inner)));
    }

    private void skills() {
        StringBuilder many = new StringBuilder("[\"s0\"");
        for (int i = 1; i < 33; i++) {
            many.append(",\"s").append(i).append('"');
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("33 skills", many + "]");
        wrong.put("one skill twice", "[\"java\",\"streams\",\"java\"]");
        wrong.put("one skill twice, once with an escape", "[\"java\",\"" + BACKSLASH + "u006aava\"]");
        wrong.put("one text with commas", "\"java,streams\"");
        wrong.put("an object of weights", "{\"java\":0.5}");
        for (int at = 0; at < 3; at++) {
            for (Map.Entry<String, String> item : Map.of(
                            "null", "null", "a number", "7", "true", "true", "an array", "[]", "an object", "{}")
                    .entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                List<String> items = new ArrayList<>(List.of("\"java\"", "\"streams\""));
                items.add(at, item.getValue());
                wrong.put("an array with " + item.getKey() + " at " + at, "[" + String.join(",", items) + "]");
            }
        }
        wrong.forEach((kind, json) -> broken("skills is " + kind, "skills", json));
    }

    private void grades() {
        for (String one : List.of("1", "1.0", "1e0", "10e-1")) {
            data(
                    "correct with grade Again written " + one,
                    text(with(with(GOOD, "grade", one), "correct", "true")),
                    Reason.CONTRADICTING_GRADE);
        }
        for (String more : List.of("2", "3", "4", "2.0", "3e0", "40e-1")) {
            data(
                    "wrong with grade written " + more,
                    text(with(with(GOOD, "grade", more), "correct", "false")),
                    Reason.CONTRADICTING_GRADE);
        }
        Map<String, String> graded = new LinkedHashMap<>();
        graded.put("grade", "1");
        graded.putAll(without(GOOD, "grade"));
        data("grade Again before everything else, then correct", text(graded), Reason.CONTRADICTING_GRADE);
    }

    private void unknownFields() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("a text with U+0000", quote("x" + NUL));
        wrong.put("a text with a lone high surrogate", quote(HIGH));
        wrong.put("a text with a lone low surrogate", quote(LOW));
        wrong.put("an array with U+0000 within", "[[\"" + NUL + "\"]]");
        wrong.put("an object with U+0000 within", "{\"a\":{\"b\":\"" + NUL + "\"}}");
        wrong.put("an object with U+0000 in a name", "{\"" + NUL + "\":1}");
        wrong.put("an object with one name twice", "{\"a\":1,\"a\":2}");
        wrong.put("an object with one name twice, once escaped", "{\"a\":1,\"" + BACKSLASH + "u0061\":1}");
        wrong.put("an object with one name twice, deep within", "[{\"b\":{\"a\":1,\"a\":1}}]");
        wrong.put("an object with an overlong name", "{\"" + "n".repeat(257) + "\":1}");
        wrong.put("32 arrays deep", "[".repeat(32) + "]".repeat(32));
        wrong.put("32 objects deep", "{\"a\":".repeat(32) + "1" + "}".repeat(32));
        wrong.put("16 arrays of objects deep", "[{\"a\":".repeat(16) + "1" + "}]".repeat(16));
        wrong.put("1000 arrays deep", "[".repeat(1000) + "]".repeat(1000));
        wrong.put("20000 arrays deep", "[".repeat(20_000) + "]".repeat(20_000));
        wrong.put("20000 objects deep", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
        wrong.put("a number of 101 digits", "9".repeat(101));
        wrong.put("a number of 5000 digits", "9".repeat(5000));
        wrong.put("a fraction of 101 digits", "0." + "3".repeat(99));
        wrong.put("a number beyond a double", "1e309");
        wrong.put("a number below a double", "1e-309");
        wrong.put("a number with an exponent of twelve digits", "1e123456789012");
        wrong.put("an array with a number beyond a double", "[1,-1e400]");
        wrong.forEach((kind, json) ->
                data("an unknown field is " + kind, text(with(GOOD, "extension", json)), Reason.SCHEMA_VIOLATION));
        data("an unknown field comes twice", insert(insert(text(GOOD), "\"x\":1"), "\"x\":1"), Reason.SCHEMA_VIOLATION);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("U+0000", NUL);
        names.put("257 characters", "n".repeat(257));
        names.put("60000 characters", "n".repeat(60_000));
        names.forEach((kind, name) -> data(
                "an unknown field has a name of " + kind,
                insert(text(GOOD), "\"" + name + "\":1"),
                Reason.SCHEMA_VIOLATION));
        // In a name the parser itself minds.
        for (String lone : List.of(HIGH, LOW, LOW + HIGH)) {
            String member = "\"" + lone + "\":1";
            data("an unknown field has " + lone + " in its name", insert(text(GOOD), member), Reason.NOT_JSON);
            data(
                    "an unknown field is an object with " + lone + " in a name",
                    text(with(GOOD, "extension", "{" + member + "}")),
                    Reason.NOT_JSON);
        }
        data(
                "an unknown field has the empty name twice",
                insert(insert(text(GOOD), "\"\":1"), "\"\":2"),
                Reason.SCHEMA_VIOLATION);
    }

    private void json() {
        String good = text(GOOD);
        List<Integer> points = structuralPoints(good);
        for (int i = 0; i < points.size(); i++) {
            int point = points.get(i);
            if (point > 0) {
                binary("cut off before structural point " + i, good.substring(0, point), Reason.NOT_JSON);
            }
        }
        String envelope = envelope(good);
        List<Integer> outer = structuralPoints(envelope);
        for (int i = 1; i < outer.size(); i++) {
            bare("cut off before structural point " + i, envelope.substring(0, outer.get(i)), Reason.NOT_JSON);
        }
        for (Map.Entry<String, String> field : GOOD.entrySet()) {
            String name = quote(field.getKey());
            String member = name + ":" + field.getValue();
            syntaxOf("the colon after " + field.getKey() + " is missing", good.replace(name + ":", name + " "));
            syntaxOf("there are two colons after " + field.getKey(), good.replace(name + ":", name + "::"));
            syntaxOf("the value of " + field.getKey() + " is missing", good.replace(member, name + ":"));
            syntaxOf("the name " + field.getKey() + " is not quoted", good.replace(name, field.getKey()));
            syntaxOf(
                    "the name " + field.getKey() + " is in single quotes",
                    good.replace(name, "'" + field.getKey() + "'"));
            syntaxOf("there is a comma too much before " + field.getKey(), good.replace(name, "," + name));
            syntaxOf("there is a comment before " + field.getKey(), good.replace(name, "/* why */" + name));
            syntaxOf("the value of " + field.getKey() + " is undefined", good.replace(member, name + ":undefined"));
            syntaxOf("the value of " + field.getKey() + " is in single quotes", good.replace(member, name + ":'x'"));
            syntaxOf("the value of " + field.getKey() + " is followed by another", good.replace(member, member + " 1"));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a raw line feed", "x\ny");
        texts.put("a raw tab", "x\ty");
        texts.put("a raw U+0000", "x\0y");
        texts.put("a raw U+001F", "x\u001fy");
        texts.put("an unknown escape", "x" + BACKSLASH + "qy");
        texts.put("a hexadecimal escape of JavaScript", "x" + BACKSLASH + "x41y");
        texts.put("an escaped single quote", "x" + BACKSLASH + "'y");
        texts.put("a Unicode escape of three digits", "x" + BACKSLASH + "u12gy");
        texts.put("a Unicode escape in braces", "x" + BACKSLASH + "u{41}y");
        for (String field :
                List.of("answerId", "learner", "item", "quiz", "source", "strategy", "zone", "bloom", "answeredAt")) {
            texts.forEach((kind, inner) -> syntax(field + " holds " + kind, with(GOOD, field, "\"" + inner + "\"")));
        }
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("only blanks", "   ");
        whole.put("only a line feed", "\n");
        whole.put("only an opening brace", "{");
        whole.put("only a closing brace", "}");
        whole.put("plain text", "hello");
        whole.put("XML", "<answer/>");
        whole.put("YAML", "answerId: a-1\nlearner: l-1\n");
        whole.put("CSV", "a-1,learner-1,item-1");
        whole.put("a form", "answerId=a-1&learner=learner-1");
        whole.put("a JavaScript literal", "{answerId:'a-1'}");
        whole.put("JSON after a guard", ")]}'," + good);
        whole.put("JSON after a line comment", "// why\n" + good);
        whole.put("JSON with a trailing comma", good.substring(0, good.length() - 1) + ",}");
        whole.put("JSON followed by a letter", good + "x");
        whole.put("JSON followed by a comma", good + ",");
        whole.put("JSON followed by a brace", good + "}");
        whole.put("JSON followed by U+0000", good + "\0");
        whole.put("JSON followed by a number", good + " 1");
        whole.put("two JSON texts", good + good);
        whole.put("two JSON texts on two lines", good + "\n" + good);
        whole.put("JSON after a record separator", "\u001e" + good);
        whole.put("JSON after a no-break space", "\u00a0" + good);
        whole.put("JSON after U+0000", "\0" + good);
        whole.put("JSON with a closing bracket for the brace", good.substring(0, good.length() - 1) + "]");
        whole.put("JSON after its length, as a schema registry frames it", "\0\0\0\0\u0001" + good);
        whole.forEach((kind, json) -> binary("the value is " + kind, json, Reason.NOT_JSON));
        whole.forEach((kind, json) -> {
            String enveloped = json.replace(good, envelope);
            if (kind.contains("trailing comma")) {
                enveloped = envelope.substring(0, envelope.length() - 1) + ",}";
            }
            if (kind.contains("closing bracket")) {
                enveloped = envelope.substring(0, envelope.length() - 1) + "]";
            }
            bare("the value is " + kind, enveloped, Reason.NOT_JSON);
        });
        Map<String, String> others = new LinkedHashMap<>();
        others.put("null", "null");
        others.put("true", "true");
        others.put("a number", "17");
        others.put("a text", "\"a\"");
        others.put("an empty array", "[]");
        others.put("an array of events", "[" + good + "]");
        others.put("the JSON within a text", quote(good.replace("\"", BACKSLASH + "\"")));
        others.forEach((kind, json) -> binary("the value is " + kind, json, Reason.SCHEMA_VIOLATION));
        others.forEach((kind, json) -> bare("the value is " + kind, json, Reason.NOT_A_CLOUDEVENT));
        others.forEach((kind, json) -> bare(
                "the data is " + kind, envelope(json), kind.equals("null") ? Reason.EMPTY : Reason.SCHEMA_VIOLATION));
        add("binary: no value", goodHeaders("e-1"), null, Reason.EMPTY);
        add("binary: a value of no bytes", goodHeaders("e-1"), new byte[0], Reason.EMPTY);
        add("bare: no value", Map.of(), null, Reason.EMPTY);
        add("bare: a value of no bytes", Map.of(), new byte[0], Reason.EMPTY);
        String padding = " ".repeat(MAX_BYTES);
        binary("the value is oversized by blanks after it", good + padding, Reason.OVERSIZED);
        binary("the value is oversized by blanks before it", padding + good, Reason.OVERSIZED);
        binary(
                "the value is oversized by an unknown field",
                insert(good, "\"x\":\"" + "x".repeat(MAX_BYTES) + "\""),
                Reason.OVERSIZED);
        binary(
                "the value is oversized by one byte",
                good + " ".repeat(MAX_BYTES + 1 - utf8Length(good)),
                Reason.OVERSIZED);
        binary("the value is oversized and no JSON", "x".repeat(MAX_BYTES + 1), Reason.OVERSIZED);
        bare("the value is oversized by blanks", envelope + padding, Reason.OVERSIZED);
        bare(
                "the value is oversized by one byte",
                envelope + " ".repeat(MAX_BYTES + 1 - utf8Length(envelope)),
                Reason.OVERSIZED);
    }

    private void encodings() {
        Map<String, int[]> sequences = new LinkedHashMap<>();
        sequences.put("a tail byte alone", new int[] {0x80});
        sequences.put("a lead byte of two alone", new int[] {0xC3});
        sequences.put("a lead byte of three and one tail", new int[] {0xE2, 0x82});
        sequences.put("a lead byte of four and two tails", new int[] {0xF0, 0x9F, 0x98});
        sequences.put("an overlong slash of two bytes", new int[] {0xC0, 0xAF});
        sequences.put("an overlong U+0000", new int[] {0xC0, 0x80});
        sequences.put("an overlong form of three bytes", new int[] {0xE0, 0x80, 0xAF});
        sequences.put("an overlong form of four bytes", new int[] {0xF0, 0x80, 0x80, 0xAF});
        sequences.put("an encoded high surrogate", new int[] {0xED, 0xA0, 0xBD});
        sequences.put("an encoded low surrogate", new int[] {0xED, 0xB8, 0x80});
        sequences.put("an encoded surrogate pair", new int[] {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80});
        sequences.put("a code point beyond U+10FFFF", new int[] {0xF4, 0x90, 0x80, 0x80});
        sequences.put("a lead byte of five", new int[] {0xF8, 0x88, 0x80, 0x80, 0x80});
        sequences.put("the byte FE", new int[] {0xFE});
        sequences.put("the byte FF", new int[] {0xFF});
        sequences.put("a Latin-1 umlaut", new int[] {0xFC});
        for (String field : List.of("answerId", "learner", "item", "quiz", "source", "strategy")) {
            sequences.forEach((kind, bytes) -> {
                byte[] value = spliced(text(with(GOOD, field, "\"@@\"")), bytes);
                add("binary: " + field + " holds " + kind, goodHeaders("e-1"), value, Reason.NOT_UTF8);
                byte[] whole = spliced(envelope(text(with(GOOD, field, "\"@@\""))), bytes);
                add("bare: " + field + " holds " + kind, Map.of(), whole, Reason.NOT_UTF8);
            });
        }
        sequences.forEach((kind, bytes) -> {
            add(
                    "binary: after the JSON text stands " + kind,
                    goodHeaders("e-1"),
                    spliced(text(GOOD) + "@@", bytes),
                    Reason.NOT_UTF8);
            add(
                    "binary: before the JSON text stands " + kind,
                    goodHeaders("e-1"),
                    spliced("@@" + text(GOOD), bytes),
                    Reason.NOT_UTF8);
        });
        String good = text(GOOD);
        add(
                "binary: a byte order mark before the JSON text",
                goodHeaders("e-1"),
                ("\ufeff" + good).getBytes(UTF_8),
                Reason.NOT_JSON);
        add(
                "bare: a byte order mark before the JSON text",
                Map.of(),
                ("\ufeff" + envelope(good)).getBytes(UTF_8),
                Reason.NOT_JSON);
        add("binary: UTF-16, low byte first", goodHeaders("e-1"), good.getBytes(UTF_16LE), Reason.NOT_JSON);
        add("binary: UTF-16, high byte first", goodHeaders("e-1"), good.getBytes(UTF_16BE), Reason.NOT_JSON);
        add("binary: UTF-16 with a mark", goodHeaders("e-1"), ("\ufeff" + good).getBytes(UTF_16LE), Reason.NOT_UTF8);
        add("bare: UTF-16, low byte first", Map.of(), envelope(good).getBytes(UTF_16LE), Reason.NOT_JSON);
        add("bare: UTF-16, high byte first", Map.of(), envelope(good).getBytes(UTF_16BE), Reason.NOT_JSON);
        byte[] utf32 = new byte[good.length() * 4];
        for (int i = 0; i < good.length(); i++) {
            utf32[i * 4 + 3] = (byte) good.charAt(i);
        }
        add("binary: UTF-32, high byte first", goodHeaders("e-1"), utf32, Reason.NOT_JSON);
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
        add("binary: the beginning of a gzip file", goodHeaders("e-1"), gzip, Reason.NOT_UTF8);
        add("bare: the beginning of a gzip file", Map.of(), gzip, Reason.NOT_UTF8);
    }

    private void headers() {
        for (String name : List.of("ce_specversion", "ce_id", "ce_source", "ce_type")) {
            header("without " + name, name, (byte[]) null, Reason.NOT_A_CLOUDEVENT);
            header(
                    "with " + name + " that is not UTF-8",
                    name,
                    new byte[] {(byte) 0xC3, 0x28},
                    Reason.NOT_A_CLOUDEVENT);
        }
        for (String version : List.of("", "1", "1.1", "0.3", "2.0", "1.0.2", "v1.0", " 1.0", "1.0 ", "\"1.0\"")) {
            header("with specversion '" + version + "'", "ce_specversion", version, Reason.NOT_A_CLOUDEVENT);
        }
        Map<String, String> types = new LinkedHashMap<>();
        types.put("empty", "");
        types.put("in capitals", "QUIZ.ANSWERED");
        types.put("with a version", "quiz.answered.v1");
        types.put("with a prefix", "dev.devmentor.quiz.answered");
        types.put("with a blank", "quiz.answered ");
        types.put("in quotes", "\"quiz.answered\"");
        types.put("planned and not released", "user.online");
        types.put("made up", "quiz.questioned");
        types.put("very long", "quiz.answered".repeat(100));
        types.forEach((kind, type) -> both("type is " + kind, "type", type, Reason.UNKNOWN_TYPE));
        for (EventType<?> other : EventTypes.all()) {
            if (other != EventTypes.QUIZ_ANSWERED) {
                both("type is " + other.name(), "type", other.name(), Reason.WRONG_TYPE_FOR_TOPIC);
            }
        }
        Map<String, String> schemas = new LinkedHashMap<>();
        schemas.put("version 0", "https://devmentor.dev/schemas/quiz.answered/v0.json");
        schemas.put("version 2", "https://devmentor.dev/schemas/quiz.answered/v2.json");
        schemas.put("version 11", "https://devmentor.dev/schemas/quiz.answered/v11.json");
        schemas.put("a version that is no number", "https://devmentor.dev/schemas/quiz.answered/latest.json");
        schemas.put("without a version", "https://devmentor.dev/schemas/quiz.answered");
        schemas.put("that of another type", "https://devmentor.dev/schemas/task.created/v1.json");
        schemas.put("somebody else's", "https://producer.example/quiz/v1.json");
        schemas.put("without encryption", "http://devmentor.dev/schemas/quiz.answered/v1.json");
        schemas.put("relative", "/schemas/quiz.answered/v1.json");
        schemas.put("with a fragment", "https://devmentor.dev/schemas/quiz.answered/v1.json#");
        schemas.put("with a query", "https://devmentor.dev/schemas/quiz.answered/v1.json?x=1");
        schemas.put("the number alone", "1");
        schemas.put("empty", "");
        schemas.put("with a blank", "https://devmentor.dev/schemas/quiz.answered/v1.json ");
        schemas.forEach((kind, uri) -> both("dataschema is " + kind, "dataschema", uri, Reason.UNKNOWN_VERSION));
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("empty", "");
        ids.put("257 characters", "i".repeat(257));
        ids.put("257 wide characters", "ü".repeat(257));
        ids.put("with U+0000", "e\0x");
        ids.put("with a line feed", "e\nx");
        ids.put("with a tab", "e\tx");
        ids.put("with U+007F", "e\u007fx");
        ids.put("with U+0085", "e\u0085x");
        for (String attribute : List.of("id", "subject")) {
            ids.forEach((kind, id) -> both(attribute + " is " + kind, attribute, id, Reason.NOT_A_CLOUDEVENT));
        }
        Map<String, String> sources = new LinkedHashMap<>(ids);
        sources.put("with a blank", "my quiz");
        sources.put("with a leading blank", " /quiz");
        sources.put("with an umlaut", "https://prüfung.example/");
        sources.put("with a quote", "\"quiz\"");
        sources.put("with angle brackets", "<https://producer.example>");
        sources.put("with a backslash", "C:\\quiz");
        sources.put("with a brace", "/quiz/{id}");
        sources.put("with a bar", "/quiz|1");
        sources.put("with a caret", "/quiz^1");
        sources.put("with a backquote", "/quiz`1");
        sources.put("with an escape cut short", "/quiz%2");
        sources.put("with an escape that is none", "/quiz%zz");
        sources.put("with a percent sign alone", "/quiz%");
        sources.put("with two fragments", "/quiz#a#b");
        sources.put("with a scheme that begins with a digit", "1quiz:a");
        sources.put("with an empty scheme", ":quiz");
        sources.put("with an underscore in its scheme", "my_app:quiz");
        sources.forEach((kind, source) -> both("source is " + kind, "source", source, Reason.NOT_A_CLOUDEVENT));
        Map<String, String> times = new LinkedHashMap<>();
        times.put("empty", "");
        times.put("a word", "now");
        times.put("without an offset", "2026-03-01T09:30:00");
        times.put("a date", "2026-03-01");
        times.put("milliseconds", "1772353800000");
        times.put("on February 30", "2026-02-30T00:00:00Z");
        times.put("at second 60", "2016-12-31T23:59:60Z");
        times.put("in 1969", "1969-12-31T23:59:59Z");
        times.put("in 2201", "2201-01-01T00:00:00Z");
        times.put("in quotes", "\"2026-03-01T09:30:00Z\"");
        times.forEach((kind, time) -> both("time is " + kind, "time", time, Reason.NOT_A_CLOUDEVENT));
        Map<String, String> contentTypes = new LinkedHashMap<>();
        contentTypes.put("empty", "");
        contentTypes.put("text", "text/plain");
        contentTypes.put("XML", "application/xml");
        contentTypes.put("Avro", "application/avro");
        contentTypes.put("Protobuf", "application/protobuf");
        contentTypes.put("bytes", "application/octet-stream");
        contentTypes.put("a form", "application/x-www-form-urlencoded");
        contentTypes.put("the word json", "json");
        contentTypes.forEach((kind, type) -> {
            header("with content-type of " + kind, "content-type", type, Reason.NOT_JSON);
            Map<String, String> attributes = attributes();
            attributes.put("datacontenttype", quote(type));
            bare("datacontenttype is " + kind, envelope(attributes, text(GOOD)), Reason.NOT_JSON);
        });
        for (String charset : List.of("iso-8859-1", "utf-16", "windows-1252", "\"\"")) {
            header(
                    "with the character set " + charset,
                    "content-type",
                    "application/json; charset=" + charset,
                    Reason.NOT_UTF8);
        }
        header(
                "with content-type of a batch",
                "content-type",
                "application/cloudevents-batch+json",
                Reason.NOT_A_CLOUDEVENT);
        header(
                "with content-type of an Avro envelope",
                "content-type",
                "application/cloudevents+avro",
                Reason.NOT_A_CLOUDEVENT);
        header(
                "with content-type of an envelope that is none",
                "content-type",
                "application/cloudevents+json",
                Reason.NOT_A_CLOUDEVENT);
        add("binary: no headers", Map.of(), text(GOOD).getBytes(UTF_8), Reason.NOT_A_CLOUDEVENT);
        Map<String, byte[]> http = new LinkedHashMap<>();
        goodHeaders("e-1").forEach((name, value) -> http.put(name.replace("ce_", "ce-"), value));
        add("binary: headers named as over HTTP", http, text(GOOD).getBytes(UTF_8), Reason.NOT_A_CLOUDEVENT);
        add(
                "binary: only content-type",
                Map.of("content-type", "application/json".getBytes(UTF_8)),
                text(GOOD).getBytes(UTF_8),
                Reason.NOT_A_CLOUDEVENT);
    }

    private void envelopes() {
        for (String name : List.of("specversion", "id", "source", "type")) {
            Map<String, String> missing = attributes();
            missing.remove(name);
            bare(name + " is missing", envelope(missing, text(GOOD)), Reason.NOT_A_CLOUDEVENT);
        }
        Map<String, String> all = attributes();
        all.put("time", quote("2026-03-01T09:30:00Z"));
        all.put("subject", quote("a-1"));
        all.put("dataschema", quote("https://devmentor.dev/schemas/quiz.answered/v1.json"));
        all.put("datacontenttype", quote("application/json"));
        for (String name : all.keySet()) {
            Map<String, String> wrong = new LinkedHashMap<>();
            wrong.put("a number", "1");
            wrong.put("a fraction", "1.0");
            wrong.put("true", "true");
            wrong.put("an array", "[\"x\"]");
            wrong.put("an object", "{\"x\":1}");
            wrong.forEach((kind, json) ->
                    bare(name + " is " + kind, envelope(with(all, name, json), text(GOOD)), Reason.NOT_A_CLOUDEVENT));
            bare(
                    name + " comes twice",
                    insert(envelope(all, text(GOOD)), quote(name) + ":" + all.get(name)),
                    Reason.SCHEMA_VIOLATION);
            if (List.of("specversion", "id", "source", "type").contains(name)) {
                bare(name + " is null", envelope(with(all, name, "null"), text(GOOD)), Reason.NOT_A_CLOUDEVENT);
            }
        }
        for (String version : List.of("", "1", "1.1", "0.3", "2.0", "1.0.2", "v1.0", " 1.0", "1.0 ")) {
            bare(
                    "specversion is '" + version + "'",
                    envelope(with(all, "specversion", quote(version)), text(GOOD)),
                    Reason.NOT_A_CLOUDEVENT);
        }
        for (String name : List.of("id", "source", "subject")) {
            bare(
                    name + " has a lone surrogate",
                    envelope(with(all, name, quote("x" + HIGH)), text(GOOD)),
                    Reason.NOT_A_CLOUDEVENT);
        }
        String head = envelope(text(GOOD)).replace(",\"data\":" + text(GOOD), "");
        bare("data is missing", head, Reason.EMPTY);
        bare("data stands under a name in capitals", insert(head, "\"DATA\":" + text(GOOD)), Reason.EMPTY);
        bare("data comes twice", insert(envelope(text(GOOD)), "\"data\":" + text(GOOD)), Reason.SCHEMA_VIOLATION);
        String base64 = Base64.getEncoder().encodeToString(text(GOOD).getBytes(UTF_8));
        bare(
                "data_base64 stands beside data",
                insert(envelope(text(GOOD)), "\"data_base64\":" + quote(base64)),
                Reason.NOT_A_CLOUDEVENT);
        Map<String, String> encoded = new LinkedHashMap<>();
        encoded.put("a number", "1");
        encoded.put("true", "true");
        encoded.put("an object", "{}");
        encoded.put("an array", "[]");
        encoded.put("not base64", quote("*"));
        encoded.put("base64 cut short", quote(base64.substring(0, 33)));
        encoded.put("base64 with a line feed", quote(base64.substring(0, 32) + BACKSLASH + "n" + base64.substring(32)));
        encoded.put("base64 for URLs", quote("-_-_"));
        encoded.forEach((kind, json) ->
                bare("data_base64 is " + kind, insert(head, "\"data_base64\":" + json), Reason.NOT_A_CLOUDEVENT));
        base64(head, "empty", new byte[0], Reason.EMPTY);
        base64(head, "no JSON", "hello".getBytes(UTF_8), Reason.NOT_JSON);
        base64(head, "no UTF-8", "\u00fc\u00fc".getBytes(ISO_8859_1), Reason.NOT_UTF8);
        base64(head, "an array", "[]".getBytes(UTF_8), Reason.SCHEMA_VIOLATION);
        base64(head, "half an object", text(GOOD).substring(0, 40).getBytes(UTF_8), Reason.NOT_JSON);
        base64(head, "two objects", (text(GOOD) + text(GOOD)).getBytes(UTF_8), Reason.NOT_JSON);
        for (String field : REQUIRED) {
            base64(
                    head,
                    "an answer without " + field,
                    text(without(GOOD, field)).getBytes(UTF_8),
                    Reason.SCHEMA_VIOLATION);
        }
        Map<String, String> extensions = new LinkedHashMap<>();
        extensions.put("32 arrays and more deep", "[".repeat(40) + "]".repeat(40));
        extensions.put("an object with one name twice", "{\"a\":1,\"a\":1}");
        extensions.put("a text with U+0000", quote(NUL));
        extensions.put("a number beyond a double", "1e309");
        extensions.forEach((kind, json) -> bare(
                "an extension attribute is " + kind,
                insert(envelope(text(GOOD)), "\"ext\":" + json),
                Reason.SCHEMA_VIOLATION));
    }

    // How records are put together.

    private void base64(String head, String kind, byte[] data, Reason reason) {
        String encoded = Base64.getEncoder().encodeToString(data);
        bare("data_base64 holds " + kind, insert(head, "\"data_base64\":" + quote(encoded)), reason);
    }

    private void broken(String name, String field, String json) {
        data(name, text(with(GOOD, field, json)), Reason.SCHEMA_VIOLATION);
    }

    private void syntax(String name, Map<String, String> fields) {
        syntaxOf(name, text(fields));
    }

    private void syntaxOf(String name, String data) {
        data(name, data, Reason.NOT_JSON);
    }

    /** The same data in both forms; the structured one is announced by its content type. */
    private void data(String name, String data, Reason reason) {
        binary(name, data, reason);
        add(
                "structured: " + name,
                Map.of("content-type", "application/cloudevents+json".getBytes(UTF_8)),
                envelope(data).getBytes(UTF_8),
                reason);
    }

    private void binary(String name, String value, Reason reason) {
        add("binary: " + name, goodHeaders("e-1"), value.getBytes(UTF_8), reason);
    }

    /** The structured form without any header. */
    private void bare(String name, String value, Reason reason) {
        add("bare: " + name, Map.of(), value.getBytes(UTF_8), reason);
    }

    private void header(String name, String header, String value, Reason reason) {
        header(name, header, value.getBytes(UTF_8), reason);
    }

    private void header(String name, String header, byte @Nullable [] value, Reason reason) {
        Map<String, byte[]> headers = goodHeaders("e-1");
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        add("binary: " + name, headers, text(GOOD).getBytes(UTF_8), reason);
    }

    private void both(String name, String attribute, String value, Reason reason) {
        header(name, "ce_" + attribute, value, reason);
        Map<String, String> attributes = attributes();
        attributes.put(attribute, quote(escape(value)));
        bare(name, envelope(attributes, text(GOOD)), reason);
    }

    private void add(String name, Map<String, byte[]> headers, byte @Nullable [] value, Reason reason) {
        records.add(new MalformedRecord(name, headers, value, reason));
    }

    private static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", quote("1.0"));
        attributes.put("id", quote("e-1"));
        attributes.put("source", quote("https://producer.example/quiz"));
        attributes.put("type", quote("quiz.answered"));
        return attributes;
    }

    private static String envelope(String data) {
        return envelope(attributes(), data);
    }

    private static String envelope(Map<String, String> attributes, String data) {
        return insert(text(attributes), "\"data\":" + data);
    }

    private static String text(Map<String, String> fields) {
        StringBuilder text = new StringBuilder("{");
        fields.forEach((name, json) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(quote(name)).append(':').append(json);
        });
        return text.append('}').toString();
    }

    private static String insert(String object, String member) {
        return object.substring(0, object.length() - 1) + "," + member + "}";
    }

    private static String without(String field) {
        return text(without(GOOD, field));
    }

    private static Map<String, String> without(Map<String, String> fields, String field) {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.remove(field);
        return copy;
    }

    private static Map<String, String> with(Map<String, String> fields, String field, String json) {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.put(field, json);
        return copy;
    }

    private static String renamed(String field, String name) {
        Map<String, String> copy = new LinkedHashMap<>();
        GOOD.forEach((key, json) -> copy.put(key.equals(field) ? name : key, json));
        return text(copy);
    }

    /** Where a token of the JSON text begins or ends. */
    private static List<Integer> structuralPoints(String json) {
        List<Integer> points = new ArrayList<>();
        for (int i = 0; i < json.length(); i++) {
            if ("{}[]:,\"".indexOf(json.charAt(i)) >= 0) {
                points.add(i);
            }
        }
        return points;
    }

    /** The text with these bytes in place of "@@". */
    private static byte[] spliced(String text, int[] bytes) {
        int at = text.indexOf("@@");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.substring(0, at).getBytes(UTF_8));
        Arrays.stream(bytes).forEach(out::write);
        out.writeBytes(text.substring(at + 2).getBytes(UTF_8));
        return out.toByteArray();
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c < 0x20) {
                out.append(BACKSLASH).append("u%04x".formatted((int) c));
            } else if (c == '"' || c == '\\') {
                out.append(BACKSLASH).append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String quote(String inner) {
        return "\"" + inner + "\"";
    }

    private static int utf8Length(String text) {
        return text.getBytes(UTF_8).length;
    }
}
