package dev.devmentor.cli.patterns;

import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A log file while it grows. When another file takes its name (rotation), the old one is read to its end and then the new one
 * from its beginning; when it becomes shorter (truncation), it is read from its beginning.
 */
final class FollowedFile implements Source {
    private static final long PAUSE_MILLIS = 50;

    private final Path file;
    private final boolean fromStart;
    private volatile boolean ended;

    FollowedFile(Path file, boolean fromStart) {
        this.file = file;
        this.fromStart = fromStart;
    }

    @Override
    public void start(Reader reader) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Failed(Files.exists(file) ? file + " is not a file" : "there is no file " + file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (!fromStart) {
            channel.position(channel.size());
        }
        Object key = key();
        Thread.ofPlatform().daemon().name("file").start(() -> {
            try {
                follow(channel, key, reader);
            } catch (IOException e) {
                remark(reader, "cannot read " + file + " any more: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended = true;
            }
        });
    }

    private static void remark(Reader reader, String text) {
        try {
            reader.remark(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(FileChannel first, @Nullable Object firstKey, Reader reader)
            throws IOException, InterruptedException {
        FileChannel channel = first;
        Object key = firstKey;
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (!ended) {
                if (read(channel, buffer, reader)) {
                    continue;
                }
                Object now = key();
                if (now != null && !now.equals(key)) {
                    // What was written between the last look and the renaming.
                    while (read(channel, buffer, reader)) {
                        // until its end
                    }
                    channel.close();
                    channel = FileChannel.open(file, StandardOpenOption.READ);
                    key = key();
                    reader.remark(file.getFileName() + " was rotated; the new one is followed");
                } else if (channel.size() < channel.position()) {
                    channel.position(0);
                    reader.remark(file.getFileName() + " was truncated; it is read from its beginning");
                } else {
                    Thread.sleep(PAUSE_MILLIS); // a file tells nobody that it has grown
                }
            }
        } finally {
            channel.close();
        }
    }

    private static boolean read(FileChannel channel, ByteBuffer buffer, Reader reader)
            throws IOException, InterruptedException {
        buffer.clear();
        int n = channel.read(buffer);
        if (n <= 0) {
            return false;
        }
        reader.bytes(Arrays.copyOf(buffer.array(), n), false);
        return true;
    }

    /** Which file has the name now; null if none has. */
    private @Nullable Object key() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return key == null ? attributes.creationTime() : key;
        } catch (NoSuchFileException e) {
            return null; // between the two steps of a rotation
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

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
