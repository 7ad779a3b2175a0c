package dev.devmentor.auth.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Codes of RFC 8628: one that only the program knows, and one that a person types. */
final class DeviceCodes {
    /** Consonants, so that no word comes out, and none that looks like another (RFC 8628 6.1). */
    private static final String CHARACTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int USER_CODE_LENGTH = 8;
    private static final int DEVICE_CODE_BYTES = 32;

    private DeviceCodes() {}

    static String deviceCode(SecureRandom random) {
        byte[] bytes = new byte[DEVICE_CODE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Such as {@code WDJB-MJHT}: 34.5 bits, guessed at under the throttle, for ten minutes. */
    static String userCode(SecureRandom random) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < USER_CODE_LENGTH; i++) {
            if (i == USER_CODE_LENGTH / 2) {
                code.append('-');
            }
            code.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return code.toString();
    }

    /** The code of what a person typed, in whatever case and with whatever between; null if it cannot be one. */
    static @Nullable String typed(String text) {
        if (text.length() > 40) {
            return null;
        }
        String letters = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        if (letters.length() != USER_CODE_LENGTH) {
            return null;
        }
        return letters.substring(0, USER_CODE_LENGTH / 2) + "-" + letters.substring(USER_CODE_LENGTH / 2);
    }

    static byte[] hash(String deviceCode) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(deviceCode.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
