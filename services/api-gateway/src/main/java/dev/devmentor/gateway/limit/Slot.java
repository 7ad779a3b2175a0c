package dev.devmentor.gateway.limit;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is counted together: the requests of a person, an API key or an address. Safe for all threads. */
final class Slot implements Tellable {
    /** Most that are told. */
    private static final int MOST_TOLD = 4096;

    private static final int[] NONE = {};

    private final byte[] key;
    private final LocalWindow own = new LocalWindow();
    private int[] untold = NONE;
    private int untoldCount;
    private boolean isQueued;
    private volatile @Nullable Refusal refusal;
    /** Set at every use, taken away by the sweep. */
    volatile boolean isUsed = true;

    private record Refusal(int limit, long untilNanos) {}

    Slot(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] key() {
        return key;
    }

    /** Counts what Redis admitted, for the time when it does not answer. */
    synchronized void admitted(int nowMillis, int count) {
        own.count(nowMillis);
        for (int i = 0; i < count; i++) {
            own.add(nowMillis);
        }
    }

    /**
     * Decides without Redis, by what this process admitted.
     *
     * @param share of the limit that is this process's
     * @return requests left of the share, or -1 if it is used up
     */
    synchronized int tryAlone(int nowMillis, int share) {
        return own.tryAdd(nowMillis, share) ? share - own.count(nowMillis) : -1;
    }

    /** Requests that are left of the share. */
    synchronized int leftAlone(int nowMillis, int share) {
        return Math.max(0, share - own.count(nowMillis));
    }

    synchronized int moreMillis(int nowMillis, int share) {
        return own.moreMillis(nowMillis, share);
    }

    /**
     * Notes that Redis has not counted a request that was admitted.
     *
     * @return whether this has to be queued for telling; false if it is
     */
    synchronized boolean addUntold(int nowMillis) {
        if (untoldCount == untold.length) {
            dropOldUntold(nowMillis);
            if (untoldCount == untold.length) {
                untold = Arrays.copyOf(untold, Math.max(8, untoldCount * 2));
            }
        }
        untold[untoldCount++] = nowMillis;
        return queue();
    }

    private boolean queue() {
        boolean isNew = !isQueued;
        isQueued = true;
        return isNew;
    }

    private void dropOldUntold(int nowMillis) {
        int from = 0;
        while (from < untoldCount && nowMillis - untold[from] >= LocalWindow.SPAN) {
            from++;
        }
        if (from > 0) {
            System.arraycopy(untold, from, untold, 0, untoldCount - from);
            untoldCount -= from;
        }
    }

    @Override
    public synchronized int @Nullable [] tell(Buffer spec, int nowMillis) {
        isQueued = false;
        dropOldUntold(nowMillis);
        // The newest: more than that in a minute are over any limit, and the newest stay longest.
        int[] telling = Arrays.copyOfRange(untold, Math.max(0, untoldCount - MOST_TOLD), untoldCount);
        untold = NONE;
        untoldCount = 0;
        if (telling.length == 0) {
            return null;
        }
        spec.appendByte((byte) WindowScript.TELL)
                .appendUnsignedShort(telling.length)
                .appendUnsignedInt(0);
        for (int at : telling) {
            spec.appendUnsignedInt(nowMillis - at);
        }
        return telling;
    }

    @Override
    public synchronized boolean tellAgain(int[] told) {
        int[] both = Arrays.copyOf(told, told.length + untoldCount);
        System.arraycopy(untold, 0, both, told.length, untoldCount);
        untold = both;
        untoldCount = both.length;
        return queue();
    }

    /**
     * Redis has forgotten everything: all that this process admitted is to be told.
     *
     * @return whether this has to be queued for telling; false if it is, or there is nothing to tell
     */
    synchronized boolean tellAll(int nowMillis) {
        refusal = null;
        untold = own.times(nowMillis);
        untoldCount = untold.length;
        return untoldCount > 0 && queue();
    }

    /** Redis refused: until then nobody can be admitted, whoever asks. */
    void refused(int limit, long untilNanos) {
        refusal = new Refusal(limit, untilNanos);
    }

    /** Nanoseconds for which a refusal still holds; 0 for none. */
    long refusedFor(int limit, long nowNanos) {
        Refusal known = refusal;
        if (known == null) {
            return 0;
        }
        long rest = known.untilNanos() - nowNanos;
        if (rest <= 0 || known.limit() != limit) {
            refusal = null;
            return 0;
        }
        return rest;
    }

    /** Whether it may be forgotten: nothing counts any more. */
    synchronized boolean isIdle(int nowMillis) {
        dropOldUntold(nowMillis);
        return own.count(nowMillis) == 0 && untoldCount == 0;
    }

    /** Numbers that are kept at the moment. */
    synchronized int kept() {
        return own.capacity() + untold.length;
    }
}
