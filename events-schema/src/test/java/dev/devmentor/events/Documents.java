package dev.devmentor.events;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Makes JSON texts that a schema takes, and then breaks some of them. The same seed gives the same texts. */
final class Documents {
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+10", "Asia/Kolkata", "EST5EDT");
    /** What matches the patterns that few texts do. */
    private static final List<String> NAMES = List.of(
            "learning-service",
            "acme/shop",
            "https://producer.example/a?b=c#d",
            "/my-quiz",
            "urn:uuid:1b4e28ba",
            "%20",
            "a/1:b");

    /** What one pattern or another refuses. */
    private static final String STRAYS = ":@AZ \n\u007f\u0085\u00e9%/g\0";

    private static final String ANY_TEXT = "^[^\\u0000]*$";
    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1",
            "1.0",
            "1.5",
            "1e0",
            "10e-1",
            "-1",
            "4.0",
            "5",
            "1e2",
            "86400000",
            "864e5",
            "86400001",
            "2147483647",
            "2147483648",
            "9007199254740991",
            "9007199254740992",
            "1e308",
            "1e309",
            "1e-308",
            "1e-309",
            "0e400",
            "1e99999999999",
            "0.1234567890123456789012345678901234567890",
            "1.0000000000000000000000000000000000000001",
            "0.999999999999999999999999999999",
            "123456789012345678901234567890",
            "9".repeat(100),
            "9".repeat(101),
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ude00x\"",
            "\"\\ud83d\\ude00\"",
            "\"😀\"",
            "\"1\"",
            "\"true\"",
            "\"\\n\"",
            "\"a\\/b\"",
            "[]",
            "[null]",
            "[\"a\"]",
            "[\"a\",\"a\"]",
            "[\"a\",\"\\u0061\"]",
            "[\"a\",1]",
            "[[\"a\"]]",
            "{}",
            "{\"a\":1}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":-1}",
            "{\"a\":1.0}",
            "{\"\":1}",
            "{\"\\u0000\":1}",
            "{\"a\":{\"b\":[1,{\"c\":\"\\u0000\"}]}}",
            "[".repeat(31) + "]".repeat(31),
            "[".repeat(32) + "]".repeat(32),
            "{\"a\":".repeat(31) + "{}" + "}".repeat(31),
            "\"2026-03-01T09:30:00Z\"",
            "\"2026-02-29T09:30:00Z\"",
            "\"2024-02-29t23:59:59.999999999z\"",
            "\"2026-03-01T09:30:00+23:59\"",
            "\"2026-03-01T09:30:00-00:00\"",
            "\"2026-03-01T09:30:60Z\"",
            "\"1970-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00+00:01\"",
            "\"1969-12-31T23:59:59-01:00\"",
            "\"2200-12-31T23:59:59.999999Z\"",
            "\"2200-12-31T23:59:59-00:01\"",
            "\"2026-03-01T09:30:00.Z\"",
            "\"2026-03-01 09:30:00Z\"",
            "\"apply\"",
            "\"Apply\"",
            "\"note\"",
            "\"sm2\"",
            "\"review\"",
            "\"learning-service\"",
            "\"-service\"",
            "\"Europe/Atlantis\"",
            "\"europe/berlin\"",
            "\"+01:00\"",
            "\"Z\"",
            "\"GMT0\"",
            "01",
            "+1",
            "NaN",
            "'x'",
            "undefined",
            "\"abc1234\"",
            "\"ABC1234\"",
            "\"abc123\"",
            "\"abc1234\\n\"",
            "\"acme/shop\"",
            "\"git@host.example:acme/shop\"",
            "\"https://user:key@host.example/acme\"",
            "\"person\"",
            "\"everyone\"",
            "\"renamed\"",
            "\"gone\"",
            "-2147483648",
            "-2147483649",
            "[0]",
            "[23,0]",
            "[24]",
            "[-1]",
            "[1.5]",
            "[1,1.0]",
            "[10,1e1]",
            "[{}]",
            "[{\"path\":\"a\",\"change\":\"added\"}]",
            "[{\"path\":\"a\",\"change\":\"renamed\"}]",
            "[{\"from\":\"b\",\"change\":\"renamed\",\"path\":\"a\"}]",
            "[{\"path\":\"a\",\"path\":\"a\",\"change\":\"added\"}]",
            "[{\"path\":\"a\",\"change\":\"added\",\"x\":[{\"x\":1,\"x\":1}]}]",
            "[{\"source\":\"/a\",\"id\":\"1\"}]",
            "[{\"source\":\"a b\",\"id\":\"1\"}]",
            "[{\"source\":\"/a\",\"id\":\"\\u0085\"}]",
            "[{\"source\":\"/a\",\"id\":\"1\"},null]",
            "\"\t\"",
            "\"\\x41\"",
            "");

    private final Random random;

    Documents(Random random) {
        this.random = random;
    }

    /** A text for the object that {@code schema} describes; about half of them break something. */
    byte[] next(JsonNode schema) {
        String text = blanks() + object(schema, schema, random.nextInt(4) - 1) + blanks();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(8) == 0 ? damaged(bytes) : bytes;
    }

    /** An object after {@code schema}, with so many changes, each of which may break it. */
    private String object(JsonNode root, JsonNode schema, int changes) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (String name : schema.path("properties").propertyNames()) {
            if (required.contains(name) || random.nextInt(3) > 0) {
                names.add(name);
                values.add(valid(
                        root, name, resolve(root, schema.path("properties").path(name))));
            }
        }
        if (random.nextInt(4) > 0) {
            keepConditions(names, values);
        }
        if (random.nextInt(3) == 0) {
            names.add(random.nextBoolean() ? "extension" : text(1 + random.nextInt(8)));
            values.add(json(3));
        }
        for (int i = 0; i < changes; i++) {
            change(root, schema, names, values);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            order.add(i);
        }
        if (random.nextBoolean()) {
            Collections.shuffle(order, random);
        }
        StringBuilder text = new StringBuilder("{").append(blanks());
        for (int i = 0; i < order.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(blanks())
                    .append(spelled(names.get(order.get(i))))
                    .append(blanks())
                    .append(':')
                    .append(blanks())
                    .append(values.get(order.get(i)))
                    .append(blanks());
        }
        return text.append('}').toString();
    }

    /** Half of the objects would break the conditions of their schemas by chance. */
    private void keepConditions(List<String> names, List<String> values) {
        int grade = names.indexOf("grade");
        if (grade >= 0) {
            values.set(grade, values.get(names.indexOf("correct")).equals("true") ? "3" : "1");
        }
        int scope = names.indexOf("scope");
        int scopeId = names.indexOf("scopeId");
        if (scope >= 0 && scopeId < 0) {
            values.set(scope, "\"everyone\"");
        } else if (scope >= 0) {
            values.set(scope, random.nextBoolean() ? "\"person\"" : "\"team\"");
        }
        int change = names.indexOf("change");
        if (change >= 0 && !names.contains("from")) {
            values.set(change, random.nextBoolean() ? "\"added\"" : "\"modified\"");
        }
    }

    private void change(JsonNode root, JsonNode schema, List<String> names, List<String> values) {
        if (names.isEmpty()) {
            return;
        }
        int at = random.nextInt(names.size());
        JsonNode field = resolve(root, schema.path("properties").path(names.get(at)));
        switch (random.nextInt(6)) {
            case 0 -> {
                names.remove(at);
                values.remove(at);
            }
            case 1 -> {
                names.add(names.get(at));
                values.add(values.get(at));
            }
            case 2 -> names.set(at, random.nextBoolean() ? names.get(at) + "s" : text(random.nextInt(260)));
            case 3 -> values.set(at, edge(root, field));
            case 4 -> {
                JsonNode items = field.path("items");
                values.set(
                        at,
                        items.has("properties")
                                ? "[" + object(root, items, 1) + "," + object(root, items, 1) + "]"
                                : odd());
            }
            default -> values.set(at, odd());
        }
    }

    /** A value at the edge of what the field allows, on this side of it or on the other. */
    private String edge(JsonNode root, JsonNode field) {
        return switch (field.path("type").asString("")) {
            case "integer", "number" ->
                String.valueOf(
                        random.nextBoolean()
                                ? field.path("minimum").asLong() - random.nextInt(2)
                                : field.path("maximum").asLong() + random.nextInt(2));
            case "array" -> random.nextInt(3) == 0 ? "[]" : twice(root, field.path("items"));
            default -> {
                int max = field.path("maxLength").asInt(128);
                yield spelled(
                        field.has("pattern") && random.nextBoolean()
                                ? strayed(field)
                                : text(Math.max(0, max - 1 + random.nextInt(3))));
            }
        };
    }

    /** The same item twice, where it can be written in several ways perhaps in two of them. */
    private String twice(JsonNode root, JsonNode items) {
        if (items.path("type").asString("").equals("integer")) {
            int number = random.nextInt(20);
            return "[" + whole(number) + "," + whole(number) + "]";
        }
        String item = items.has("properties") ? brief(root, items) : valid(root, "", items);
        return "[" + item + "," + item + "]";
    }

    /** A text that the field takes, with one character more that it may not take, or cut below its least length. */
    private String strayed(JsonNode field) {
        String text = drawn(field);
        int min = field.path("minLength").asInt(0);
        if (random.nextInt(4) == 0 && min > 0) {
            return text.substring(0, min - 1);
        }
        int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        return text.substring(0, at) + STRAYS.charAt(random.nextInt(STRAYS.length())) + text.substring(at);
    }

    private String odd() {
        return ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
    }

    private String valid(JsonNode root, String name, JsonNode field) {
        if (field.has("enum")) {
            return spelled(field.path("enum")
                    .path(random.nextInt(field.path("enum").size()))
                    .asString());
        }
        if (isTime(field)) {
            return "\"" + time() + "\"";
        }
        int min = field.path("minimum").asInt(0);
        double span = Math.min(field.path("maximum").asDouble(1) - min, 2_000_000);
        return switch (field.path("type").asString("")) {
            case "boolean" -> random.nextBoolean() ? "true" : "false";
            case "integer" -> whole(min + random.nextInt((int) span + 1));
            case "number" -> number(min + random.nextDouble() * span);
            case "array" -> array(root, field);
            case "object" -> counts();
            default -> name.equals("zone") ? spelled(ZONES.get(random.nextInt(ZONES.size()))) : spelled(drawn(field));
        };
    }

    /** An array after the schema; seldom one that is full, or one too long. */
    private String array(JsonNode root, JsonNode field) {
        JsonNode items = field.path("items");
        int min = field.path("minItems").asInt(0);
        int max = field.path("maxItems").asInt(8);
        int size = random.nextInt(max > 100 ? 40 : 8) == 0
                ? max - 1 + random.nextInt(3)
                : min + random.nextInt(Math.min(5, max));
        int broken = random.nextInt(6) == 0 ? random.nextInt(Math.max(1, size)) : -1;
        List<Integer> distinct = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            distinct.add(i);
        }
        Collections.shuffle(distinct, random);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (items.has("properties")) {
                // A long one of long texts would be larger than a record may be.
                values.add(size > 100 ? brief(root, items) : object(root, items, i == broken ? 1 : 0));
            } else if (items.path("type").asString("").equals("integer")) {
                values.add(whole(distinct.get(i)));
            } else if (field.path("uniqueItems").asBoolean(false)) {
                values.add(spelled("skill-" + distinct.get(i)));
            } else {
                values.add(size > 100 ? spelled(text(1 + random.nextInt(8))) : valid(root, "", items));
            }
        }
        return "[" + String.join(blanks() + ",", values) + "]";
    }

    /** An object with only what is required. */
    private String brief(JsonNode root, JsonNode schema) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        schema.path("required").forEach(name -> {
            JsonNode field = resolve(root, schema.path("properties").path(name.asString()));
            names.add(name.asString());
            values.add(field.has("enum") ? valid(root, name.asString(), field) : spelled(text(1 + random.nextInt(8))));
        });
        keepConditions(names, values);
        List<String> members = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            members.add(spelled(names.get(i)) + ":" + values.get(i));
        }
        return "{" + String.join(",", members) + "}";
    }

    /** A text that the field's pattern takes: texts of several kinds are drawn until one matches. */
    private String drawn(JsonNode field) {
        if (isTime(field)) {
            return time();
        }
        Pattern pattern = Pattern.compile(field.path("pattern").asString(""));
        int min = field.path("minLength").asInt(1);
        int max = Math.min(field.path("maxLength").asInt(64), 400);
        boolean free = pattern.pattern().equals(ANY_TEXT);
        while (true) {
            String text = free || random.nextInt(4) == 0
                    ? text(1 + (random.nextInt(10) == 0 ? max - 1 : random.nextInt(Math.min(20, max))))
                    : random.nextBoolean()
                            ? hexadecimal(min + random.nextInt(max - min + 1))
                            : NAMES.get(random.nextInt(NAMES.size()));
            if (text.length() >= min && pattern.matcher(text).find()) {
                return text;
            }
        }
    }

    private String hexadecimal(int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private static boolean isTime(JsonNode field) {
        return field.path("format").asString("").equals("date-time");
    }

    private static JsonNode resolve(JsonNode schema, JsonNode field) {
        return field.has("$ref") ? schema.at(field.path("$ref").asString().substring(1)) : field;
    }

    private String whole(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> number + ".0";
            case 1 -> number + "e0";
            case 2 -> number + "0E-1";
            case 3 -> number % 10 == 0 ? number / 10 + "e+1" : String.valueOf(number);
            default -> String.valueOf(number);
        };
    }

    private String number(double number) {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(number);
            case 1 -> new BigDecimal(number).toPlainString();
            case 2 -> String.valueOf((long) number);
            default -> "%.3f".formatted(number);
        };
    }

    private String time() {
        StringBuilder time = new StringBuilder("%04d-%02d-%02d%s%02d:%02d:%02d"
                .formatted(
                        random.nextInt(10) == 0 ? 1969 + random.nextInt(233) : 2026,
                        1 + random.nextInt(12),
                        1 + random.nextInt(random.nextInt(5) == 0 ? 31 : 28),
                        random.nextInt(9) == 0 ? "t" : "T",
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60)));
        if (random.nextBoolean()) {
            time.append('.');
            for (int digits = 1 + random.nextInt(9); digits > 0; digits--) {
                time.append(random.nextInt(10));
            }
        }
        return time.append(
                        switch (random.nextInt(4)) {
                            case 0 ->
                                "%s%02d:%02d"
                                        .formatted(
                                                random.nextBoolean() ? "+" : "-",
                                                random.nextInt(24),
                                                random.nextInt(60));
                            case 1 -> "z";
                            default -> "Z";
                        })
                .toString();
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        for (int i = random.nextInt(20) == 0 ? 63 + random.nextInt(3) : random.nextInt(4); i > 0; i--) {
            counts.add(spelled("kind-" + i) + ":" + whole(random.nextInt(1000)));
        }
        return "{" + String.join(",", counts) + "}";
    }

    private String json(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> spelled(text(random.nextInt(12)));
            case 1 -> number(random.nextDouble() * 1000);
            case 2 -> ODD_VALUES.get(random.nextInt(20));
            case 3 -> "[" + json(depth - 1) + "," + json(depth - 1) + "]";
            default -> "{" + spelled("b" + text(2)) + ":" + json(depth - 1) + ",\"a\":" + json(depth - 1) + "}";
        };
    }

    private String text(int points) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextInt(3) > 0;
        for (int i = 0; i < points; i++) {
            text.appendCodePoint(
                    plain
                            ? 'a' + random.nextInt(26)
                            : switch (random.nextInt(8)) {
                                case 0 -> 0x20 + random.nextInt(0x60);
                                case 1 -> 0x80 + random.nextInt(0x700);
                                case 2 -> 0x4E00 + random.nextInt(0x1000);
                                case 3 -> 0x1F600 + random.nextInt(0x40);
                                case 4 -> 1 + random.nextInt(0x1F);
                                default -> 'a' + random.nextInt(26);
                            });
        }
        return text.toString();
    }

    /** The text as a JSON string; sometimes with escapes that it doesn't need. */
    private String spelled(String text) {
        boolean escapes = random.nextInt(6) == 0;
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < 0x20 || c == '"' || c == '\\' || escapes && random.nextInt(4) == 0) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return escapes
                ? pairsWhole(out.append('"').toString())
                : out.append('"').toString();
    }

    /** Half a pair in raw form has no UTF-8. */
    private static String pairsWhole(String json) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean whole = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (whole) {
                out.append(c).append(json.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String blanks() {
        return switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "\n\t";
            case 2 -> "\r\n";
            default -> "";
        };
    }

    /** Some bytes changed, lost, doubled or cut off. */
    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        byte[] copy = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(bytes, at);
            case 3 -> {
                copy = new byte[bytes.length - 1];
                System.arraycopy(bytes, 0, copy, 0, at);
                System.arraycopy(bytes, at + 1, copy, at, bytes.length - at - 1);
            }
            default -> {
                copy = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, copy, at + 1, bytes.length - at);
                copy[at] = (byte) "{}[]:,\"\\ 0".charAt(random.nextInt(10));
            }
        }
        return copy;
    }
}
