package dev.devmentor.cli.patterns;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Columns and rows of a terminal.
 */
record TerminalSize(int columns, int rows) {
    static final TerminalSize USUAL = new TerminalSize(80, 24);

    /** Of the terminal that this process belongs to; the usual one if it does not tell. */
    static TerminalSize ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
            }
            return parse(said);
        } catch (IOException e) {
            return USUAL; // no terminal, or no stty
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    static TerminalSize parse(String said) {
        String[] parts = said.split(" ");
        if (parts.length != 2 || !said.matches("\\d{1,5} \\d{1,5}")) {
            return USUAL;
        }
        int rows = Integer.parseInt(parts[0]);
        int columns = Integer.parseInt(parts[1]);
        return columns < 20 || rows < 4 ? USUAL : new TerminalSize(columns, rows);
    }
}
