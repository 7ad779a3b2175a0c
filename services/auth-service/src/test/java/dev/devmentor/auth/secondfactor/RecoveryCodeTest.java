package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.auth.secret.SecretsForTests;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryCodeTest {
    private final Secrets secrets = SecretsForTests.secrets();

    /** 16 of 32 characters are 80 bits; each of them comes at each place. */
    @Test
    void hasEightyRandomBits() {
        Set<String> codes = new HashSet<>();
        Set<String> atPlaces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String code = RecoveryCode.fresh(secrets);
            assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
            codes.add(code);
            for (int place = 0; place < code.length(); place++) {
                atPlaces.add(place + ":" + code.charAt(place));
            }
        }
        assertThat(codes).hasSize(1_000);
        // 1 of 10^11 runs lacks one.
        assertThat(atPlaces).hasSize(16 * 32 + 3);
    }

    @Test
    void isTheSameHoweverItIsTyped() {
        byte[] salt = new byte[RecoveryCode.SALT_BYTES];
        byte[] hash = RecoveryCode.hash(salt, "7K0M-1NQ4-T8XW-5CVB");
        for (String typed :
                new String[] {"7k0m1nq4t8xw5cvb", " 7K0M 1NQ4 T8XW 5CVB ", "7kOm-lnq4-t8xw-5cvb", "7komInq4t8xw5cvb"}) {
            assertThat(RecoveryCode.hash(salt, typed)).as(typed).isEqualTo(hash);
        }
        assertThat(RecoveryCode.hash(salt, "7K0M-1NQ4-T8XW-5CVC")).isNotEqualTo(hash);
        byte[] another = {1};
        assertThat(RecoveryCode.hash(another, "7K0M-1NQ4-T8XW-5CVB")).isNotEqualTo(hash);
    }
}
