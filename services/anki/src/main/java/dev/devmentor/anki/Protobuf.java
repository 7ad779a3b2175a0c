package dev.devmentor.anki;

import dev.devmentor.anki.AnkiException.Reason;
import java.nio.charset.StandardCharsets;

/**
 * The fields of one Protocol Buffers message, in the order in which they stand. Source: "Encoding" at protobuf.dev. Messages
 * inside are bytes until somebody opens them, so nothing nests by itself.
 */
final class Protobuf {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int wireType;
    private long number;
    private int from;
    private int to;

    Protobuf(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Protobuf(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Moves to the next field; false at the end. */
    boolean next() throws AnkiException {
        if (at >= end) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        wireType = (int) key & 7;
        from = at;
        to = at;
        switch (wireType) {
            case 0 -> number = varint();
            case 1 -> skip(8);
            case 2 -> {
                long length = varint();
                from = at;
                skip(length);
                to = at;
            }
            case 5 -> skip(4);
            default -> throw damaged();
        }
        return true;
    }

    int field() {
        return field;
    }

    /** Whether the field holds bytes: a text or a message. */
    boolean isBytes() {
        return wireType == 2;
    }

    /** The value of a number; 0 if the field is none. */
    long number() {
        return wireType == 0 ? number : 0;
    }

    /** The value of a text; empty if the field is none. */
    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The message in the field. */
    Protobuf message() {
        return new Protobuf(bytes, from, to);
    }

    private void skip(long count) throws AnkiException {
        if (count < 0 || count > end - at) {
            throw damaged();
        }
        at += (int) count;
    }

    private long varint() throws AnkiException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw damaged();
            }
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private static AnkiException damaged() {
        return new AnkiException(Reason.DAMAGED, "a message in the file is damaged");
    }
}
