package dev.devmentor.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static Letter letter(String subject) {
        return Letter.to("u-1", "anna@people.example", "test", Duration.ofHours(1), subject);
    }

    @Test
    void saysTheSameInPlainTextAndInHtml() {
        Letter letter = letter("Hello").text("a < b & \"c\"").link("Open", "https://x.example/?a=1&b=\"><script>");
        assertThat(letter.plainText())
                .isEqualTo("a < b & \"c\"\n\nOpen:\nhttps://x.example/?a=1&b=\"><script>\n\nDevMentor\n");
        assertThat(letter.html())
                .contains("<p>a &lt; b &amp; &quot;c&quot;</p>")
                .contains("<a href=\"https://x.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;\">Open</a>")
                .doesNotContain("<script>");
    }

    @Test
    void refusesWhatWouldBecomeAnotherHeaderOrAScript() {
        assertThatThrownBy(() -> letter("Hello\r\nBcc: all@people.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letter("Hello").link("Open", "javascript:alert(1)"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAMailOfTwoForms() {
        String mail =
                "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_an?= =?utf-8?B?IGRpY2g=?=\r\nContent-Type: multipart/alternative;\r\n"
                        + " boundary=\"--=_x\"\r\n\r\n----=_x\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\nSch=C3=B6n und l=\r\nang=3D\r\n"
                        + "----=_x\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + "PHA+U2Now7ZuPC9wPg==\r\n----=_x--\r\n";
        MimeReader read = MimeReader.read(mail.getBytes(StandardCharsets.US_ASCII));
        assertThat(read.subject()).isEqualTo("Grüße an dich");
        assertThat(read.text()).isEqualTo("Schön und lang=");
        assertThat(read.html()).isEqualTo("<p>Schön</p>");
    }

    @Test
    void nothingThatAMailSaysMakesItFail() {
        Random random = new Random(3);
        String[] pieces = {
            "Subject: ",
            "=?UTF-8?Q?=ZZ?=",
            "\r\n",
            "\r\n\r\n",
            "Content-Type: multipart/mixed; boundary=a",
            "--a",
            "--a--",
            "Content-Transfer-Encoding: base64",
            "=",
            "=4",
            "%%%",
            "Content-Type: text/html; charset=nope",
            ":",
            " ",
            "é",
            "=?x?b?*?="
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder mail = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                mail.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(MimeReader.read(mail.toString().getBytes(StandardCharsets.UTF_8))
                            .text())
                    .isNotNull();
        }
    }
}
