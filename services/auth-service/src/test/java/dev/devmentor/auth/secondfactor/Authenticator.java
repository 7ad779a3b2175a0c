package dev.devmentor.auth.secondfactor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A person's app, made after RFC 6238 and RFC 4226 without the library of the service. */
public final class Authenticator {
    private final byte[] secret;

    /** @param base32 as the service shows it */
    public Authenticator(String base32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long kept = 0;
        int bits = 0;
        for (char c : base32.toCharArray()) {
            kept = kept << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write((int) (kept >> bits));
            }
        }
        this.secret = bytes.toByteArray();
    }

    /** The secret itself. */
    public byte[] secret() {
        return secret.clone();
    }

    /** The code of a time. */
    public String code(Instant at) {
        return code(step(at));
    }

    /** Codes that are those of no time near this one. */
    public List<String> wrongOnes(Instant at, int count) {
        List<String> right =
                LongStream.rangeClosed(-5, 5).mapToObj(i -> code(step(at) + i)).toList();
        return IntStream.range(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(code -> !right.contains(code))
                .limit(count)
                .toList();
    }

    private static long step(Instant at) {
        return at.getEpochSecond() / 30;
    }

    private String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[19] & 0xF;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFFFFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
