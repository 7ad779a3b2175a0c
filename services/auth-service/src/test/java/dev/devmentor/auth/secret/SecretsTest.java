package dev.devmentor.auth.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = SecretsForTests.secrets();

    @Test
    void whatIsSealedOpensOnlyForItsPurposeAndContext() {
        byte[] sealed = secrets.seal("mail", "m-1", "text".getBytes(UTF_8));
        assertThat(secrets.open("mail", "m-1", sealed))
                .hasValueSatisfying(text -> assertThat(text).asString(UTF_8).isEqualTo("text"));
        assertThat(secrets.open("mail", "m-2", sealed)).isEmpty();
        assertThat(secrets.open("other", "m-1", sealed)).isEmpty();
        assertThat(new Secrets(() -> "01".repeat(32)).open("mail", "m-1", sealed))
                .isEmpty();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(secrets.open("mail", "m-1", changed)).isEmpty();
        }
        assertThat(secrets.open("mail", "m-1", new byte[5])).isEmpty();
        assertThat(secrets.seal("mail", "m-1", "text".getBytes(UTF_8))).isNotEqualTo(sealed);
    }

    @Test
    void refusesAKeyThatIsTooShortWithoutNamingIt() {
        assertThatThrownBy(() -> Secrets.key("some.key", "abcd")).hasMessage("some.key has fewer than 32 bytes");
        assertThatThrownBy(() -> Secrets.key("some.key", "secret")).hasMessage("some.key is not hexadecimal");
    }

    @Test
    void tokensAreLongAndDifferent() {
        assertThat(secrets.newToken()).hasSize(43).matches("[A-Za-z0-9_-]+").isNotEqualTo(secrets.newToken());
    }
}
