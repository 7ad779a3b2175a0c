package dev.devmentor.events;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * What the decoder asks beyond the JSON Schema, written again and in other words: the day of a time exists and its
 * instant lies in 1970 to 2200, a zone is known, strings hold neither U+0000 nor unpaired surrogates at any depth, names
 * have at most 256 characters, numbers at most 100 and at most 308 powers of ten, 32 levels, no name twice, 256 KiB.
 */
final class RulesBesideTheSchema {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2201-01-01T00:00:00Z");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private RulesBesideTheSchema() {}

    /** Whether a record holds it; a schema counts characters, field by field, and no bytes. */
    static boolean sizeIsAllowed(byte[] value) {
        return value.length <= 256 * 1024;
    }

    /** Whether the bytes are UTF-8, without a byte order mark and without a zero where UTF-16 would have one. */
    static boolean isUtf8(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return !text.startsWith("\ufeff") && text.chars().limit(4).noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * Whether it is JSON and every token keeps to the limits; needs no schema. From bytes: given text, the parser of
     * Jackson 3.1 takes a wide character for a hexadecimal digit where its low byte is one.
     */
    static boolean tokensAreAllowed(byte[] json) {
        int depth = 0;
        try (JsonParser parser = Schemas.STRICT.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean good = switch (token) {
                    case START_OBJECT, START_ARRAY -> ++depth <= 32;
                    case END_OBJECT, END_ARRAY -> --depth >= 0;
                    case PROPERTY_NAME ->
                        textIsAllowed(parser.currentName())
                                && (depth > 32
                                        || parser.currentName().codePoints().count() <= 256);
                    case VALUE_STRING -> textIsAllowed(parser.getString());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberIsAllowed(parser.getString());
                    default -> true;
                };
                if (!good) {
                    return false;
                }
            }
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Whether the fields that the schema describes loosely keep to their rules. */
    static boolean fieldsAreAllowed(JsonNode schema, JsonNode data) {
        for (String field : schema.path("properties").propertyNames()) {
            JsonNode value = data.path(field);
            if (!value.isString()) {
                continue;
            }
            boolean time =
                    schema.at("/properties/" + field + "/$ref").asString("").equals("#/$defs/time");
            if (time && !timeIsAllowed(value.asString())) {
                return false;
            }
            if (field.equals("zone") && !ZONES.contains(value.asString())) {
                return false;
            }
        }
        return true;
    }

    static boolean timeIsAllowed(String text) {
        try {
            LocalDate.parse(text.substring(0, 10));
            // java.time knows offsets up to 18 hours, RFC 3339 up to 23:59.
            String upper = text.toUpperCase(Locale.ROOT);
            int end = upper.length() - (upper.endsWith("Z") ? 1 : 6);
            Instant local = OffsetDateTime.parse(upper.substring(0, end) + "Z").toInstant();
            Instant instant = local;
            if (!upper.endsWith("Z")) {
                long minutes = Integer.parseInt(upper.substring(end + 1, end + 3)) * 60L
                        + Integer.parseInt(upper.substring(end + 4, end + 6));
                instant = upper.charAt(end) == '-' ? local.plusSeconds(minutes * 60) : local.minusSeconds(minutes * 60);
            }
            return !instant.isBefore(FIRST) && instant.isBefore(END);
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean textIsAllowed(String text) {
        return text.codePoints()
                .noneMatch(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static boolean numberIsAllowed(String text) {
        if (text.length() > 100) {
            return false;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() == 0) {
                return true;
            }
            BigDecimal most = new BigDecimal("1e309");
            BigDecimal least = new BigDecimal("1e-308");
            return number.abs().compareTo(most) < 0 && number.abs().compareTo(least) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
