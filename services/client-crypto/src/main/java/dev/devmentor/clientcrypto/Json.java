package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.clientcrypto.CryptoFailed.Why;

/** JSON as trees: no reflection, so that it works in a native executable without being told of. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An object that was made here. */
    static ObjectNode objectOf(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not JSON", notJson);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    static JsonNode parse(String text) throws CryptoFailed {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new CryptoFailed(Why.UNREADABLE, "not JSON");
        }
    }

    static String text(JsonNode node, String name) throws CryptoFailed {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new CryptoFailed(Why.UNREADABLE, "'" + name + "' is missing");
        }
        return value.textValue();
    }

    static int number(JsonNode node, String name) throws CryptoFailed {
        JsonNode value = node.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new CryptoFailed(Why.UNREADABLE, "'" + name + "' is missing");
        }
        return value.intValue();
    }
}
