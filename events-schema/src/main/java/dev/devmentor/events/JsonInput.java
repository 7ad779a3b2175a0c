package dev.devmentor.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one data object field by field, and the objects of its arrays, in the terms that schemas use, and refuses what
 * breaks them. Kept from record to record for its tables; not for several threads.
 */
final class JsonInput {
    static final int MAX_SKILLS = 32;
    static final int MAX_SKILL = 128;
    static final int MAX_COUNTS = 64;
    static final long MAX_COUNT = (1L << 53) - 1;

    private static final int MAX_ZONE = 64;
    private static final int MAX_REPOSITORY = 256;
    private static final int MIN_COMMIT = 7;
    private static final int MAX_COMMIT = 64;
    private static final int HOURS = 24;
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final Interned interned = new Interned();
    private final Map<String, ZoneId> zones = new HashMap<>();
    private final ArrayList<String> list = new ArrayList<>(MAX_SKILLS);

    // Both are set before each read.
    @SuppressWarnings("NullAway.Init")
    private JsonParser parser;

    private String prefix = "";
    /** The array that holds the object being read; empty where that is the data itself. */
    private String array = "";
    /** The object's place in the array. */
    private int index;

    private String field = "";
    private long seen;
    private @Nullable SortedMap<String, String> unknown;

    /** Starts on the object that the parser stands before. {@code prefix} is the pointer of that object. */
    void start(JsonParser json, String pointer) throws IOException {
        parser = json;
        prefix = pointer;
        array = "";
        field = "";
        seen = 0;
        unknown = null;
        JsonToken token = json.nextToken();
        if (token == null) {
            throw new Refusal(Reason.NOT_JSON, "nothing but white space");
        }
        if (token != JsonToken.START_OBJECT) {
            throw refuse("not an object");
        }
    }

    /** Steps to the next field's value; null at the end of the object. */
    @Nullable String next() throws IOException {
        String name = parser.nextFieldName();
        if (name != null) {
            field = name;
            parser.nextToken();
        }
        return name;
    }

    /** Marks a known field, by its number, as seen. */
    void once(int number) {
        if ((seen & 1L << number) != 0) {
            throw refuse("field used twice");
        }
        seen |= 1L << number;
    }

    /** Keeps a field that the schema does not name. */
    void unknown() throws IOException {
        if (unknown == null) {
            unknown = new TreeMap<>();
        }
        Canonical.member(parser, field, unknown);
    }

    /** All the unknown fields as one canonical JSON object. */
    @Nullable String extra() {
        return unknown == null ? null : Canonical.object(unknown);
    }

    <V> V required(@Nullable V value, String name) {
        if (value == null) {
            throw new Refusal(Reason.SCHEMA_VIOLATION, pointer() + "/" + name + ": required");
        }
        return value;
    }

    /** What holds for a person or a team says for which; what holds for everyone names nobody. */
    void checkScope(@Nullable PatternScope scope, @Nullable String scopeId) {
        if (scope != null && scope != PatternScope.EVERYONE) {
            required(scopeId, "scopeId");
        } else if (scope != null && scopeId != null) {
            throw new Refusal(
                    Reason.SCHEMA_VIOLATION,
                    pointer() + "/scopeId: not allowed where " + pointer() + "/scope is everyone");
        }
    }

    Refusal refuse(String rule) {
        return refuse("", rule);
    }

    Refusal contradicting() {
        return new Refusal(Reason.CONTRADICTING_GRADE, prefix + "/grade: contradicts " + prefix + "/correct");
    }

    String string(int max) throws IOException {
        checkString(max, "");
        return new String(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** A string that many records share. */
    String sharedString(int max) throws IOException {
        checkString(max, "");
        return interned.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** A name such as {@code learning-service}. */
    String serviceName(int max) throws IOException {
        String name = sharedString(max);
        boolean good = name.charAt(0) >= 'a' && name.charAt(0) <= 'z';
        for (int i = 1; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
        }
        if (!good) {
            throw refuse("not lower-case letters, digits and hyphens");
        }
        return name;
    }

    /** A name such as {@code org/project}. Addresses have a colon or an @, and credentials may stand in them. */
    String repository() throws IOException {
        String name = sharedString(MAX_REPOSITORY);
        if (name.indexOf(':') >= 0 || name.indexOf('@') >= 0) {
            throw refuse("an address, not a name");
        }
        return name;
    }

    /** The hash of a commit, or its first digits. */
    String commit() throws IOException {
        String hash = string(MAX_COMMIT);
        for (int i = 0; i < hash.length(); i++) {
            char c = hash.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                throw refuse("not lower-case hexadecimal digits");
            }
        }
        if (hash.length() < MIN_COMMIT) {
            throw refuse("shorter than " + MIN_COMMIT + " digits");
        }
        return hash;
    }

    /** The id of another event. */
    String eventId() throws IOException {
        String id = string(Attributes.MAX_LENGTH);
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                throw refuse("holds a control character");
            }
        }
        return id;
    }

