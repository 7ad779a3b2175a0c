package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private int largestPart;
    private final LineSplitter splitter = new LineSplitter(new LineSplitter.Lines() {
        @Override
        public void line(String text, byte[] rest, boolean shown) {
            lines.add(text);
            part(rest);
        }

        @Override
        public void part(byte[] bytes) {
            passed.writeBytes(bytes);
            largestPart = Math.max(largestPart, bytes.length);
        }
    });

    private void read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.accept(bytes, bytes.length);
    }

    @Test
    void everyByteIsPassedOnAsItCameWhateverTheLinesAre() {
        byte[] bytes = {'a', '\r', '\n', (byte) 0xc3, 'b', '\n', 27, '[', '3', '1', 'm', 'c', 27, '[', 'm', '\n', 'd'};
        splitter.accept(bytes, bytes.length);
        splitter.finish();

        assertThat(lines).containsExactly("a", "\ufffdb", "c", "d");
        assertThat(passed.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aPromptWithoutAnEndIsGivenOutWhenNothingComesAndIsOneLineInTheEnd() {
        read("Continue? ");
        splitter.partial();
        assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("Continue? ");
        assertThat(lines).isEmpty();

        read("[y/n]\nnext\n");
        assertThat(lines).containsExactly("Continue? [y/n]", "next");
        assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("Continue? [y/n]\nnext\n");
    }

    @Test
    void aLineOfTenMegabytesWithoutAnEndIsCutForReadingAndPassedOnWhole() {
        String block = "x".repeat(8192);
        for (int i = 0; i < 1280; i++) {
            read(block);
        }
        read("\nafter\n");

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).hasSize(LineSplitter.BYTES);
        assertThat(lines.getLast()).isEqualTo("after");
        assertThat(passed.size()).isEqualTo(10 * 1024 * 1024 + 7);
        assertThat(largestPart).isLessThanOrEqualTo(LineSplitter.BYTES + 8192);
    }

    @Test
    void whatSpeaksToATerminalIsNoText() {
        assertThat(AnsiText.strip("\u001b[1;31mERROR\u001b[m done\u0007")).isEqualTo("ERROR done");
        assertThat(AnsiText.strip("\u001b]8;;file:///a\u001b\\link\u001b]8;;\u0007!"))
                .isEqualTo("link!");
        assertThat(AnsiText.strip("\u001b(Btext\u001b[2K\u009b1m.")).isEqualTo("text.");
        assertThat(AnsiText.strip("cut off \u001b[31")).isEqualTo("cut off ");
        assertThat(AnsiText.strip("cut off \u001b")).isEqualTo("cut off ");
    }

    @Test
    void ofALineThatWasWrittenOverOnlyTheLastWritingCounts() {
        assertThat(AnsiText.strip("10 %\r50 %\r100 %")).isEqualTo("100 %");
        assertThat(AnsiText.strip("10 %\rdone\r\r")).isEqualTo("done");
    }
}
