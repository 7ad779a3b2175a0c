package dev.devmentor.clientcrypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What the person prints and keeps: 128 random bits that open the vault when the password is lost. 28 digits of base 32 in
 * groups of four; the last 12 of the 140 bits tell a misread code from a wrong one.
 */
public final class RecoveryCode {
    private static final int SECRET_BYTES = 16;
    private static final int CHECK_BITS = 12;
    private static final int DIGITS = 28;

    private final byte[] secret;

    private RecoveryCode(byte[] secret) {
        this.secret = secret;
    }

    /** A new code. */
    public static RecoveryCode fresh(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new RecoveryCode(secret);
    }

    /**
     * The code of a text, in whichever case, with or without the lines between its groups.
     *
     * @throws CryptoFailed if it is not a code, most likely a misread one
     */
    public static RecoveryCode parse(String text) throws CryptoFailed {
        BigInteger number = Base32.number(text, DIGITS);
        if (number.signum() >= 0) {
            byte[] all = number.shiftRight(CHECK_BITS).toByteArray();
            byte[] secret = new byte[SECRET_BYTES];
            int length = Math.min(all.length, SECRET_BYTES);
            System.arraycopy(all, all.length - length, secret, SECRET_BYTES - length, length);
            if ((number.intValue() & ((1 << CHECK_BITS) - 1)) == check(secret)) {
                return new RecoveryCode(secret);
            }
        }
        throw new CryptoFailed(CryptoFailed.Why.WRONG_SECRET, "this is not a recovery code; look for a misread letter");
    }

    /** The code as it is printed. */
    public String text() {
        BigInteger number = new BigInteger(1, secret).shiftLeft(CHECK_BITS).or(BigInteger.valueOf(check(secret)));
        byte[] bytes = number.toByteArray();
        return Base32.of(bytes, DIGITS);
    }

    /** The key that wraps the vault key. */
    byte[] vaultWrappingKey() {
        return Hkdf.derive(secret, new byte[0], "devmentor/v1/recovery-kek");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryCode code && MessageDigest.isEqual(secret, code.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    private static int check(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Text.utf8("devmentor/v1/recovery-check"));
            byte[] hash = digest.digest(secret);
            return (hash[0] & 0xFF) << 4 | (hash[1] & 0xF0) >>> 4;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
