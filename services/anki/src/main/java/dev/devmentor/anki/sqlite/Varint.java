package dev.devmentor.anki.sqlite;

/** Numbers of one to nine bytes, seven bits each, highest first; the ninth has eight. */
final class Varint {
    private final byte[] bytes;
    private final int end;
    private int at;

    Varint(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int position() {
        return at;
    }

    long next() throws SqliteException {
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (at >= end) {
                throw new SqliteException("a number is cut off");
            }
            int b = bytes[at++];
            if (i == 8) {
                return value << 8 | b & 0xff;
            }
            value = value << 7 | b & 0x7f;
            if (b >= 0) {
                break;
            }
        }
        return value;
    }

    static int length(long value) {
        if (value < 0 || value >>> 56 != 0) {
            return 9;
        }
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    /** Writes a number and returns where it ends. */
    static int write(byte[] into, int at, long value) {
        int length = length(value);
        if (length == 9) {
            into[at + 8] = (byte) value;
            long rest = value >>> 8;
            for (int i = 7; i >= 0; i--) {
                into[at + i] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            return at + 9;
        }
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            into[at + i] = (byte) (rest & 0x7f | (i == length - 1 ? 0 : 0x80));
            rest >>>= 7;
        }
        return at + length;
    }
}
