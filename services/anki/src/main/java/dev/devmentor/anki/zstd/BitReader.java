package dev.devmentor.anki.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a bit stream from its end to its beginning (RFC 8878, 4.1): the highest bit set in the last byte marks where it
 * ends. Behind the last byte of the stream the array has at least eight more.
 */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[8];
    private int from;
    /** Bits that are left; negative after more was read than there was. */
    private int position;

    void open(byte[] source, int start, int end) throws ZstdException {
        if (end <= start || source[end - 1] == 0) {
            throw new ZstdException("a bit stream has no end");
        }
        bytes = source;
        from = start;
        position = (end - start) * 8 - (Integer.numberOfLeadingZeros(source[end - 1] & 0xff) - 24) - 1;
    }

    /** Bits that are left. */
    int left() {
        return position;
    }

    /** The next bits, at most 25; what lies before the beginning counts as zeros. */
    int read(int count) {
        return (int) readLong(count);
    }

    /** The next bits, at most 56. */
    long readLong(int count) {
        position -= count;
        return at(position, count);
    }

    /** The next bits without moving on. */
    int peek(int count) {
        return (int) at(position - count, count);
    }

    void skip(int count) {
        position -= count;
    }

    private long at(int bit, int count) {
        if (count == 0) {
            return 0;
        }
        if (bit < 0) {
            int there = count + bit;
            return there <= 0 ? 0 : at(0, there) << -bit;
        }
        long word = (long) LONG.get(bytes, from + (bit >>> 3));
        return word >>> (bit & 7) & (1L << count) - 1;
    }

    void requireUsedUp() throws ZstdException {
        if (position != 0) {
            throw new ZstdException("a bit stream does not end where it should");
        }
    }
}
