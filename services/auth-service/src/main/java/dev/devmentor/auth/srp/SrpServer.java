package dev.devmentor.auth.srp;

import com.nimbusds.srp6.SRP6CryptoParams;
import com.nimbusds.srp6.SRP6Routines;
import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The arithmetic of the server's part of SRP-6a: RFC 5054's group of 3072 bits with g = 5, and SHA-256. */
@ApplicationScoped
class SrpServer {
    static final String GROUP = "rfc5054-3072-sha256";

    private static final int GROUP_BITS = 3072;
    private static final int HEX_DIGITS = GROUP_BITS / 4;
    /** RFC 5054 2.5.3 wants at least 256 bits. */
    private static final int SECRET_BITS = 256;

    private final SRP6CryptoParams params = SRP6CryptoParams.getInstance(GROUP_BITS, "SHA-256");
    private final Routines routines = new Routines();
    private final SecureRandom random = new SecureRandom();
    private final BigInteger k = routines.computeK(params.getMessageDigestInstance(), params.N, params.g);

    /** The server's two values of one login. */
    record Ephemeral(BigInteger secret, BigInteger shown) {}

    /** A number of the group from its hex digits; 400 if it is none from 1 to N-1. */
    static BigInteger number(String name, @Nullable String hex) {
        if (hex != null
                && !hex.isEmpty()
                && hex.length() <= HEX_DIGITS
                && hex.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            BigInteger number = new BigInteger(hex, 16);
            // RFC 5054 2.5.4: the server aborts if A % N is 0. Numbers beyond N are the same ones again, and nobody
            // sends them.
            if (number.signum() > 0 && number.compareTo(SRP6CryptoParams.N_3072) < 0) {
                return number;
            }
        }
        throw ProblemException.invalid("'" + name + "' is a number of the group, not 0, in hex");
    }

    Ephemeral begin(BigInteger verifier) {
        BigInteger b = new BigInteger(SECRET_BITS, random).setBit(SECRET_BITS - 1);
        return new Ephemeral(b, routines.computePublicServerValue(params.N, params.g, k, verifier, b));
    }

    /** The server's proof M2; null if the client's M1 is wrong. */
    @Nullable BigInteger prove(BigInteger verifier, Ephemeral ours, BigInteger a, BigInteger m1) {
        BigInteger u = routines.computeU(params.getMessageDigestInstance(), params.N, a, ours.shown());
        BigInteger s = routines.computeSessionKey(params.N, verifier, u, a, ours.secret());
        BigInteger expected = routines.computeClientEvidence(params.getMessageDigestInstance(), a, ours.shown(), s);
        BigInteger m2 = routines.serverEvidence(params.getMessageDigestInstance(), a, m1, s);
        boolean same = u.signum() != 0
                && MessageDigest.isEqual(
                        expected.toString(16).getBytes(StandardCharsets.US_ASCII),
                        m1.toString(16).getBytes(StandardCharsets.US_ASCII));
        return same ? m2 : null;
    }

    /** Opens what the library keeps to its own session class. */
    private static final class Routines extends SRP6Routines {
        private static final long serialVersionUID = 1L;

        BigInteger serverEvidence(MessageDigest digest, BigInteger a, BigInteger m1, BigInteger s) {
            return computeServerEvidence(digest, a, m1, s);
        }
    }
}
