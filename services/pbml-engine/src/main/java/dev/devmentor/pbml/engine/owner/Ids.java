package dev.devmentor.pbml.engine.owner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for patterns and their members by what they are about, the same for everybody. */
final class Ids {
    private static final int BYTES = 16;

    private Ids() {}

    /** At most 64 characters. */
    static String of(PatternKind kind, String... subjects) {
        return kind.wireName() + "-" + hash(subjects);
    }

    static String hash(String... subjects) {
        StringBuilder text = new StringBuilder();
        for (String subject : subjects) {
            // with the length, so that no two lists read the same
            text.append(subject.length()).append(':').append(subject);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
