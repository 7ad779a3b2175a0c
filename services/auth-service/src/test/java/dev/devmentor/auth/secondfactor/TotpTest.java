package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private final Totp totp = new Totp();

    /** RFC 6238 appendix B, SHA-1; of its eight digits the last six, as RFC 4226 5.3 takes them. */
    @ParameterizedTest
    @CsvSource({
        "59,94287082",
        "1111111109,07081804",
        "1111111111,14050471",
        "1234567890,89005924",
        "2000000000,69279037",
        "20000000000,65353130"
    })
    void takesTheCodesOfTheDocument(long second, String code) {
        assertThat(totp.step(SECRET, code.substring(2), Instant.ofEpochSecond(second), 0))
                .hasValue(second / 30);
    }

    @Test
    void takesOneStepEitherSideAndNoMore() {
        Instant at = Instant.ofEpochSecond(1_234_567_890);
        long step = 41_152_263;
        Authenticator app = new Authenticator("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(app.secret()).isEqualTo(SECRET);
        for (int off = -3; off <= 3; off++) {
            String code = app.code(at.plusSeconds(30L * off));
            if (Math.abs(off) <= 1) {
                assertThat(totp.step(SECRET, code, at, 0)).as("%d", off).hasValue(step + off);
            } else {
                assertThat(totp.step(SECRET, code, at, 0)).as("%d", off).isEmpty();
            }
        }
    }

    @Test
    void takesNeitherAStepThatWasTakenNorOneBefore() {
        Instant at = Instant.ofEpochSecond(1_234_567_890);
        long step = 41_152_263;
        assertThat(totp.step(SECRET, "005924", at, step - 1)).hasValue(step);
        assertThat(totp.step(SECRET, "005924", at, step)).isEmpty();
        assertThat(totp.step(SECRET, "005924", at, step + 1)).isEmpty();
    }

    @Test
    void takesNothingThatIsNoCode() {
        for (String text : new String[] {"", "00592", "0005924", "00592a", "٠٠٥٩٢٤"}) {
            assertThat(Totp.isCode(text)).as(text).isFalse();
            assertThat(totp.step(SECRET, text, Instant.ofEpochSecond(1_234_567_890), 0))
                    .as(text)
                    .isEmpty();
        }
        assertThat(Totp.isCode("005924")).isTrue();
    }

    @Test
    void appsReadTheSecretFromAnAddress() {
        assertThat(Totp.uri(SECRET, "anna+x@example.org"))
                .isEqualTo("otpauth://totp/DevMentor:anna%2Bx%40example.org"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DevMentor");
    }

    /** RFC 4648 10, and the bits in order. */
    @Test
    void encodesInBase32() {
        assertThat(Base32.encode(Base32.STANDARD, "fooba".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("MZXW6YTB");
        assertThat(Base32.encode(Base32.FOR_PEOPLE, new byte[] {0, 68, 50, 20, -57}))
                .isEqualTo("01234567");
        assertThat(Base32.encode(Base32.FOR_PEOPLE, new byte[] {-1, -1, -1, -1, -1}))
                .isEqualTo("ZZZZZZZZ");
    }
}
