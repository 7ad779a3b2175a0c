package dev.devmentor.clientcrypto;

import java.security.SecureRandom;

/**
 * How a master key is made of a password.
 *
 * @param salt 16 random bytes, base64url
 * @param iterations of PBKDF2
 */
public record KdfParams(String salt, int iterations) {
    /** OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA256. */
    public static final int ITERATIONS = 600_000;
    /** A server that names more wants to keep the client busy. */
    public static final int MOST_ITERATIONS = 10_000_000;

    static final int SALT_BYTES = 16;

    public KdfParams {
        if (iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
            // A server that names fewer wants a cheap guess at the password.
            throw new IllegalArgumentException(
                    "PBKDF2 runs " + ITERATIONS + " to " + MOST_ITERATIONS + " iterations, not " + iterations);
        }
    }

    /** Parameters with a salt of its own. */
    public static KdfParams fresh(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new KdfParams(Text.of(salt), ITERATIONS);
    }

    byte[] saltBytes() throws CryptoFailed {
        byte[] bytes = Text.bytes(salt);
        if (bytes.length != SALT_BYTES) {
            throw new CryptoFailed(CryptoFailed.Why.UNREADABLE, "a salt has " + SALT_BYTES + " bytes");
        }
        return bytes;
    }
}
