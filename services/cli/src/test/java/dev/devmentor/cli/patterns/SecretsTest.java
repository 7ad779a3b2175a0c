package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
    @Test
    void masksWhatStandsBehindTheNameOfASecret() {
        assertThat(Secrets.mask("db.password=hunter2 user=ada")).isEqualTo("db.password=*** user=ada");
        assertThat(Secrets.mask("{\"apiKey\": \"a b c\", \"n\": 1}")).isEqualTo("{\"apiKey\": ***, \"n\": 1}");
        assertThat(Secrets.mask("GITHUB_TOKEN: abc123")).isEqualTo("GITHUB_TOKEN: ***");
        assertThat(Secrets.mask("Authorization: Bearer abc.def-123456")).isEqualTo("Authorization: Bearer ***");
    }

    @Test
    void masksWhoMayComeInByAnAddress() {
        assertThat(Secrets.mask("clone https://ada:s3cret@git.example.org/a/b.git failed"))
                .isEqualTo("clone https://***@git.example.org/a/b.git failed");
    }

    @Test
    void masksTokensByTheirLooks() {
        assertThat(Secrets.mask("got ghp_" + "a1B2".repeat(9) + " from env")).isEqualTo("got *** from env");
        assertThat(Secrets.mask("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2ln"))
                .isEqualTo("***");
        assertThat(Secrets.mask("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"))
                .isEqualTo("-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----");
    }

    @Test
    void leavesAloneWhatOnlySpeaksOfSecrets() {
        assertThat(Secrets.mask("cannot find symbol TokenMinter")).isEqualTo("cannot find symbol TokenMinter");
        assertThat(Secrets.mask("the password is wrong")).isEqualTo("the password is wrong");
    }

    @Test
    void masksTheArgumentsOfACommandLine() {
        assertThat(Secrets.maskCommand(List.of("deploy", "--token", "abc", "-Dsigning.password=xyz", "two words")))
                .isEqualTo("deploy --token *** -Dsigning.password=*** 'two words'");
        assertThat(Secrets.maskCommand(List.of("curl", "-u", "ada:pw", "https://x:y@h/")))
                .isEqualTo("curl -u ada:*** https://***@h/");
    }

    @Test
    void takesNoLongForTextsThatAlmostMatch() {
        String almost = "token-".repeat(8_000) + "=".repeat(8_000) + "eyJ".repeat(4_000) + "https://".repeat(2_000);
        long began = System.nanoTime();
        Secrets.mask(almost);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
