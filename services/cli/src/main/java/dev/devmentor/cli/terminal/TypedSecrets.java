package dev.devmentor.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where passwords come from: typed and not shown, or the next line of standard input. Never an argument, which other programs see. */
public interface TypedSecrets {
    /**
     * The next secret.
     *
     * @param what is asked for, as the person reads it
     * @throws Failed without one
     */
    char[] next(String what);

    /** Whether a person is there, who may mistype and can be asked again. */
    boolean isPerson();

    /** Whether somebody can be asked. */
    static boolean hasTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Asks at the terminal. */
    static TypedSecrets atTheTerminal(String otherwise) {
        return new TypedSecrets() {
            @Override
            public char[] next(String what) {
                Console console = System.console();
                if (console == null || !hasTerminal()) {
                    throw new Failed("there is no terminal to ask for the " + what + " (" + otherwise + ")");
                }
                char[] typed = console.readPassword("%s: ", what);
                if (typed == null || typed.length == 0) {
                    throw new Failed("there is no " + what + ", so nothing was done");
                }
                return typed;
            }

            @Override
            public boolean isPerson() {
                return true;
            }
        };
    }

    /** Reads lines; as bytes, so that what stands behind them is left alone. */
    static TypedSecrets lines(InputStream in) {
        return new TypedSecrets() {
            /** Far above the longest password that the auth service takes. */
            private static final int LONGEST = 4096;

            @Override
            public char[] next(String what) {
                try {
                    return read(what);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read standard input", e);
                }
            }

            private char[] read(String what) throws IOException {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                int next = in.read();
                while (next != -1 && next != '\n') {
                    if (line.size() == LONGEST) {
                        throw new Failed("the line of standard input is too long for a " + what);
                    }
                    line.write(next);
                    next = in.read();
                }
                char[] all = line.toString(StandardCharsets.UTF_8).toCharArray();
                int length = all.length > 0 && all[all.length - 1] == '\r' ? all.length - 1 : all.length;
                if (length == 0) {
                    throw new Failed("there is no " + what + " on standard input");
                }
                return Arrays.copyOf(all, length);
            }

            @Override
            public boolean isPerson() {
                return false;
            }
        };
    }
}
