package dev.devmentor.deterministic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Big-endian numbers and texts in a row; {@link ByteReader} reads them. */
public final class ByteWriter {
    private byte[] bytes = new byte[1_024];
    private int size;

    public void int1(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    public void bool(boolean value) {
        int1(value ? 1 : 0);
    }

    public void int4(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void int8(long value) {
        int4((int) (value >>> 32));
        int4((int) value);
    }

    public void float8(double value) {
        int8(Double.doubleToLongBits(value));
    }

    /** Zigzag, then seven bits a byte, the lowest first. */
    public void varint(long value) {
        long left = value << 1 ^ value >> 63;
        while ((left & ~0x7fL) != 0) {
            int1((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        int1((int) left);
    }

    /** At most 65 535 bytes of UTF-8. */
    public void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        room(2 + utf8.length);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
        }
        bytes[size++] = (byte) (utf8.length >>> 8);
        bytes[size++] = (byte) utf8.length;
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
