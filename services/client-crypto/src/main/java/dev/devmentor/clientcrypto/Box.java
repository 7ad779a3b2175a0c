package dev.devmentor.clientcrypto;

import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM: 12 bytes of random nonce, the ciphertext, 16 bytes of tag. What belongs to it is bound as text, lines by lines. */
final class Box {
    static final int NONCE_BYTES = 12;
    static final int OVERHEAD = NONCE_BYTES + 16;

    private static final String CIPHER = "AES/GCM/NoPadding";

    private Box() {}

    static byte[] seal(SecureRandom random, byte[] key, byte[] plain, String... bound) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(Text.utf8(lines(bound)));
            byte[] sealed = new byte[plain.length + OVERHEAD];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + CIPHER, impossible);
        }
    }

    static byte[] open(byte[] key, byte[] sealed, Why ifNot, String what, String... bound) throws CryptoFailed {
        if (sealed.length < OVERHEAD) {
            throw new CryptoFailed(Why.UNREADABLE, what + " is too short");
        }
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(128, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(Text.utf8(lines(bound)));
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException wrong) {
            throw new CryptoFailed(ifNot, what + " cannot be opened");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + CIPHER, impossible);
        }
    }

    /** No part contains the separator, so that two lists of parts never give one text. */
    private static String lines(String... parts) {
        for (String part : parts) {
            if (part.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an id has no line break");
            }
        }
        return String.join("\n", parts);
    }
}
