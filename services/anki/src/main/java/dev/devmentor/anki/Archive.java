package dev.devmentor.anki;

import dev.devmentor.anki.AnkiException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP archive, of which only the few files are looked at that are asked for. Source: PKWARE, "APPNOTE.TXT", 4.3. The
 * directory is read once and nothing of it is kept but those files, so that a directory of millions of entries costs
 * nothing. Encryption, several disks and names that come twice are refused.
 */
final class Archive implements AutoCloseable {
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int LOCAL_ENTRY = 0x04034b50;
    private static final int LONGEST_COMMENT = 65_535;

    private final FileChannel channel;
    private final Map<String, Entry> wanted = new HashMap<>();
    private int entries;
    private long otherBytes;

    private record Entry(long offset, int method, long packed, long unpacked) {}

    private Archive(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens an archive and looks for files of these names. */
    static Archive open(Path file, Set<String> names, AnkiLimits limits) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Archive archive = new Archive(channel);
        try {
            if (channel.size() > limits.archiveBytes()) {
                throw new AnkiException(
                        Reason.TOO_LARGE, "the file is larger than " + (limits.archiveBytes() >> 20) + " MiB");
            }
            archive.readDirectory(names, limits.archiveEntries());
            return archive;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static AnkiException damaged() {
        return new AnkiException(Reason.DAMAGED, "the file is a ZIP archive and damaged");
    }

    private ByteBuffer bytes(long at, int count) throws IOException {
        if (at < 0 || at > channel.size() - count) {
            throw damaged();
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw damaged();
            }
        }
        return buffer.flip();
    }

    private void readDirectory(Set<String> names, int mostEntries) throws IOException {
        long size = channel.size();
        if (size < 22) {
            throw new AnkiException(Reason.NOT_ANKI, "the file is no Anki package: it is no ZIP archive");
        }
        int tail = (int) Math.min(size, LONGEST_COMMENT + 22);
        ByteBuffer end = bytes(size - tail, tail);
        int at = tail - 22;
        while (at >= 0 && end.getInt(at) != END_OF_DIRECTORY) {
            at--;
        }
        if (at < 0) {
            throw new AnkiException(Reason.NOT_ANKI, "the file is no Anki package: it is no ZIP archive");
        }
        long count = Short.toUnsignedInt(end.getShort(at + 10));
        long length = Integer.toUnsignedLong(end.getInt(at + 12));
        long offset = Integer.toUnsignedLong(end.getInt(at + 16));
        if (count == 0xFFFF || length == 0xFFFFFFFFL || offset == 0xFFFFFFFFL) {
            ByteBuffer locator = bytes(size - tail + at - 20, 20);
            if (locator.getInt(0) == ZIP64_LOCATOR) {
                ByteBuffer large = bytes(locator.getLong(8), 56);
                if (large.getInt(0) != ZIP64_END) {
                    throw damaged();
                }
                count = large.getLong(32);
                length = large.getLong(40);
                offset = large.getLong(48);
            }
        }
        if (count < 0 || count > mostEntries) {
            throw new AnkiException(Reason.TOO_LARGE, "the file has more than " + mostEntries + " files in it");
        }
        if (offset < 0 || length < 0 || offset > size - length) {
            throw damaged();
        }
        readEntries(names, offset, offset + length, count);
    }

    private void readEntries(Set<String> names, long from, long end, long count) throws IOException {
        long at = from;
        ByteBuffer window = ByteBuffer.allocate(0);
        long windowAt = at;
        for (long i = 0; i < count; i++) {
            int into = (int) (at - windowAt);
            if (into + 46 + 3 * 0xFFFF > window.limit() && windowAt + window.limit() < end) {
                windowAt = at;
                into = 0;
                window = bytes(at, (int) Math.min(end - at, 512 << 10));
            }
            if (into + 46 > window.limit() || window.getInt(into) != DIRECTORY_ENTRY) {
                throw damaged();
            }
            int nameLength = Short.toUnsignedInt(window.getShort(into + 28));
            int extraLength = Short.toUnsignedInt(window.getShort(into + 30));
            int commentLength = Short.toUnsignedInt(window.getShort(into + 32));
            int whole = 46 + nameLength + extraLength + commentLength;
            if (into + whole > window.limit()) {
                throw damaged();
            }
            String name = new String(window.array(), into + 46, nameLength, StandardCharsets.UTF_8);
            entries++;
            if (names.contains(name)) {
                if ((window.getShort(into + 8) & 1) != 0) {
                    throw new AnkiException(Reason.DAMAGED, "the file is encrypted, which Anki's packages never are");
                }
                Entry entry = entry(window, into, nameLength, extraLength);
                if (wanted.put(name, entry) != null) {
                    throw new AnkiException(Reason.DAMAGED, "the file has the same file in it twice");
                }
            } else {
                otherBytes += Integer.toUnsignedLong(window.getInt(into + 20));
            }
            at += whole;
        }
    }

    private static Entry entry(ByteBuffer directory, int at, int nameLength, int extraLength) throws AnkiException {
        long packed = Integer.toUnsignedLong(directory.getInt(at + 20));
        long unpacked = Integer.toUnsignedLong(directory.getInt(at + 24));
        long offset = Integer.toUnsignedLong(directory.getInt(at + 42));
        int extra = at + 46 + nameLength;
        int end = extra + extraLength;
        while (extra + 4 <= end) {
            int id = Short.toUnsignedInt(directory.getShort(extra));
            int length = Short.toUnsignedInt(directory.getShort(extra + 2));
            int field = extra + 4;
            int fieldEnd = field + length;
            if (fieldEnd > end) {
                throw damaged();
            }
            if (id == 1) {
                if (unpacked == 0xFFFFFFFFL && field + 8 <= fieldEnd) {
                    unpacked = directory.getLong(field);
                    field += 8;
                }
                if (packed == 0xFFFFFFFFL && field + 8 <= fieldEnd) {
                    packed = directory.getLong(field);
                    field += 8;
                }
                if (offset == 0xFFFFFFFFL && field + 8 <= fieldEnd) {
                    offset = directory.getLong(field);
                }
            }
            extra = fieldEnd;
        }
        return new Entry(offset, Short.toUnsignedInt(directory.getShort(at + 10)), packed, unpacked);
    }

    boolean has(String name) {
        return wanted.containsKey(name);
    }

    /** Packed size of a file that is there. */
    long packed(String name) {
        Entry entry = wanted.get(name);
        return entry == null ? 0 : entry.packed();
    }

    /** Number of files that were not asked for. */
    int others() {
        return entries - wanted.size();
    }

    /** Packed size of all files that were not asked for. */
    long otherBytes() {
        return otherBytes;
    }

    /** The content of a file, unpacked; null if there is none. */
    @Nullable InputStream read(String name) throws IOException {
        Entry entry = wanted.get(name);
        if (entry == null) {
            return null;
        }
        ByteBuffer local = bytes(entry.offset(), 30);
        if (local.getInt(0) != LOCAL_ENTRY) {
            throw damaged();
        }
        long from =
                entry.offset() + 30 + Short.toUnsignedInt(local.getShort(26)) + Short.toUnsignedInt(local.getShort(28));
        if (entry.packed() < 0 || from > channel.size() - entry.packed()) {
            throw damaged();
        }
        InputStream packed = new Section(from, from + entry.packed());
        return switch (entry.method()) {
            case 0 -> packed;
            case 8 -> new Inflated(packed, new Inflater(true));
            default -> throw new AnkiException(Reason.DAMAGED, "the file is packed by a method that Anki does not use");
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Frees the inflater with the stream. */
    private static final class Inflated extends FilterInputStream {
        private final Inflater inflater;

        Inflated(InputStream packed, Inflater inflater) {
            super(new InflaterInputStream(packed, inflater, 64 << 10));
            this.inflater = inflater;
        }

        @Override
        public void close() throws IOException {
            inflater.end();
            super.close();
        }
    }

    private final class Section extends InputStream {
        private final long end;
        private long at;

        Section(long from, long end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int n = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, end - at)), at);
            if (n > 0) {
                at += n;
            }
            return n;
        }
    }
}
