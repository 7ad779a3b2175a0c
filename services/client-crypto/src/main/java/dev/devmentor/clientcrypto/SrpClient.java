package dev.devmentor.clientcrypto;

import com.nimbusds.srp6.BigIntegerUtils;
import com.nimbusds.srp6.SRP6CryptoParams;
import com.nimbusds.srp6.SRP6Routines;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The client's part of SRP-6a (Wu: SRP-6, 2002; RFC 5054 for the group, k and u): it proves to know the password, and checks
 * that the server knows its verifier. One object is one login.
 */
public final class SrpClient {
    /** The group and the hash: RFC 5054 appendix A, 3072 bits, g = 5, with SHA-256. */
    public static final String GROUP = "rfc5054-3072-sha256";

    private static final int SECRET_BITS = 256;

    private final SRP6CryptoParams params = SRP6CryptoParams.getInstance(3072, "SHA-256");
    private final Routines routines = new Routines();
    private final BigInteger a;
    private final BigInteger publicA;
    private BigInteger sessionKey = BigInteger.ZERO;
    private BigInteger clientEvidence = BigInteger.ZERO;

    public SrpClient(SecureRandom random) {
        // The highest bit is set: RFC 5054 section 2.5.4 wants at least 256 bits.
        this(new BigInteger(SECRET_BITS, random).setBit(SECRET_BITS - 1));
    }

    SrpClient(BigInteger a) {
        this.a = a;
        this.publicA = routines.computePublicClientValue(params.N, params.g, a);
    }

    /** The verifier that a server stores: g^x in lower-case hex. */
    public static String verifier(MasterKey key, KdfParams kdf) throws CryptoFailed {
        SRP6CryptoParams params = SRP6CryptoParams.getInstance(3072, "SHA-256");
        Routines routines = new Routines();
        return hex(routines.computeVerifier(params.N, params.g, x(params, routines, key, kdf)));
    }

    /** The public value A, in lower-case hex. */
    public String publicValue() {
        return hex(publicA);
    }

    /**
     * Answers the challenge.
     *
     * @param publicB the server's B, in hex
     * @return the proof M1, in lower-case hex
     * @throws CryptoFailed if the challenge is none that an honest server gives
     */
    public String prove(MasterKey key, KdfParams kdf, String publicB) throws CryptoFailed {
        BigInteger b = number(publicB);
        if (b.signum() <= 0 || b.compareTo(params.N) >= 0) {
            throw new CryptoFailed(Why.TAMPERED, "the server's B is none of the group");
        }
        BigInteger u = routines.computeU(digest(), params.N, publicA, b);
        if (u.signum() == 0) {
            throw new CryptoFailed(Why.TAMPERED, "the server's B is chosen so that u is 0");
        }
        BigInteger k = routines.computeK(digest(), params.N, params.g);
        BigInteger x = x(params, routines, key, kdf);
        sessionKey = routines.computeSessionKey(params.N, params.g, k, x, u, a, b);
        clientEvidence = routines.computeClientEvidence(digest(), publicA, b, sessionKey);
        return hex(clientEvidence);
    }

    /**
     * Checks the server's proof M2, in hex: without it, it might be anybody who let us in.
     *
     * @throws CryptoFailed if the other end does not know the verifier
     */
    public void verifyServer(String proof) throws CryptoFailed {
        BigInteger expected = routines.serverEvidence(digest(), publicA, clientEvidence, sessionKey);
        boolean same = sessionKey.signum() != 0
                && MessageDigest.isEqual(Text.utf8(hex(expected)), Text.utf8(hex(number(proof))));
        if (!same) {
            throw new CryptoFailed(Why.TAMPERED, "the server could not prove that it knows this account");
        }
    }

    /** x = H(s | H(P)), the salt as a number without leading zero bytes, as the library has it. */
    private static BigInteger x(SRP6CryptoParams params, Routines routines, MasterKey key, KdfParams kdf)
            throws CryptoFailed {
        byte[] salt = BigIntegerUtils.bigIntegerToBytes(new BigInteger(1, kdf.saltBytes()));
        return routines.computeX(
                params.getMessageDigestInstance(), salt, key.srpSecret().getBytes(StandardCharsets.UTF_8));
    }

    private MessageDigest digest() {
        return params.getMessageDigestInstance();
    }

    static String hex(BigInteger number) {
        return number.toString(16);
    }

    private static BigInteger number(String hex) throws CryptoFailed {
        if (hex.isEmpty() || hex.length() > 768 || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw new CryptoFailed(Why.UNREADABLE, "not a number of the group in hex");
        }
        return new BigInteger(hex, 16);
    }

    /** Opens what the library keeps to its own session class. */
    private static final class Routines extends SRP6Routines {
        private static final long serialVersionUID = 1L;

        BigInteger serverEvidence(MessageDigest digest, BigInteger a, BigInteger m1, BigInteger s) {
            return computeServerEvidence(digest, a, m1, s);
        }
    }
}
