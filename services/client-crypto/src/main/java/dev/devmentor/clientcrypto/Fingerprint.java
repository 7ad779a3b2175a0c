package dev.devmentor.clientcrypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What two people read to each other, over another way than the server, to know that it gave them each other's keys. */
public final class Fingerprint {
    private static final int BYTES = 15;
    private static final int DIGITS = 24;

    private Fingerprint() {}

    /** 120 bits of the public key's SHA-256, in six groups of four digits of base 32. */
    public static String of(String publicKey) throws CryptoFailed {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Text.utf8("devmentor/v1/fingerprint"));
            return Base32.of(Arrays.copyOf(digest.digest(Text.bytes(publicKey)), BYTES), DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
