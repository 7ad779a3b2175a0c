package dev.devmentor.cli.patterns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes lines of bytes as they arrive. Every byte is handed on as it came; for reading, a line is decoded as UTF-8 (what is
 * none becomes U+FFFD) and cut at {@link #BYTES}, so that a line without an end takes no more memory than that.
 */
final class LineSplitter {
    /** What is read of a line. */
    static final int BYTES = 64 * 1024;

    /** Who wants the lines. */
    interface Lines {
        /**
         * A line has ended.
         *
         * @param text without its end and without escape sequences, at most {@link #BYTES} of it
         * @param rest what has to be shown of it: the bytes that {@link #partial} has not given out, the end included
         * @param shown whether its beginning was given out as a part
         */
        void line(String text, byte[] rest, boolean shown);

        /** The beginning, or a further part, of a line that has not ended yet. */
        void part(byte[] bytes);
    }

    private final Lines lines;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unshown = new ByteArrayOutputStream();
    private boolean shown;

    LineSplitter(Lines lines) {
        this.lines = lines;
    }

    void accept(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                take(bytes, from, i + 1);
                end();
                from = i + 1;
            }
        }
        take(bytes, from, length);
        if (unshown.size() >= BYTES) {
            partial();
        }
    }

    /** Gives out what has no end yet: nothing more is to be had for now. */
    void partial() {
        if (unshown.size() > 0) {
            byte[] part = unshown.toByteArray();
            unshown.reset();
            shown = true;
            lines.part(part);
        }
    }

    /** The stream has ended; a last line without an end is one all the same. */
    void finish() {
        if (unshown.size() > 0 || shown) {
            end();
        }
    }

    private void take(byte[] bytes, int from, int to) {
        unshown.write(bytes, from, to - from);
        int room = BYTES - read.size();
        if (room > 0) {
            read.write(bytes, from, Math.min(room, to - from));
        }
    }

    private void end() {
        String text = read.toString(StandardCharsets.UTF_8);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        byte[] rest = unshown.toByteArray();
        boolean begun = shown;
        read.reset();
        unshown.reset();
        shown = false;
        lines.line(AnsiText.strip(text.substring(0, end)), rest, begun);
    }
}
