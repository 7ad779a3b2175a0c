package dev.devmentor.parts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, read without reading the whole. */
public final class LogTail {
    private static final int WINDOW_BYTES = 256 << 10;

    private LogTail() {}

    public static List<String> lastLines(Path log, int count) {
        return lastLines(log, 0, count);
    }

    /** The last lines behind the byte position {@code from}; empty when there is no such file. */
    public static List<String> lastLines(Path log, long from, int count) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length();
            long start = Math.max(from > length ? 0 : from, length - WINDOW_BYTES);
            byte[] bytes = new byte[(int) (length - start)];
            file.seek(start);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
