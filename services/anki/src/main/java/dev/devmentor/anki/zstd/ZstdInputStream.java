package dev.devmentor.anki.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Zstandard frames, one after the other until the source ends. Source: RFC 8878, "Zstandard Compression and the
 * 'application/zstd' Media Type"; the names are those of the RFC.
 *
 * <p>What a frame may ask for is bounded by its window: no more than {@code 2 × window + 256 KiB} is ever held. How much
 * comes out is not bounded here; who reads counts. Frames that need a dictionary are refused.
 */
public final class ZstdInputStream extends InputStream {
    /** The window that RFC 8878 (3.1.1.1.2) recommends every decoder to support, and the largest one taken here. */
    public static final int LARGEST_WINDOW = 8 << 20;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int LARGEST_BLOCK = 128 << 10;
    private static final int PADDING = 16;

    private final InputStream in;
    private final byte[] block = new byte[LARGEST_BLOCK + PADDING];
    private final byte[] literals = new byte[LARGEST_BLOCK];
    private final BitReader bits = new BitReader();
    private final XxHash64 hash = new XxHash64();

    private byte[] window = new byte[0];
    /** End of what was decoded into the window, and how much of it was handed out. */
    private int end;

    private int given;
    /** Bytes of this frame that a match may reach back to. */
    private long frameBytes;

    private int windowSize;
    private int blockMaximum;
    private long contentSize;
    private boolean checksum;
    private boolean inFrame;
    private boolean lastBlock;
    private boolean ended;

    private @Nullable HuffmanTable huffman;
    private @Nullable FseTable literalLengths;
    private @Nullable FseTable offsets;
    private @Nullable FseTable matchLengths;
    private final int[] repeated = new int[3];

    /** Decodes what {@code in} has from here on. Closing this closes it. */
    public ZstdInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return available(1) ? window[given++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!available(1)) {
            return -1;
        }
        int n = Math.min(length, end - given);
        System.arraycopy(window, given, into, offset, n);
        given += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean available(int bytes) throws IOException {
        while (end - given < bytes) {
            if (ended) {
                return false;
            }
            if (!inFrame) {
                beginFrame();
            } else if (lastBlock) {
                endFrame();
            } else {
                decodeBlock();
            }
        }
        return true;
    }

