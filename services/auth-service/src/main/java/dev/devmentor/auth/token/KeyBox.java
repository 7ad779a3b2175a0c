package dev.devmentor.auth.token;

import dev.devmentor.auth.secret.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Encrypts the keys that sign under a key of its own, which is not in the database and can be kept where the others are not. */
@ApplicationScoped
class KeyBox {
    private static final int KEY_BYTES = 32;

    private final Sealer sealer;

    KeyBox(TokenConfig config) {
        byte[] key = HexFormat.of().parseHex(config.keyEncryptionKey());
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "devmentor.auth.tokens.key-encryption-key has " + KEY_BYTES + " bytes, in hex");
        }
        this.sealer = new Sealer(key, new SecureRandom());
    }

    /** The private key of an id, encrypted. */
    byte[] seal(byte[] privateKey, String kid) {
        return sealer.seal(context(kid), privateKey);
    }

    /**
     * The private key of an id.
     *
     * @throws IllegalStateException if it was changed, is that of another id, or was encrypted under another key
     */
    byte[] open(byte[] sealed, String kid) {
        return sealer.open(context(kid), sealed)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "a signing key in the database was not encrypted under devmentor.auth.tokens.key-encryption-key"));
    }

    private static String context(String kid) {
        return "signing-key:" + kid;
    }
}
