package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The CloudEvents attributes as they arrived, from headers or from a JSON envelope, and the rules they obey. */
final class Attributes {
    static final int MAX_LENGTH = 256;

    private Attributes() {}

    /** Which of our types an event claims to be; refuses all but the expected one. */
    static void checkType(EventType<?> expected, @Nullable String type) {
        if (type == null) {
            throw refuse("type", "required");
        }
        if (!type.equals(expected.name())) {
            throw EventTypes.byName(type) == null
                    ? new Refusal(Reason.UNKNOWN_TYPE, "type: not one that is known")
                    : new Refusal(Reason.WRONG_TYPE_FOR_TOPIC, "type: not the one of this topic");
        }
    }

    /** Absent means the first version. */
    static @Nullable String checkSchema(EventType<?> expected, @Nullable String dataschema) {
        if (dataschema == null ? expected.version() == 1 : dataschema.equals(expected.schemaUri())) {
            return dataschema;
        }
        throw new Refusal(Reason.UNKNOWN_VERSION, "dataschema: not one that is known for the type");
    }

    static void checkSpecVersion(@Nullable String version) {
        if (version == null) {
            throw refuse("specversion", "required");
        }
        if (!version.equals("1.0")) {
            throw refuse("specversion", "not 1.0");
        }
    }

    static String id(@Nullable String id) {
        if (id == null) {
            throw refuse("id", "required");
        }
        return text("id", id);
    }

    static String source(@Nullable String source) {
        if (source == null) {
            throw refuse("source", "required");
        }
        text("source", source);
        if (!UriReference.matches(source)) {
            throw refuse("source", "not a URI reference");
        }
        return source;
    }

    static @Nullable String subject(@Nullable String subject) {
        return subject == null ? null : text("subject", subject);
    }

    static @Nullable Instant time(@Nullable String time) {
        if (time == null) {
            return null;
        }
        long micros = Rfc3339.parseMicros(time.toCharArray(), 0, time.length());
        if (micros == Rfc3339.INVALID) {
            throw refuse("time", "not an RFC 3339 time with offset in the years 1970 to 2200");
        }
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    /** CloudEvents 1.0, type system: no control characters and no unpaired surrogates in a string. */
    private static String text(String name, String value) {
        int pairs = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw refuse(name, "holds a control character");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw refuse(name, "holds an unpaired surrogate");
                }
                pairs++;
                i++;
            }
        }
        if (value.isEmpty()) {
            throw refuse(name, "empty");
        }
        if (value.length() - pairs > MAX_LENGTH) {
            throw refuse(name, "longer than " + MAX_LENGTH + " characters");
        }
        return value;
    }

    static Refusal refuse(String name, String rule) {
        return new Refusal(Reason.NOT_A_CLOUDEVENT, name + ": " + rule);
    }
}
