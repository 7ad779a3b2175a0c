package dev.devmentor.pbml.engine.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Names patterns by what they are about. */
final class PatternIds {

    private static final int BYTES = 16;

    private PatternIds() {}

    /** @param subjects in an order that does not depend on what was observed first */
    static String of(StudyPattern.Kind kind, String aspect, List<String> subjects) {
        StringBuilder text = new StringBuilder(kind.name()).append(' ').append(aspect);
        for (String subject : subjects) {
            // with the length, so that no two lists read the same
            text.append(' ').append(subject.length()).append(':').append(subject);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return kind.name().toLowerCase(Locale.ROOT) + "-" + HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
