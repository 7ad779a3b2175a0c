package dev.devmentor.cli.deadletters;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * How far a dead-letter topic is replayed: everything below {@code next}, and single records above it. The former is the
 * group's committed offset, the latter goes into the offset's metadata, so that both change in the same transaction as
 * the replayed records themselves. A record that was not chosen stays where it is and keeps its offset.
 */
final class ReplayPosition {
    /** Kafka keeps at most 4096 characters (offset.metadata.max.bytes). */
    static final int MAX_METADATA = 4096;

    private long next;
    private BitSet above;

    private ReplayPosition(long next, BitSet above) {
        this.next = next;
        this.above = above;
    }

    static ReplayPosition at(long offset, String metadata) {
        return new ReplayPosition(offset, metadata.isEmpty() ? new BitSet() : decode(metadata));
    }

    long next() {
        return next;
    }

    boolean isReplayed(long offset) {
        return offset < next || above.get((int) (offset - next));
    }

    /** A position behind this record too; this one is not changed. */
    ReplayPosition with(long offset) {
        BitSet bits = (BitSet) above.clone();
        if (offset >= next) {
            bits.set((int) (offset - next));
        }
        int done = bits.nextClearBit(0);
        return new ReplayPosition(next + done, bits.get(done, Math.max(done, bits.length())));
    }

    /** Offsets below this one are gone from the topic: they need no remembering. */
    ReplayPosition from(long earliest) {
        if (earliest <= next) {
            return this;
        }
        int gone = (int) (earliest - next);
        BitSet bits = above.get(gone, Math.max(gone, above.length()));
        return new ReplayPosition(earliest, bits);
    }

    String metadata() {
        return above.isEmpty() ? "" : encode(above);
    }

    private static String encode(BitSet bits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(bits.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static BitSet decode(String metadata) {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(metadata)))) {
            return BitSet.valueOf(in.readAllBytes());
        } catch (IOException | IllegalArgumentException e) {
            // Not ours: replaying once more is harmless, services know an event by its identity.
            return new BitSet();
        }
    }
}
