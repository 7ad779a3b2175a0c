package dev.devmentor.auth.secondfactor;

import dev.devmentor.auth.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A code for who has lost the app: 80 random bits, good once, as {@code 7K2M-ZNQ4-T8XW-5CVB}. */
final class RecoveryCode {
    /** How many somebody gets. */
    static final int COUNT = 10;

    static final int SALT_BYTES = 16;

    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private RecoveryCode() {}

    static String fresh(Secrets secrets) {
        String text = Base32.encode(Base32.FOR_PEOPLE, secrets.newBytes(BYTES));
        return text.replaceAll(".{" + GROUP + "}(?!$)", "$0-");
    }

    /** What is kept of it. Fewer than 112 bits have a salt of their own (OWASP ASVS 2.6.2). */
    static byte[] hash(byte[] salt, String typed) {
        String plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]+", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Secrets.mac(salt, plain.getBytes(StandardCharsets.UTF_8));
    }
}
