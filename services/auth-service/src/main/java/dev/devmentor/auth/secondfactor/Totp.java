package dev.devmentor.auth.secondfactor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** Codes that change with time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, which is what every app can do. */
final class Totp {
    /** RFC 4226 4, R6. */
    static final int SECRET_BYTES = 20;

    private static final String ISSUER = "DevMentor";
    private static final Duration STEP = Duration.ofSeconds(30);
    /** Steps that a clock may be off, either way (RFC 6238 5.2). */
    private static final int SKEW = 1;

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator(STEP);

    /** Whether a text could be a code. */
    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** The address that an app reads the secret from (github.com/google/google-authenticator, "Key Uri Format"). */
    static String uri(byte[] secret, String email) {
        return "otpauth://totp/" + ISSUER + ":" + URLEncoder.encode(email, StandardCharsets.UTF_8) + "?secret="
                + Base32.encode(Base32.STANDARD, secret) + "&issuer=" + ISSUER;
    }

    /**
     * The step that a code belongs to.
     *
     * @param after number of the step that was taken last: neither it nor one before it is taken again (RFC 6238 5.2)
     * @return empty if the code is that of no step that may be taken now
     */
    OptionalLong step(byte[] secret, String code, Instant now, long after) {
        long current = now.getEpochSecond() / STEP.toSeconds();
        for (long step = current - SKEW; step <= current + SKEW; step++) {
            if (step > after && isEqual(code(secret, step), code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private String code(byte[] secret, long step) {
        try {
            return generator.generateOneTimePasswordString(
                    new SecretKeySpec(secret, generator.getAlgorithm()),
                    Instant.ofEpochSecond(step * STEP.toSeconds()),
                    Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("any bytes are a key of HMAC", impossible);
        }
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
