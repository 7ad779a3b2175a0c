package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The records of one project: a file of lines of JSON that only grows. Every line is written with one write under a lock that
 * watches of the same project share, so that a watch that is killed leaves at most half a last line; the next one takes it
 * off. The first line says which version of the format it is.
 *
 * <pre>
 * {"ledger":1,"project":"/home/ada/shop"}
 * {"t":"run","run":"...","at":"...","command":"mvn test","where":"","state":"s0f..."}
 * {"t":"seen","run":"...","at":"...","id":"1f3c9a2b","error":{...}}           first sighting of an error in a run
 * {"t":"gone","run":"...","at":"...","id":"1f3c9a2b","how":"success","fix":{...}}
 * {"t":"end","run":"...","at":"...","exit":1,"lines":412,"counts":{"1f3c9a2b":3}}
 * {"t":"told","observations":["..."]}                                        the service has them
 * {"t":"forget","id":"1f3c9a2b"}
 * {"t":"error",...}                                                           what compaction made of many lines
 * </pre>
 */
final class Ledger {
    static final int VERSION = 1;

    /** Above this a ledger is compacted. */
    static final long BYTES = 4L << 20;

    private static final Duration LOCK_LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();
    /** Of this process: the system's lock is one for the whole process. */
    private static final Object TURN = new Object();

    private final Path directory;
    private final Path project;
    private final Path file;
    private final long limit;

    Ledger(Path directory, Path project) {
        this(directory, project, BYTES);
    }

    Ledger(Path directory, Path project, long limit) {
        this.directory = directory;
        this.project = project;
        this.file = directory.resolve("ledger.jsonl");
        this.limit = limit;
    }

    /**
     * What was read.
     *
     * @param damaged lines in the middle that are no records
     * @param torn whether the last line is only half there
     */
    record Content(List<JsonNode> records, int damaged, boolean torn) {}

    /** All records, the oldest first; without the first line. */
    Content read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new Content(List.of(), 0, false);
        } catch (IOException e) {
            throw new Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
        List<JsonNode> records = new ArrayList<>();
        int damaged = 0;
        int from = 0;
        boolean first = true;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                JsonNode json = parse(new String(bytes, from, i - from, StandardCharsets.UTF_8));
                if (json == null) {
                    damaged++;
                } else if (first && json.has("ledger")) {
                    check(json);
                } else {
                    records.add(json);
                }
                first = false;
                from = i + 1;
            }
        }
        return new Content(records, damaged, from < bytes.length);
    }

    private void check(JsonNode head) {
        int version = head.path("ledger").asInt();
        if (version != VERSION) {
            throw new Failed(file + " was written by another build (format " + version + ", this one knows " + VERSION
                    + "): use that build, or move the file away");
        }
    }

    private static @Nullable JsonNode parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json != null && json.isObject() ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Adds records. */
    void append(List<ObjectNode> records) {
        if (records.isEmpty()) {
            return;
        }
        locked(() -> write(records));
    }

    void append(ObjectNode record) {
        append(List.of(record));
    }

    private void write(List<ObjectNode> records) throws IOException {
        StringBuilder text = new StringBuilder();
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            long end = wholeLines(channel);
            if (end == 0) {
                text.append(head()).append('\n');
            }
            records.forEach(record -> text.append(record).append('\n'));
            channel.truncate(end);
            channel.position(end);
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private ObjectNode head() {
        return JSON.createObjectNode().put("ledger", VERSION).put("project", project.toString());
    }

    /** Where the last line that has an end ends: what is behind it was torn off by a kill. */
    private static long wholeLines(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer block = ByteBuffer.allocate(8192);
        while (end > 0) {
            int size = (int) Math.min(block.capacity(), end);
            block.clear().limit(size);
            long from = end - size;
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // until the block is full
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    /** Replaces all records by fewer ones when there are too many; readers see the old file or the new one. */
    void compact(UnaryOperator<List<JsonNode>> fewer) {
        try {
            if (!Files.exists(file) || Files.size(file) <= limit) {
                return;
            }
        } catch (IOException e) {
            throw new Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
        rewrite(fewer);
    }

    /** Replaces all records, whatever their size. */
    void rewrite(UnaryOperator<List<JsonNode>> by) {
        locked(() -> {
            StringBuilder text = new StringBuilder(head().toString()).append('\n');
            by.apply(read().records()).forEach(record -> text.append(record).append('\n'));
            PrivateFiles.write(file, text.toString());
        });
    }

    /** Deletes all that is known of the project. */
    void delete() {
        locked(() -> {
            Files.deleteIfExists(file);
            for (String part : List.of("objects", "templates")) {
                PrivateFiles.deleteTree(directory.resolve(part));
            }
        });
    }

    /** Something that may fail on a disk. */
    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) {
        synchronized (TURN) {
            PrivateFiles.directory(directory);
            try (FileChannel channel = FileChannel.open(
                    directory.resolve("ledger.lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                if (!Waiting.until(LOCK_LIMIT, () -> take(channel))) {
                    throw new Failed(
                            "another watch holds " + directory + " for more than " + LOCK_LIMIT.toSeconds() + " s");
                }
                work.run();
            } catch (IOException e) {
                throw new Failed("cannot write " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private static boolean take(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null; // given back with the channel
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new Failed("cannot lock the ledger: " + e.getMessage(), e);
        }
    }
}
