package dev.devmentor.pbml.learn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, of which none takes more memory than it may. */
final class Lines {
    /** Stands for a line that is longer than it may be. */
    static final byte[] TOO_LONG = new byte[0];

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    /** @param longest bytes of a line, without its end */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line without its end; {@link #TOO_LONG} itself for one that is too long; null at the end. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        boolean any = false;
        while (true) {
            if (from == to) {
                int read = in.read(buffer);
                if (read < 0) {
                    return !any ? null : tooLong ? TOO_LONG : withoutReturn(line.toByteArray());
                }
                from = 0;
                to = read;
            }
            any |= from < to;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            tooLong |= line.size() + (end - from) > longest;
            if (!tooLong) {
                line.write(buffer, from, end - from);
            }
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                return tooLong ? TOO_LONG : withoutReturn(line.toByteArray());
            }
        }
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r' ? Arrays.copyOf(line, line.length - 1) : line;
    }
}
