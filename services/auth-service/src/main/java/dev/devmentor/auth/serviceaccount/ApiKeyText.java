package dev.devmentor.auth.serviceaccount;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner has it: {@code dm_<id>_<secret>}. The prefix lets scanners of repositories find one that got lost.
 *
 * @param id names the key in lists and logs
 * @param secret 256 random bits
 */
record ApiKeyText(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("dm_([a-z0-9]{16})_([A-Za-z0-9_-]{43})");
    private static final String ID_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_BYTES = 32;

    static ApiKeyText random(SecureRandom random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiKeyText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The key of a text; null if it has not the form of one. */
    static @Nullable ApiKeyText parse(String text) {
        if (text.length() > 100) {
            return null;
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new ApiKeyText(matcher.group(1), matcher.group(2)) : null;
    }

    /** What is kept of it: 256 random bits need no slow hash. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String text() {
        return "dm_" + id + "_" + secret;
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "dm_" + id + "_…";
    }
}
