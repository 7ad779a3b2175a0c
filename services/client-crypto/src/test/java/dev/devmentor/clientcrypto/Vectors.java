package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** The vectors that stand beside docs/zero-knowledge.md. They were made by another program, with other libraries. */
final class Vectors {
    static final JsonNode ALL = read();

    private Vectors() {}

    static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    static MasterKey master(JsonNode node) {
        return MasterKey.of(hex(node));
    }

    private static JsonNode read() {
        try (InputStream in = Vectors.class.getResourceAsStream("/zero-knowledge/vectors.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
