package dev.devmentor.cli.patterns;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/** What another command writes into our standard input; it has no exit code that we could know. */
final class StandardInput implements Source {
    private final InputStream in;
    private volatile boolean ended;

    StandardInput(InputStream in) {
        this.in = in;
    }

    @Override
    public void start(Reader reader) {
        Thread.ofPlatform().daemon().name("stdin").start(() -> {
            byte[] buffer = new byte[8192];
            try {
                int n;
                while (!ended && (n = in.read(buffer)) >= 0) {
                    reader.bytes(Arrays.copyOf(buffer, n), false);
                }
            } catch (IOException e) {
                // The same as its end: there is nothing more to be had.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended = true;
            }
        });
    }

    @Override
    public boolean ended() {
        return ended;
    }

    /** At a terminal Ctrl-C ends the command before us, too, and with it the input; it may have last words. */
    @Override
    public void interrupt(String signal) {
        ended = true;
    }

    @Override
    public void stop() {
        ended = true;
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }
}
