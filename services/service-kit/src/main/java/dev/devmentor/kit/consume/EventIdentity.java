package dev.devmentor.kit.consume;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The first 128 bits of SHA-256, by which a log knows events and what else has an identity: short enough for an index over
 * hundreds of millions of rows, and not to be forged.
 *
 * @param high first 64 bits
 * @param low next 64 bits
 */
public record EventIdentity(long high, long low) {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    });

    /** Identity of an event: its source, a zero byte, its id. */
    public static EventIdentity of(String source, String id) {
        MessageDigest digest = SHA_256.get();
        digest.update(source.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return first128(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Identity of something that is named by one text. */
    public static EventIdentity of(String name) {
        return first128(SHA_256.get().digest(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Identity that was kept as a UUID. */
    public static EventIdentity of(UUID kept) {
        return new EventIdentity(kept.getMostSignificantBits(), kept.getLeastSignificantBits());
    }

    /** The same bits, as PostgreSQL keeps them. */
    public UUID uuid() {
        return new UUID(high, low);
    }

    private static EventIdentity first128(byte[] hash) {
        return new EventIdentity(int8(hash, 0), int8(hash, 8));
    }

    private static long int8(byte[] bytes, int at) {
        long value = 0;
        for (int i = at; i < at + 8; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
