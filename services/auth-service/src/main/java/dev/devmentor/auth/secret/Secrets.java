package dev.devmentor.auth.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys per purpose, and what is made of them. A key of a purpose is HMAC-SHA-256 of its name under the configured secret (one
 * block of HKDF-Expand, RFC 5869), so what is made for one purpose is worth nothing for another.
 */
@ApplicationScoped
public class Secrets {
    private static final String MAC = "HmacSHA256";
    private static final int LEAST_KEY_BYTES = 32;
    private static final int TOKEN_BYTES = 32;

    private final byte[] root;
    // Not static: a native executable must not carry a seed of its build.
    private final SecureRandom random = new SecureRandom();

    Secrets(SecretConfig config) {
        this.root = key("devmentor.auth.secret.key", config.key());
    }

    /**
     * A configured key.
     *
     * @param name of the setting
     * @param hex its value
     * @throws IllegalStateException if it is no hex, or shorter than 32 bytes; the value is not in the message
     */
    public static byte[] key(String name, String hex) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException noHex) {
            throw new IllegalStateException(name + " is not hexadecimal");
        }
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalStateException(name + " has fewer than " + LEAST_KEY_BYTES + " bytes");
        }
        return key;
    }

    /** HMAC-SHA-256 under any key. */
    public static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** SHA-256. */
    public static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What is stored of a token: it is random enough that nobody finds it from its hash. */
    public static byte[] hashOfToken(String token) {
        return sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA-256 of a text under the key of a purpose. */
    public byte[] mac(String purpose, String text) {
        return mac(keyOf(purpose), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token that nobody guesses: 256 bits in base64url. */
    public String newToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(newBytes(TOKEN_BYTES));
    }

    /** Random bytes. */
    public byte[] newBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * Encrypts under the key of a purpose; see {@link Sealer}.
     *
     * @param context what the text belongs to; it opens only there
     */
    public byte[] seal(String purpose, String context, byte[] text) {
        return new Sealer(keyOf(purpose), random).seal(context, text);
    }

    /** The text that was sealed; empty if it was changed, belongs elsewhere, or was made under another key. */
    public Optional<byte[]> open(String purpose, String context, byte[] sealed) {
        return new Sealer(keyOf(purpose), random).open(context, sealed);
    }

    private byte[] keyOf(String purpose) {
        return mac(root, ("devmentor.auth." + purpose + "\u0001").getBytes(StandardCharsets.UTF_8));
    }
}
