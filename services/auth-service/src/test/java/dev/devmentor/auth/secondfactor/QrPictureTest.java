package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class QrPictureTest {
    private static final String TEXT =
            "otpauth://totp/DevMentor:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DevMentor";

    /** Every dark module is painted, in black on white with a margin of four, and no light one. */
    @Test
    void paintsEveryModuleOfTheCode() throws Exception {
        QrCode code = QrCode.encodeText(TEXT, QrCode.Ecc.MEDIUM);
        String svg = QrPicture.svg(TEXT);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        int size = code.size + 8;
        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 " + size + " " + size);
        Element ground = (Element) document.getElementsByTagName("path").item(0);
        assertThat(ground.getAttribute("d")).isEqualTo("M0 0h" + size + "v" + size + "H0z");
        assertThat(ground.getAttribute("fill")).isEqualTo("#fff");
        boolean[][] dark = new boolean[size][size];
        String path = ((Element) document.getElementsByTagName("path").item(1)).getAttribute("d");
        Matcher rectangle =
                Pattern.compile("\\GM(\\d+) (\\d+)h(\\d+)v1H(\\d+)z").matcher(path);
        int read = 0;
        while (rectangle.find()) {
            int x = Integer.parseInt(rectangle.group(1));
            assertThat(rectangle.group(4)).isEqualTo(rectangle.group(1));
            for (int i = 0; i < Integer.parseInt(rectangle.group(3)); i++) {
                dark[Integer.parseInt(rectangle.group(2))][x + i] = true;
            }
            read = rectangle.end();
        }
        assertThat(read).isEqualTo(path.length());
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                assertThat(dark[y][x]).as("%d %d", x, y).isEqualTo(code.getModule(x - 4, y - 4));
            }
        }
    }

    /** It goes into a page, and nothing of it but the picture. */
    @Test
    void nothingOfTheTextStandsInIt() {
        assertThat(QrPicture.svg("\"/><script>alert(1)</script>"))
                .doesNotContain("script")
                .doesNotContain("alert");
    }
}
