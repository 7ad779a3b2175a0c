package dev.devmentor.auth.srp;

import dev.devmentor.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client that has a new password sends instead of it. Made as docs/zero-knowledge.md says.
 *
 * @param salt 16 random bytes, base64url without padding
 * @param iterations of PBKDF2, 600000 to 10000000
 * @param verifier g^x in hex
 */
@RegisterForReflection
@Schema(description = "A zero-knowledge password: salt, iterations and SRP verifier")
public record SrpParameters(
        @Schema(examples = "AAECAwQFBgcICQoLDA0ODw") @Nullable String salt,

        @Schema(examples = "600000") @Nullable Integer iterations,

        @Schema(description = "In hex", examples = "5a41…") @Nullable String verifier) {
    private static final int SALT_BYTES = 16;
    /** What our clients use, and what is said of addresses without such a login. */
    static final int ITERATIONS = 600_000;

    private static final int MOST_ITERATIONS = 10_000_000;

    /**
     * The same in the form that is stored.
     *
     * @throws ProblemException 400 if a part is missing or out of range
     */
    Credential checked() {
        byte[] saltBytes = saltBytes();
        if (iterations == null || iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
            throw ProblemException.invalid("'iterations' is a number from " + ITERATIONS + " to " + MOST_ITERATIONS);
        }
        BigInteger number = SrpServer.number("verifier", verifier);
        if (number.compareTo(BigInteger.ONE) <= 0) {
            throw ProblemException.invalid("'verifier' would let everybody in");
        }
        return new Credential(saltBytes, iterations, number);
    }

    /** In one line, to be kept until it is known whose they are. */
    public String line() {
        checked();
        return salt + " " + iterations + " " + verifier;
    }

    /** Of such a line. */
    public static SrpParameters ofLine(String line) {
        String[] parts = line.split(" ", 3);
        return new SrpParameters(parts[0], Integer.valueOf(parts[1]), parts[2]);
    }

    private byte[] saltBytes() {
        try {
            byte[] bytes = salt == null ? new byte[0] : Base64.getUrlDecoder().decode(salt);
            if (bytes.length == SALT_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Same answer as for another length.
        }
        throw ProblemException.invalid("'salt' is " + SALT_BYTES + " bytes in base64url");
    }
}
