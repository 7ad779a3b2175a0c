package dev.devmentor.cli.patterns;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is written, and in which order: the bytes of a command as they came, whole lines of our own only between its lines, and
 * below all a status line that is wiped off before anything else is written. One thread.
 */
final class Screen {
    private static final byte[] WIPE = ascii("\r\u001b[K");
    private static final byte[] RESET = ascii("\u001b[0m");

    private final OutputStream out;
    private final OutputStream err;
    private final boolean live;
    private final boolean colours;
    private boolean lineStart = true;
    private boolean status;
    private boolean broken;

    /**
     * @param live whether a line may be written over, as on a terminal
     * @param colours whether colours that a command left on are to be put out before a line of our own
     */
    Screen(OutputStream out, OutputStream err, boolean live, boolean colours) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.err = new BufferedOutputStream(err, 1 << 16);
        this.live = live;
        this.colours = colours;
    }

    /** Bytes of a command, to the stream that they came from. */
    void pass(byte[] bytes, boolean error) {
        if (bytes.length == 0) {
            return;
        }
        wipe();
        write(error ? err : out, bytes);
        if (!error) {
            lineStart = bytes[bytes.length - 1] == '\n';
        }
    }

    /** Lines of our own, on standard output. */
    void lines(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        wipe();
        if (!lineStart) {
            write(out, ascii("\n"));
            lineStart = true;
        }
        if (colours) {
            write(out, RESET);
        }
        for (String line : lines) {
            write(out, (line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Replaces the status line; not while a line of the command is half written. */
    void status(String text) {
        if (live && lineStart) {
            write(out, WIPE);
            write(out, text.getBytes(StandardCharsets.UTF_8));
            status = true;
            flush();
        }
    }

    /** Something for the terminal itself. */
    void control(String sequence) {
        if (live) {
            wipe();
            write(out, ascii(sequence));
        }
    }

    /** A whole picture, escape sequences and all. */
    void picture(String text) {
        if (live) {
            write(out, text.getBytes(StandardCharsets.UTF_8));
            flush();
        }
    }

    void wipe() {
        if (status) {
            write(out, WIPE);
            status = false;
        }
    }

    void flush() {
        try {
            out.flush();
            err.flush();
        } catch (IOException e) {
            broken = true;
        }
    }

    /** Whether nobody takes what is written any more. */
    boolean broken() {
        return broken;
    }

    private void write(OutputStream to, byte[] bytes) {
        if (!broken) {
            try {
                to.write(bytes);
            } catch (IOException e) {
                broken = true;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
