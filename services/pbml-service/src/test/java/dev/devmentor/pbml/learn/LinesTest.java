package dev.devmentor.pbml.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> lines(String text, int longest) throws IOException {
        List<String> found = new ArrayList<>();
        // One byte at a time, so that every line crosses an end of what was read.
        InputStream slow = new InputStream() {
            private final ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return bytes.read(into, offset, Math.min(length, 1));
            }
        };
        Lines lines = new Lines(slow, longest);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            found.add(line == Lines.TOO_LONG ? "too long" : new String(line, StandardCharsets.UTF_8));
        }
        return found;
    }

    @Test
    void endsAtLineFeedsWithOrWithoutReturn() throws IOException {
        assertThat(lines("a\nb\r\n\nd", 10)).containsExactly("a", "b", "", "d");
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(lines("a\n", 10)).containsExactly("a");
        assertThat(lines("a", 10)).containsExactly("a");
        assertThat(lines("", 10)).isEmpty();
        assertThat(lines("\n", 10)).containsExactly("");
    }

    @Test
    void whatIsTooLongIsSkippedToItsEnd() throws IOException {
        assertThat(lines("12345\n123456\n12\n1234567", 5)).containsExactly("12345", "too long", "12", "too long");
    }

    @Test
    void readsLinesThatAreLongerThanItsBuffer() throws IOException {
        String line = "x".repeat(200_000);
        List<String> found = new ArrayList<>();
        Lines lines =
                new Lines(new ByteArrayInputStream((line + "\n" + line).getBytes(StandardCharsets.UTF_8)), 200_000);
        for (byte[] next = lines.next(); next != null; next = lines.next()) {
            found.add(new String(next, StandardCharsets.UTF_8));
        }
        assertThat(found).containsExactly(line, line);
        assertThat(IntStream.range(0, found.size())).hasSize(2);
    }
}
