package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The state of a card as bytes, for whoever keeps it. Big-endian, without names: {@code version (1), phase (1), flags (1),
 * scheduledBy (1, −1 for none), lastGrade (1), scheduledDays (4), answers (4), lapses (4), negativeGaps (4), openUndos (4),
 * lastLocalDay (4), lastAtMicros (8), dueAtMicros (8), foldedAtMicros (8), scheduledRetention (8), SM-2 ease (8), interval
 * (4), repetitions (4), FSRS-6 stability (8), difficulty (8), FSRS-7 stability (8), fast stability (8), difficulty (8)},
 * then zone, source, id and deck, each as {@code length (2)} and UTF-8. Flags: 1 suspended, 2 due date moved, 4 with
 * memories of FSRS.
 *
 * <p>A reader knows every version ever written; a writer writes the newest. Version 1 had neither FSRS-7 nor decks: a state
 * read from it has no memory of FSRS-7, and has to be folded again from the log before it goes on.
 */
public final class CardStateCodec {
    private static final byte VERSION = 2;
    private static final byte WITHOUT_FSRS7 = 1;
    private static final int FIXED = 125;

    private static final int SUSPENDED = 1;
    private static final int DUE_MOVED = 2;
    private static final int WITH_FSRS = 4;

    private static final Phase[] PHASES = Phase.values();
    private static final Scheduler[] SCHEDULERS = Scheduler.values();

    private CardStateCodec() {}

    /** The state as bytes. */
    public static byte[] encode(CardState state) {
        byte[] zone = utf8(state.lastZone());
        byte[] source = utf8(state.foldedSource());
        byte[] id = utf8(state.foldedId());
        byte[] deck = utf8(state.deck());
        Fsrs6Memory fsrs6 = state.fsrs6();
        Fsrs7Memory fsrs7 = state.fsrs7();
        Scheduler by = state.scheduledBy();
        int flags = (state.suspended() ? SUSPENDED : 0)
                | (state.dueMoved() ? DUE_MOVED : 0)
                | (fsrs6 == null ? 0 : WITH_FSRS);
        ByteBuffer out = ByteBuffer.allocate(FIXED + zone.length + source.length + id.length + deck.length);
        out.put(VERSION)
                .put((byte) state.phase().ordinal())
                .put((byte) flags)
                .put((byte) (by == null ? -1 : by.ordinal()))
                .put((byte) state.lastGrade())
                .putInt(state.scheduledDays())
                .putInt(state.answers())
                .putInt(state.lapses())
                .putInt(state.negativeGaps())
                .putInt(state.openUndos())
                .putInt(state.lastLocalDay())
                .putLong(state.lastAtMicros())
                .putLong(state.dueAtMicros())
                .putLong(state.foldedAtMicros())
                .putDouble(state.scheduledRetention())
                .putDouble(state.sm2().ease())
                .putInt(state.sm2().intervalDays())
                .putInt(state.sm2().repetitions())
                .putDouble(fsrs6 == null ? 0 : fsrs6.stability())
                .putDouble(fsrs6 == null ? 0 : fsrs6.difficulty())
                .putDouble(fsrs7 == null ? 0 : fsrs7.stability())
                .putDouble(fsrs7 == null ? 0 : fsrs7.fastStability())
                .putDouble(fsrs7 == null ? 0 : fsrs7.difficulty());
        put(out, zone);
        put(out, source);
        put(out, id);
        put(out, deck);
        return out.array();
    }

    /**
     * The state that was encoded, to the last bit.
     *
     * @throws IllegalArgumentException if the bytes are of a version that this build does not know, or no state at all
     */
    public static CardState decode(byte[] bytes) {
        try {
            return read(bytes);
        } catch (BufferUnderflowException | IndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("a card's state that is damaged", damaged);
        }
    }

    private static CardState read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int version = in.get();
        if (version != VERSION && version != WITHOUT_FSRS7) {
            throw new IllegalArgumentException(
                    "a card's state of version " + version + ", this build knows 1 to " + VERSION);
        }
        Phase phase = PHASES[in.get()];
        int flags = in.get();
        int by = in.get();
        int lastGrade = in.get();
        int scheduledDays = in.getInt();
        int answers = in.getInt();
        int lapses = in.getInt();
        int negativeGaps = in.getInt();
        int openUndos = in.getInt();
        int lastLocalDay = in.getInt();
        long lastAt = in.getLong();
        long due = in.getLong();
        long foldedAt = in.getLong();
        double retention = in.getDouble();
        Sm2Memory sm2 = new Sm2Memory(in.getDouble(), in.getInt(), in.getInt());
        double stability = in.getDouble();
        double difficulty = in.getDouble();
        boolean withMemory = (flags & WITH_FSRS) != 0;
        Fsrs7Memory fsrs7 = null;
        if (version != WITHOUT_FSRS7) {
            Fsrs7Memory read = new Fsrs7Memory(in.getDouble(), in.getDouble(), in.getDouble());
            fsrs7 = withMemory ? read : null;
        }
        String zone = text(in);
        String source = text(in);
        String id = text(in);
        String deck = version == WITHOUT_FSRS7 ? "" : text(in);
        return new CardState(
                phase,
                (flags & SUSPENDED) != 0,
                sm2,
                withMemory ? new Fsrs6Memory(stability, difficulty) : null,
                fsrs7,
                answers,
                lapses,
                lastGrade,
                lastAt,
                lastLocalDay,
                zone,
                due,
                (flags & DUE_MOVED) != 0,
                scheduledDays,
                deck,
                by < 0 ? null : SCHEDULERS[by],
                retention,
                negativeGaps,
                openUndos,
                foldedAt,
                source,
                id);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.putShort((short) text.length).put(text);
    }

    private static String text(ByteBuffer in) {
        int length = in.getShort() & 0xffff;
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
