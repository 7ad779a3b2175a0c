package dev.devmentor.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event in the JSON form of CloudEvents. Its members come in any order, and what the data has to be is only known
 * with its type: so the data is found here and read afterwards.
 */
final class StructuredEnvelope {
    private static final Set<String> ATTRIBUTES = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "subject",
            "dataschema",
            "datacontenttype",
            "traceparent",
            "tracestate");

    private final byte[] value;
    private final Map<String, String> attributes = new HashMap<>();
    private boolean mentionsData;
    private @Nullable Data data;
    private @Nullable Data base64;

    StructuredEnvelope(byte[] value) {
        this.value = value;
    }

    void from(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refusal(Reason.NOT_JSON, "nothing but white space");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new Refusal(Reason.NOT_A_CLOUDEVENT, "neither CloudEvents headers nor a JSON object");
        }
        Set<String> names = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!names.add(name)) {
                throw new Refusal(Reason.SCHEMA_VIOLATION, "(the envelope): name used twice");
            }
            if (name.equals("data")) {
                readData(parser, token);
            } else if (name.equals("data_base64")) {
                readBase64(parser, token);
            } else if (ATTRIBUTES.contains(name)) {
                readAttribute(parser, token, name);
            } else {
                // An extension that nobody reads is still held to the limits.
                Canonical.value(parser);
            }
        }
    }

    /** Null where it is absent or null, which CloudEvents takes for the same. */
    @Nullable String attribute(String name) {
        return attributes.get(name);
    }

    Data data() {
        if (mentionsData && base64 != null) {
            throw new Refusal(Reason.NOT_A_CLOUDEVENT, "both data and data_base64");
        }
        Data found = base64 != null ? base64 : data;
        if (found == null) {
            throw new Refusal(Reason.EMPTY, "/data: required");
        }
        return found;
    }

    private void readAttribute(JsonParser parser, JsonToken token, String name) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            attributes.put(name, parser.getText());
        } else if (token != JsonToken.VALUE_NULL) {
            throw Attributes.refuse(name, "not a string");
        }
    }

    private void readData(JsonParser parser, JsonToken token) throws IOException {
        mentionsData = true;
        if (token == JsonToken.START_OBJECT) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int to = (int) parser.currentLocation().getByteOffset();
            data = new Data(value, from, to - from, "/data");
        } else if (token != JsonToken.VALUE_NULL) {
            throw new Refusal(Reason.SCHEMA_VIOLATION, "/data: not an object");
        }
    }

    private void readBase64(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw Attributes.refuse("data_base64", "not a string");
        }
        try {
            byte[] json = Base64.getDecoder().decode(parser.getText());
            base64 = new Data(json, 0, json.length, "/data_base64");
        } catch (IllegalArgumentException e) {
            throw Attributes.refuse("data_base64", "not base64");
        }
    }

    /** Where the data lies, and its JSON pointer. */
    static final class Data {
        private final byte[] json;
        private final int from;
        private final int length;
        private final String pointer;

        Data(byte[] json, int from, int length, String pointer) {
            this.json = json;
            this.from = from;
            this.length = length;
            this.pointer = pointer;
        }

        byte[] json() {
            return json;
        }

        int from() {
            return from;
        }

        int length() {
            return length;
        }

        String pointer() {
            return pointer;
        }
    }
}
