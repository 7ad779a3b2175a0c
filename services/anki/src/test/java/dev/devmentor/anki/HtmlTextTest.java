package dev.devmentor.anki;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "<b>bold</b> and <i>it</i>|bold and it",
                "a &lt; b &amp;&amp; c &gt; d|a < b && c > d",
                "a < b and c > d|a < b and c > d",
                "1 <2|1 <2",
                "&#65;&#x42;&nbsp;C|AB C",
                "&unknown; &#xD800; & &;|&unknown; &#xD800; & &;",
                "<script>alert(1)</script>safe|safe",
                "<STYLE>b{}</Style>safe|safe",
                "<script>never closed|~~",
                "a<!-- <b>hidden</b> -->b|ab",
                "a<!-- never closed|a",
                "<a title=\">\" href='x'>link</a>|link",
                "<a title=\">never closed|never closed",
                "<a \" b>still|still",
                "<td>x</td><td>y</td>|x y",
                "x[sound:a.mp3]y|xy",
                "<img src=\"cat.jpg\">|[cat.jpg]",
                "<IMG alt=x SRC=cat.png >|[cat.png]",
                "<img src=\"data:image/png;base64,AAAA\">|[data:]",
                "<img alt=\"src=no\">|~~",
            })
    void keepsWhatAPersonReads(String html, String text) {
        assertThat(HtmlText.of(html)).isEqualTo(text);
    }

    @Test
    void keepsLinesAndNothingTwice() {
        assertThat(HtmlText.of("  <div>one</div><div>two   three</div><br><p>\nfour\n</p><pre>a\n  b</pre>"))
                .isEqualTo("one\ntwo three\n\nfour\na\nb");
    }

    @Test
    void dropsWhatNoPersonReads() {
        assertThat(HtmlText.of("a\u0000b\u0007c\u007f")).isEqualTo("abc");
    }

    @Test
    void namesWhatItLeavesOut() {
        List<String> media = new ArrayList<>();

        HtmlText.of("<img src='a.jpg'>[sound:b.mp3]<audio src=c.ogg></audio><object data=\"d.svg\">", media::add);

        assertThat(media).containsExactly("a.jpg", "b.mp3", "c.ogg", "d.svg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<a",
                "<a \"",
                "<a title=\"",
                "&",
                "<!--",
                "[sound:",
                "<img src=",
                "<script>",
                "<img src='",
                "</",
                "<a\" b='"
            })
    void takesTimeThatGrowsWithTheLengthAlone(String piece) {
        String html = piece.repeat(1_000_000 / piece.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> HtmlText.of(html));
    }

    @Test
    void cutsBetweenCharactersAndNotInsideOne() {
        assertThat(HtmlText.cut("abc", 3)).isEqualTo("abc");
        assertThat(HtmlText.cut("abcd", 3)).isEqualTo("ab…");
        assertThat(HtmlText.cut("😀😀😀", 3)).isEqualTo("😀😀😀");
        assertThat(HtmlText.cut("😀😀😀😀", 3)).isEqualTo("😀😀…");
    }
}