    private void beginFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            ended = true;
            return;
        }
        int magic = first | byteOf() << 8 | byteOf() << 16 | byteOf() << 24;
        if ((magic & 0xFFFFFFF0) == SKIPPABLE_MAGIC) {
            in.skipNBytes(littleEndian(4));
            return;
        }
        if (magic != MAGIC) {
            throw new ZstdException("no Zstandard frame begins where one should");
        }
        int descriptor = byteOf();
        boolean singleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0) {
            throw new ZstdException("a frame uses a reserved bit");
        }
        checksum = (descriptor & 0x04) != 0;
        long size = 0;
        if (!singleSegment) {
            int b = byteOf();
            long base = 1L << (10 + (b >>> 3));
            size = base + base / 8 * (b & 7);
        }
        if (littleEndian(new int[] {0, 1, 2, 4}[descriptor & 3]) != 0) {
            throw new ZstdException("a frame needs a dictionary");
        }
        contentSize = switch (descriptor >>> 6) {
            case 0 -> singleSegment ? littleEndian(1) : -1;
            case 1 -> littleEndian(2) + 256;
            case 2 -> littleEndian(4);
            default -> littleEndian(8);
        };
        if (singleSegment) {
            size = contentSize;
        }
        if (size < 0 || size > LARGEST_WINDOW) {
            throw new ZstdException("a frame needs a window of more than 8 MiB");
        }
        windowSize = (int) size;
        blockMaximum = Math.min(Math.max(windowSize, 1), LARGEST_BLOCK);
        int room = 2 * windowSize + 2 * LARGEST_BLOCK;
        if (window.length < room) {
            window = new byte[room];
        }
        end = 0;
        given = 0;
        frameBytes = 0;
        huffman = null;
        literalLengths = null;
        offsets = null;
        matchLengths = null;
        repeated[0] = 1;
        repeated[1] = 4;
        repeated[2] = 8;
        hash.reset();
        inFrame = true;
        lastBlock = false;
    }

    private void endFrame() throws IOException {
        if (contentSize >= 0 && frameBytes != contentSize) {
            throw new ZstdException("a frame holds another number of bytes than it says");
        }
        if (checksum && (littleEndian(4) & 0xFFFFFFFFL) != (hash.value() & 0xFFFFFFFFL)) {
            throw new ZstdException("the checksum of a frame is wrong");
        }
        inFrame = false;
    }

    private void decodeBlock() throws IOException {
        int header = (int) littleEndian(3);
        lastBlock = (header & 1) != 0;
        int type = header >>> 1 & 3;
        int size = header >>> 3;
        if (size > blockMaximum) {
            throw new ZstdException("a block is larger than its frame allows");
        }
        makeRoom();
        int from = end;
        switch (type) {
            case 0 -> {
                readFully(window, end, size);
                end += size;
            }
            case 1 -> {
                Arrays.fill(window, end, end + size, (byte) byteOf());
                end += size;
            }
            case 2 -> {
                readFully(block, 0, size);
                // The bit reader looks at eight bytes at a time; what it sees behind the block must not depend on the
                // past.
                Arrays.fill(block, size, size + PADDING, (byte) 0);
                new CompressedBlock(size).decode();
            }
            default -> throw new ZstdException("a block has a reserved type");
        }
        frameBytes += end - from;
        if (contentSize >= 0 && frameBytes > contentSize) {
            throw new ZstdException("a frame holds more bytes than it says");
        }
        if (checksum) {
            hash.update(window, from, end - from);
        }
    }

    /** Everything handed out by now, the window moves to the front when a block might not fit behind it. */
    private void makeRoom() {
        if (window.length - end >= LARGEST_BLOCK) {
            return;
        }
        int kept = Math.min(windowSize, end);
        System.arraycopy(window, end - kept, window, 0, kept);
        given -= end - kept;
        end = kept;
    }

    private int byteOf() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("a Zstandard frame is cut off");
        }
        return b;
    }

    private long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) byteOf() << 8 * i;
        }
        return value;
    }

    private void readFully(byte[] into, int offset, int length) throws IOException {
        if (in.readNBytes(into, offset, length) < length) {
            throw new EOFException("a Zstandard frame is cut off");
        }
    }

    /** A block of compressed literals and sequences (RFC 8878, 3.1.1.3). */
    private final class CompressedBlock {
        private static final int[] LITERAL_LENGTH_BASE = {
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
            1024, 2048, 4096, 8192, 16384, 32768, 65536
        };
        private static final byte[] LITERAL_LENGTH_BITS = {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14,
            15, 16
        };
        private static final int[] MATCH_LENGTH_BASE = {
            3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
            32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771,
            65539
        };
        private static final byte[] MATCH_LENGTH_BITS = {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
            2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        };

        private final int size;
        private int at;
        private int literalCount;
        private int literalsUsed;
        private int limit;

        CompressedBlock(int size) {
            this.size = size;
        }

        void decode() throws ZstdException {
            limit = end + blockMaximum;
            readLiterals();
            readSequences();
            copyLiterals(literalCount - literalsUsed);
        }

        private int next() throws ZstdException {
            if (at >= size) {
                throw cutOff();
            }
            return block[at++] & 0xff;
        }

        private void need(int bytes) throws ZstdException {
            if (bytes > size - at) {
                throw cutOff();
            }
        }

        private static ZstdException cutOff() {
            return new ZstdException("a block ends before its content");
        }

        private void readLiterals() throws ZstdException {
            int header = next();
            int type = header & 3;
            int format = header >>> 2 & 3;
            if (type < 2) {
                literalCount = switch (format) {
                    case 1 -> header >>> 4 | next() << 4;
                    case 3 -> header >>> 4 | next() << 4 | next() << 12;
                    default -> header >>> 3;
                };
                requireLiterals();
                if (type == 0) {
                    need(literalCount);
                    System.arraycopy(block, at, literals, 0, literalCount);
                    at += literalCount;
                } else {
                    Arrays.fill(literals, 0, literalCount, (byte) next());
                }
                return;
            }
            long value = header >>> 4;
            int headerBytes = format == 3 ? 5 : format == 2 ? 4 : 3;
            for (int i = 1; i < headerBytes; i++) {
                value |= (long) next() << (8 * i - 4);
            }
            int width = format == 3 ? 18 : format == 2 ? 14 : 10;
            int mask = (1 << width) - 1;
            literalCount = (int) value & mask;
            int compressed = (int) (value >>> width) & mask;
            requireLiterals();
            need(compressed);
            int until = at + compressed;
            if (type == 2) {
                HuffmanTable.Read read = HuffmanTable.read(block, at, until, bits);
                huffman = read.table();
                at = read.end();
            }
            HuffmanTable table = huffman;
            if (table == null) {
                throw new ZstdException("a block repeats a table that there is not");
            }
            if (format == 0) {
                table.decode(bits, block, at, until, literals, 0, literalCount);
            } else {
                decodeFourStreams(table, until);
            }
            at = until;
        }

        private void requireLiterals() throws ZstdException {
            if (literalCount > blockMaximum) {
                throw new ZstdException("a block has more literals than its frame allows");
            }
        }

        private void decodeFourStreams(HuffmanTable table, int until) throws ZstdException {
            if (until - at < 6 || literalCount < 6) {
                throw cutOff();
            }
            int[] ends = new int[4];
            int from = at + 6;
            int position = from;
            for (int i = 0; i < 3; i++) {
                position += (block[at + 2 * i] & 0xff) | (block[at + 2 * i + 1] & 0xff) << 8;
                ends[i] = position;
            }
            ends[3] = until;
            if (position > until) {
                throw cutOff();
            }
            int each = (literalCount + 3) / 4;
            int done = 0;
            for (int i = 0; i < 4; i++) {
                int count = i < 3 ? each : literalCount - 3 * each;
                if (count < 0) {
                    throw cutOff();
                }
                table.decode(bits, block, from, ends[i], literals, done, count);
                done += count;
                from = ends[i];
            }
        }

        private void readSequences() throws ZstdException {
            int sequences = next();
            if (sequences == 0) {
                if (at != size) {
                    throw new ZstdException("a block goes on behind its content");
                }
                return;
            }
            if (sequences == 255) {
                sequences = (next() | next() << 8) + 0x7F00;
            } else if (sequences >= 128) {
                sequences = (sequences - 128 << 8) + next();
            }
            int modes = next();
            if ((modes & 3) != 0) {
                throw new ZstdException("a block uses reserved bits");
            }
            FseTable lengths = table(modes >>> 6, FseTable.LITERAL_LENGTHS, literalLengths, 35, 9);
            literalLengths = lengths;
            FseTable distances = table(modes >>> 4 & 3, FseTable.OFFSETS, offsets, 31, 8);
            offsets = distances;
            FseTable matches = table(modes >>> 2 & 3, FseTable.MATCH_LENGTHS, matchLengths, 52, 9);
            matchLengths = matches;
            bits.open(block, at, size);
            int lengthState = bits.read(lengths.accuracy());
            int offsetState = bits.read(distances.accuracy());
            int matchState = bits.read(matches.accuracy());
            for (int i = 0; i < sequences; i++) {
                int offsetCode = distances.symbol(offsetState);
                int lengthCode = lengths.symbol(lengthState);
                int matchCode = matches.symbol(matchState);
                long offsetValue = (1L << offsetCode) + bits.readLong(offsetCode);
                int match = MATCH_LENGTH_BASE[matchCode] + bits.read(MATCH_LENGTH_BITS[matchCode]);
                int length = LITERAL_LENGTH_BASE[lengthCode] + bits.read(LITERAL_LENGTH_BITS[lengthCode]);
                if (i < sequences - 1) {
                    lengthState = lengths.next(lengthState, bits);
                    matchState = matches.next(matchState, bits);
                    offsetState = distances.next(offsetState, bits);
                }
                copyLiterals(length);
                copyMatch(offset(offsetValue, length == 0), match);
            }
            bits.requireUsedUp();
        }

        private FseTable table(int mode, FseTable predefined, @Nullable FseTable before, int largest, int accuracy)
                throws ZstdException {
            return switch (mode) {
                case 0 -> predefined;
                case 1 -> {
                    int symbol = next();
                    if (symbol > largest) {
                        throw new ZstdException("a block uses a code that there is not");
                    }
                    yield FseTable.ofOne(symbol);
                }
                case 2 -> {
                    FseTable.Read read = FseTable.read(block, at, size, largest, accuracy);
                    at = read.end();
                    yield read.table();
                }
                default -> {
                    if (before == null) {
                        throw new ZstdException("a block repeats a table that there is not");
                    }
                    yield before;
                }
            };
        }

        private int offset(long value, boolean noLiterals) throws ZstdException {
            if (value > 3) {
                if (value - 3 > windowSize) {
                    throw outside();
                }
                repeated[2] = repeated[1];
                repeated[1] = repeated[0];
                repeated[0] = (int) (value - 3);
                return repeated[0];
            }
            int index = (int) value - 1 + (noLiterals ? 1 : 0);
            if (index == 0) {
                return repeated[0];
            }
            int offset = index < 3 ? repeated[index] : repeated[0] - 1;
            if (offset <= 0) {
                throw outside();
            }
            if (index > 1) {
                repeated[2] = repeated[1];
            }
            repeated[1] = repeated[0];
            repeated[0] = offset;
            return offset;
        }

        private static ZstdException outside() {
            return new ZstdException("a block refers to what lies outside its window");
        }

        private void copyLiterals(int count) throws ZstdException {
            if (count > literalCount - literalsUsed || count > limit - end) {
                throw new ZstdException("a block has more content than it says");
            }
            System.arraycopy(literals, literalsUsed, window, end, count);
            literalsUsed += count;
            end += count;
        }

        private void copyMatch(int offset, int length) throws ZstdException {
            // Bytes of this frame before the block, and those of the block itself.
            long reach = Math.min(windowSize, frameBytes + (end - (limit - blockMaximum)));
            if (offset > reach) {
                throw outside();
            }
            if (length > limit - end) {
                throw new ZstdException("a block has more content than it says");
            }
            int from = end - offset;
            if (offset >= length) {
                System.arraycopy(window, from, window, end, length);
            } else {
                for (int i = 0; i < length; i++) {
                    window[end + i] = window[from + i];
                }
            }
            end += length;
        }
    }
}
