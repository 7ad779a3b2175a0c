package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of a state as bytes. */
final class Bytes {
    private Bytes() {}

    static void write(ByteWriter out, byte[] bytes) {
        out.varint(bytes.length);
        for (byte b : bytes) {
            out.int1(b);
        }
    }

    static byte[] bytes(ByteReader in) {
        byte[] bytes = new byte[count(in)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) in.int1();
        }
        return bytes;
    }

    /** A number of things that follow, each of which takes a byte at least. */
    static int count(ByteReader in) {
        long count = in.varint();
        if (count < 0 || count > in.left()) {
            throw new IllegalArgumentException(count + " things in " + in.left() + " bytes");
        }
        return (int) count;
    }

    static void write(ByteWriter out, @Nullable String text) {
        out.bool(text != null);
        if (text != null) {
            out.text(text);
        }
    }

    static @Nullable String textOrNull(ByteReader in) {
        return in.bool() ? in.text() : null;
    }

    static void write(ByteWriter out, Collection<String> texts) {
        out.varint(texts.size());
        texts.forEach(out::text);
    }

    static List<String> texts(ByteReader in) {
        int count = count(in);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    static void writeRefs(ByteWriter out, Collection<UUID> refs) {
        out.varint(refs.size());
        for (UUID ref : refs) {
            out.int8(ref.getMostSignificantBits());
            out.int8(ref.getLeastSignificantBits());
        }
    }

    static List<UUID> refs(ByteReader in) {
        int count = count(in);
        List<UUID> refs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            refs.add(new UUID(in.int8(), in.int8()));
        }
        return refs;
    }

    static void write(ByteWriter out, Evidence evidence) {
        write(out, evidence.snapshot());
    }

    static Evidence evidence(ByteReader in) {
        return Evidence.restore(bytes(in));
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    static <E> E pick(E[] values, int ordinal) {
        if (ordinal >= values.length) {
            throw new IllegalArgumentException("no value " + ordinal);
        }
        return values[ordinal];
    }
}
