package dev.devmentor.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text for each JSON value: members sorted, no whitespace, only needed escapes, numbers by value. So that a repeat
 * of an event that is formatted differently is equal to the first, unknown fields included.
 */
final class Canonical {
    static final int MAX_NAME = 256;
    static final int MAX_NUMBER = 100;
    /** Powers of ten that a number may reach in either direction, as in a double. */
    static final int MAX_EXPONENT = 308;

    private static final String PLACE = "(a field that the schema does not name)";

    private Canonical() {}

    /** Reads the value that {@code parser} stands on. Depth is limited by the parser. */
    static String value(JsonParser parser) throws IOException {
        StringBuilder out = new StringBuilder();
        append(parser, out);
        return out.toString();
    }

    static String object(Map<String, String> members) {
        StringBuilder out = new StringBuilder();
        append(members, out);
        return out.toString();
    }

    /** Adds a member's name and value, refusing a second one of the same name. */
    static void member(JsonParser parser, String name, Map<String, String> members) throws IOException {
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw refuse("name longer than " + MAX_NAME + " characters");
        }
        checkText(name);
        if (members.containsKey(name)) {
            throw refuse("name used twice in one object");
        }
        members.put(name, value(parser));
    }

    private static void append(JsonParser parser, StringBuilder out) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, String> members = new TreeMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    member(parser, name, members);
                }
                append(members, out);
            }
            case START_ARRAY -> {
                out.append('[');
                boolean first = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (!first) {
                        out.append(',');
                    }
                    first = false;
                    append(parser, out);
                }
                out.append(']');
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                checkText(text);
                quote(text, out);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(number(parser));
            default -> out.append(parser.getText());
        }
    }

    private static void append(Map<String, String> members, StringBuilder out) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            quote(member.getKey(), out);
            out.append(':').append(member.getValue());
        }
        out.append('}');
    }

    private static String number(JsonParser parser) throws IOException {
        BigDecimal number = decimal(parser);
        if (number == null) {
            throw refuse("number beyond 100 characters or 308 powers of ten");
        }
        int power = number.precision() - number.scale() - 1;
        return number.scale() <= 0 && power <= 20 ? number.toPlainString() : number.toString();
    }

    /** The number without trailing zeros, or null where it is beyond the limits. */
    static @Nullable BigDecimal decimal(JsonParser parser) throws IOException {
        if (parser.getTextLength() > MAX_NUMBER) {
            return null;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (NumberFormatException e) {
            // The exponent does not fit an int.
            return null;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        long power = (long) stripped.precision() - stripped.scale() - 1;
        return Math.abs(power) > MAX_EXPONENT ? null : stripped;
    }

    private static void checkText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw refuse("holds U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw refuse("holds an unpaired surrogate");
                }
            }
        }
    }

    private static Refusal refuse(String rule) {
        return new Refusal(Reason.SCHEMA_VIOLATION, PLACE + ": " + rule);
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 0xF, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