    /** The source of another event. */
    String eventSource() throws IOException {
        String source = sharedString(Attributes.MAX_LENGTH);
        if (!UriReference.matches(source)) {
            throw refuse("not a URI reference");
        }
        return source;
    }

    boolean bool() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw refuse("not true or false");
        };
    }

    int integer(int min, int max) throws IOException {
        return (int) integer((long) min, (long) max);
    }

    /** A whole number in any notation: {@code 3}, {@code 3.0} and {@code 3e0} are one, as JSON Schema says. */
    long integer(long min, long max) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= EXACT_DIGITS) {
            return checkRange(parser.getLongValue(), min, max);
        }
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw refuse("not a whole number");
        }
        BigDecimal number = decimal();
        if (number.scale() > 0) {
            throw refuse("not a whole number");
        }
        if (number.precision() - number.scale() > 18) {
            throw refuse("not from " + min + " to " + max);
        }
        return checkRange(number.longValue(), min, max);
    }

    private long checkRange(long number, long min, long max) {
        if (number < min || number > max) {
            throw refuse("not from " + min + " to " + max);
        }
        return number;
    }

    double number(int min, int max) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw refuse("not a number");
        }
        double number = simpleDecimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (!Double.isNaN(number)) {
            if (number < min || number > max) {
                throw refuse("not from " + min + " to " + max);
            }
            return number;
        }
        // Compared before it is rounded: a hair above the limit is above the limit.
        BigDecimal exact = decimal();
        if (exact.compareTo(BigDecimal.valueOf(min)) < 0 || exact.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw refuse("not from " + min + " to " + max);
        }
        return exact.doubleValue();
    }

    private BigDecimal decimal() throws IOException {
        BigDecimal number = Canonical.decimal(parser);
        if (number == null) {
            throw refuse("number beyond 100 characters or 308 powers of ten");
        }
        return number;
    }

    /**
     * A decimal of at most fifteen digits, no sign and no exponent, else NaN. Both numerator and power of ten are exact
     * in a double, so that one division rounds correctly (Clinger 1990).
     */
    private static double simpleDecimal(char[] text, int offset, int length) {
        if (length > EXACT_DIGITS + 1) {
            return Double.NaN;
        }
        long digits = 0;
        int afterPoint = -1;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c == '.') {
                afterPoint = 0;
            } else if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                afterPoint += afterPoint < 0 ? 0 : 1;
            } else {
                return Double.NaN;
            }
        }
        // Sixteen digits without a point are one too many.
        if (afterPoint < 0) {
            return length > EXACT_DIGITS ? Double.NaN : (double) digits;
        }
        return digits / POWERS_OF_TEN[afterPoint];
    }

    Instant instant() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refuse("not a string");
        }
        long micros = Rfc3339.parseMicros(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (micros == Rfc3339.INVALID) {
            throw refuse("not an RFC 3339 time with offset in the years 1970 to 2200");
        }
        long seconds = micros / 1_000_000;
        return Instant.ofEpochSecond(seconds, (micros - seconds * 1_000_000) * 1_000);
    }

    ZoneId zone() throws IOException {
        String id = sharedString(MAX_ZONE);
        ZoneId known = zones.get(id);
        if (known == null) {
            if (!ZoneRulesProvider.getAvailableZoneIds().contains(id)) {
                throw refuse("not a zone of the IANA time zone database");
            }
            known = ZoneId.of(id);
            zones.put(id, known);
        }
        return known;
    }

    <E extends Enum<E> & WireName> E oneOf(E[] constants) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refuse("not a string");
        }
        char[] text = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        for (E constant : constants) {
            String wire = constant.wire();
            if (wire.length() == length) {
                int i = 0;
                while (i < length && wire.charAt(i) == text[offset + i]) {
                    i++;
                }
                if (i == length) {
                    return constant;
                }
            }
        }
        throw refuse("not one of the named values");
    }

    List<String> skills() throws IOException {
        startArray();
        list.clear();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() == MAX_SKILLS) {
                throw refuse("more than " + MAX_SKILLS + " skills");
            }
            checkString(MAX_SKILL, "/" + list.size());
            String skill = interned.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            if (list.contains(skill)) {
                throw refuse("a skill named twice");
            }
            list.add(skill);
        }
        return switch (list.size()) {
            case 0 -> List.of();
            case 1 -> List.of(list.getFirst());
            case 2 -> List.of(list.getFirst(), list.get(1));
            default -> List.copyOf(list);
        };
    }

    /** An array of at most {@code max} strings, each of at most {@code maxLength} characters; the same may come twice. */
    List<String> strings(int max, int maxLength) throws IOException {
        startArray();
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            checkRoom(strings.size(), max);
            checkString(maxLength, "/" + strings.size());
            strings.add(new String(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
        }
        return List.copyOf(strings);
    }

    /** Hours of the day, each at most once. */
    List<Integer> hours() throws IOException {
        startArray();
        List<Integer> hours = new ArrayList<>(HOURS);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int hour = integer(0, HOURS - 1);
            if (hours.contains(hour)) {
                throw refuse("an hour named twice");
            }
            hours.add(hour);
        }
        return List.copyOf(hours);
    }

    /** How one object of an array is read: as the data itself is, to its end. */
    @FunctionalInterface
    interface ObjectReader<V> {
        V read(JsonInput in) throws IOException;
    }

    /** An array of {@code min} (0 or 1) to {@code max} objects. The objects hold no arrays of objects themselves. */
    <V> List<V> objects(int min, int max, ObjectReader<V> reader) throws IOException {
        startArray();
        String outerField = field;
        long outerSeen = seen;
        SortedMap<String, String> outerUnknown = unknown;
        List<V> objects = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            checkRoom(objects.size(), max);
            array = outerField;
            index = objects.size();
            field = "";
            seen = 0;
            unknown = null;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refuse("not an object");
            }
            objects.add(reader.read(this));
            array = "";
            field = outerField;
        }
        seen = outerSeen;
        unknown = outerUnknown;
        if (objects.size() < min) {
            throw refuse("empty");
        }
        return List.copyOf(objects);
    }

    private void startArray() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refuse("not an array");
        }
    }

    private void checkRoom(int size, int max) {
        if (size == max) {
            throw refuse("more than " + max + " items");
        }
    }

    Map<String, Long> counts() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refuse("not an object");
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkText(name.toCharArray(), 0, name.length(), 64, " (a name)");
            parser.nextToken();
            if (counts.put(name, integer(0L, MAX_COUNT)) != null) {
                throw refuse("name used twice");
            }
            if (counts.size() > MAX_COUNTS) {
                throw refuse("more than " + MAX_COUNTS + " counts");
            }
        }
        return counts;
    }

    private void checkString(int max, String below) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refuse(below, "not a string");
        }
        checkText(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), max, below);
    }

    private void checkText(char[] text, int offset, int length, int max, String below) {
        int pairs = 0;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c == 0) {
                throw refuse(below, "holds U+0000");
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < offset + length
                        && Character.isLowSurrogate(text[i + 1]);
                if (!paired) {
                    throw refuse(below, "holds an unpaired surrogate");
                }
                pairs++;
                i++;
            }
        }
        if (length == 0) {
            throw refuse(below, "empty");
        }
        if (length - pairs > max) {
            throw refuse(below, "longer than " + max + " characters");
        }
    }

    private Refusal refuse(String below, String rule) {
        String place = field.isEmpty() ? pointer() : pointer() + "/" + field + below;
        return new Refusal(Reason.SCHEMA_VIOLATION, (place.isEmpty() ? "(the data)" : place) + ": " + rule);
    }

    /** Where the object being read stands. */
    private String pointer() {
        return array.isEmpty() ? prefix : prefix + "/" + array + "/" + index;
    }
}
