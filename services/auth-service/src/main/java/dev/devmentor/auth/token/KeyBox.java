package dev.devmentor.auth.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be readable in a dump of the database: AES-256-GCM, a random nonce of 96 bits before the ciphertext, and
 * what it is for as additional data, so that one value cannot be put in the place of another.
 */
@ApplicationScoped
public class KeyBox {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    KeyBox(TokenConfig config) {
        byte[] bytes = HexFormat.of().parseHex(config.keyEncryptionKey());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "devmentor.auth.tokens.key-encryption-key has " + KEY_BYTES + " bytes, in hex");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** The value, encrypted for a purpose, such as {@code signing-key:<kid>}. */
    public byte[] seal(byte[] value, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(value);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * The value that was encrypted for this purpose.
     *
     * @throws IllegalStateException if it was changed, is for another purpose, or was encrypted under another key
     */
    public byte[] open(byte[] sealed, String purpose) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "what is encrypted in the database was not encrypted under devmentor.auth.tokens.key-encryption-key",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
