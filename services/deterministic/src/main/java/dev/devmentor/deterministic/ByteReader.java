package dev.devmentor.deterministic;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.function.Function;

/** Reads what a {@link ByteWriter} wrote. What ends too early throws {@link java.nio.BufferUnderflowException}. */
public final class ByteReader {
    private final ByteBuffer in;

    public ByteReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads the whole of what a storage gave back, which may be damaged.
     *
     * @param reader of the value; it checks for itself what only it can know
     * @throws IllegalArgumentException if bytes are missing or left over, or if a number is none of a place, a time or an int
     */
    public static <T> T whole(byte[] bytes, Function<ByteReader, T> reader) {
        ByteReader in = new ByteReader(bytes);
        T value;
        try {
            value = reader.apply(in);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | ArithmeticException
                | DateTimeException damaged) {
            throw new IllegalArgumentException(
                    "damaged before byte " + in.in.position() + " of " + bytes.length, damaged);
        }
        if (in.left() > 0) {
            throw new IllegalArgumentException(in.left() + " of " + bytes.length + " bytes are left over");
        }
        return value;
    }

    /** An unsigned byte. */
    public int int1() {
        return in.get() & 0xff;
    }

    public boolean bool() {
        return in.get() != 0;
    }

    public int int4() {
        return in.getInt();
    }

    public long int8() {
        return in.getLong();
    }

    public double float8() {
        return in.getDouble();
    }

    /** The number that {@link ByteWriter#varint} wrote. */
    public long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
    }

    /**
     * How many things follow, as {@link ByteWriter#varint} wrote it: so that nobody makes room for more than there can be.
     *
     * @param bytesEach that one takes at least
     * @throws IllegalArgumentException if the bytes that are left can't hold so many
     */
    public int count(int bytesEach) {
        return count(varint(), bytesEach);
    }

    /** The same of a number that {@link ByteWriter#int4} wrote. */
    public int count4(int bytesEach) {
        return count(int4(), bytesEach);
    }

    private int count(long count, int bytesEach) {
        if (count < 0 || count > left() / bytesEach) {
            throw new IllegalArgumentException(count + " things in " + left() + " bytes");
        }
        return (int) count;
    }

    /**
     * A number that is one.
     *
     * @throws IllegalArgumentException if it is infinite or none at all
     */
    public double finite8() {
        double value = float8();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no finite number: " + value);
        }
        return value;
    }

    public String text() {
        byte[] utf8 = new byte[in.getShort() & 0xffff];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Bytes that were not read yet. */
    public int left() {
        return in.remaining();
    }
}
