package dev.devmentor.deterministic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteWriter} wrote. What ends too early throws {@link java.nio.BufferUnderflowException}. */
public final class ByteReader {
    private final ByteBuffer in;

    public ByteReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
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
