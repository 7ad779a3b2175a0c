package dev.devmentor.clientcrypto;

import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a password becomes in the client. The keys that are made of it (HKDF, RFC 5869) tell nothing of one another: who
 * learned the secret of the login could not open the vault, and neither leads back to the password but by guessing.
 */
public final class MasterKey implements AutoCloseable {
    private static final int BYTES = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Runs PBKDF2-HMAC-SHA256 (RFC 8018) over the password in NFKC as UTF-8; takes about half a second.
     *
     * @throws IllegalArgumentException if the password is empty
     */
    public static MasterKey derive(char[] password, KdfParams params) throws CryptoFailed {
        // Two keyboards may write one letter in two ways.
        char[] normal = Normalizer.normalize(java.nio.CharBuffer.wrap(password), Normalizer.Form.NFKC)
                .toCharArray();
        if (normal.length == 0) {
            throw new IllegalArgumentException("an empty password protects nothing");
        }
        PBEKeySpec spec = new PBEKeySpec(normal, params.saltBytes(), params.iterations(), BYTES * Byte.SIZE);
        try {
            return new MasterKey(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", impossible);
        } finally {
            spec.clearPassword();
            Arrays.fill(normal, '\0');
        }
    }

    /** A master key that was derived before. */
    public static MasterKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a master key has " + BYTES + " bytes");
        }
        return new MasterKey(bytes.clone());
    }

    /** What SRP takes for the password: 64 hex digits. */
    String srpSecret() {
        return HexFormat.of().formatHex(Hkdf.derive(bytes, new byte[0], "devmentor/v1/srp"));
    }

    /** The key that wraps the vault key. */
    byte[] vaultWrappingKey() {
        return Hkdf.derive(bytes, new byte[0], "devmentor/v1/vault-kek");
    }

    /** Forgets the key. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
