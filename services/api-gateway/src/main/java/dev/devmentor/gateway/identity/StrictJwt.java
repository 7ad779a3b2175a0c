package dev.devmentor.gateway.identity;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in the compact form (RFC 7515, 7.1), taken apart. There is one text for one token: what decodes to the same bytes but is
 * written otherwise is refused, as is a name that stands twice. The header says {@code RS256} (RFC 8725, 3.1), names its key by {@code kid}, and
 * brings no key along nor the address of one.
 */
final class StrictJwt {
    /** Longest text of a token. */
    static final int LONGEST = 8 * 1024;

    private static final int LONGEST_KEY_ID = 200;
    /** What would have this side use another key, or understand the token in another way. {@code crit}: no extension is understood here. */
    private static final Set<String> REFUSED = Set.of("jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "enc");

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String keyId;
    private final JsonNode claims;
    private final byte[] signed;
    private final byte[] signature;

    private StrictJwt(String keyId, JsonNode claims, byte[] signed, byte[] signature) {
        this.keyId = keyId;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** The header's {@code kid}. */
    String keyId() {
        return keyId;
    }

    /** The payload. */
    JsonNode claims() {
        return claims;
    }

    /** The bytes that are signed. */
    byte[] signed() {
        return signed;
    }

    /** Of those bytes. */
    byte[] signature() {
        return signature;
    }

    /** @return null if it is no such token */
    static @Nullable StrictJwt read(String token) {
        if (token.length() > LONGEST) {
            return null;
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return null;
        }
        byte[] header = decode(token.substring(0, first));
        byte[] payload = decode(token.substring(first + 1, second));
        byte[] signature = decode(token.substring(second + 1));
        if (header == null || payload == null || signature == null) {
            return null;
        }
        ObjectNode head = object(header);
        ObjectNode claims = object(payload);
        if (head == null || claims == null) {
            return null;
        }
        String keyId = keyId(head);
        return keyId == null
                ? null
                : new StrictJwt(
                        keyId, claims, token.substring(0, second).getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static @Nullable String keyId(ObjectNode header) {
        for (String name : REFUSED) {
            if (header.has(name)) {
                return null;
            }
        }
        JsonNode type = header.get("typ");
        JsonNode id = header.get("kid");
        boolean isAccess = type == null
                || (type.isTextual() && TYPES.contains(type.textValue().toLowerCase(Locale.ROOT)));
        boolean isRs256 =
                header.path("alg").isTextual() && header.path("alg").textValue().equals("RS256");
        return isAccess
                        && isRs256
                        && id != null
                        && id.isTextual()
                        && !id.textValue().isEmpty()
                        && id.textValue().length() <= LONGEST_KEY_ID
                ? id.textValue()
                : null;
    }

    /** Base64url without padding (RFC 7515, 2), in its only form. */
    private static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length > 0
                            && Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(bytes)
                                    .equals(text)
                    ? bytes
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable ObjectNode object(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return JSON.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return null;
        }
    }
}
