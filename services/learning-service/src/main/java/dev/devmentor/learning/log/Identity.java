package dev.devmentor.learning.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The first 128 bits of SHA-256, by which the log knows events and answers: short enough for an index over hundreds of
 * millions of rows, and not to be forged.
 */
record Identity(long learnerId, long high, long low) {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    });

    static Identity ofEvent(long learnerId, String source, String id) {
        MessageDigest digest = SHA_256.get();
        digest.update(source.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return of(learnerId, digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    static Identity ofAnswer(long learnerId, String answerId) {
        return of(learnerId, SHA_256.get().digest(answerId.getBytes(StandardCharsets.UTF_8)));
    }

    private static Identity of(long learnerId, byte[] hash) {
        return new Identity(learnerId, int8(hash, 0), int8(hash, 8));
    }

    UUID uuid() {
        return new UUID(high, low);
    }

    private static long int8(byte[] bytes, int at) {
        long value = 0;
        for (int i = at; i < at + 8; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
