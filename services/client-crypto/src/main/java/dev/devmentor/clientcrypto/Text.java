package dev.devmentor.clientcrypto;

import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes as texts: base64url without padding (RFC 4648 section 5). */
final class Text {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Text() {}

    static String of(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static byte[] bytes(String text) throws CryptoFailed {
        try {
            return DECODER.decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new CryptoFailed(Why.UNREADABLE, "not base64url");
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
