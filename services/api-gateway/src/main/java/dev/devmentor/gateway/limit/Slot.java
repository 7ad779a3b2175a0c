package dev.devmentor.gateway.limit;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is counted together: the requests of a person, an API key or an address. Safe for all threads. */
final class Slot implements Tellable {
    /** Most that are told. */
    private static final int MOST_TOLD = 4096;

    /** Part of a limit that all gateways together may have admitted and not told. */
    private static final int AHEAD = 100;

    private static final int[] NONE = {};

    private final byte[] key;
    private final LocalWindow own = new LocalWindow();
    private int[] untold = NONE;
    private int untoldCount;
    private boolean isQueued;
    /** Runs of Redis that were told everything anew. */
    private int run;

    private volatile @Nullable Refusal refusal;
    /** What Redis said last: of which limit, how much is left of it, after how long more is, and when that was. */
    private int knownLimit = -1;

    private int knownLeft;
    private long knownMore;
    private long knownNanos;
    /** Requests that were admitted on that since. */
    private int ahead;
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

    /** Notes what Redis said. What it has not been told yet is not left any more. */
    synchronized void known(int limit, int left, long moreMillis, long nowNanos) {
        knownLimit = limit;
        knownLeft = left - untoldCount;
        knownMore = moreMillis;
        knownNanos = nowNanos;
        ahead = 0;
    }

    /**
     * Admits a request ahead of telling Redis: while more than half of the limit was left a moment ago, and so few are admitted this
     * way that all gateways together stay within a hundredth of it.
     *
     * @param freshNanos what Redis said is taken to hold for so long
     * @return whether it is admitted; it is then to be told
     */
    synchronized boolean tryAhead(int limit, int gateways, long freshNanos, long nowNanos, int nowMillis) {
        if (limit != knownLimit || nowNanos - knownNanos >= freshNanos) {
            return false;
        }
        int most = limit / AHEAD / gateways;
        if (ahead >= most || knownLeft - ahead <= limit / 2) {
            return false;
        }
        ahead++;
        own.count(nowMillis);
        own.add(nowMillis);
        return true;
    }

    /** Requests that are left after those that were admitted ahead. */
    synchronized int leftAhead() {
        return knownLeft - ahead;
    }

    /** Milliseconds until more are left, as far as is known. */
    synchronized long moreAhead(long nowNanos) {
        return Math.max(1, knownMore - (nowNanos - knownNanos) / 1_000_000);
    }

    /**
     * Decides without Redis, by what this process admitted, or by its part of what Redis said a moment ago was left: a caller may have been
     * to this gateway alone, and an answer that is late by some milliseconds must not cost them what is theirs.
     *
     * @param share of the limit that is this process's
     * @param freshNanos what Redis said is taken to hold for so long
     * @return requests left of the share, or -1 if it is used up
     */
    synchronized int tryAlone(int limit, int share, int gateways, long freshNanos, long nowNanos, int nowMillis) {
        int left = share - own.count(nowMillis);
        if (limit == knownLimit && nowNanos - knownNanos < freshNanos) {
            left = Math.max(left, knownLeft / gateways - ahead);
        }
        if (left <= 0) {
            return -1;
        }
        ahead++;
        own.add(nowMillis);
        return left - 1;
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
    public synchronized @Nullable Told tell(Buffer spec, int nowMillis) {
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
        return new Told(this, telling, run);
    }

    @Override
    public synchronized boolean tellAgain(Told told) {
        if (told.run() != run) {
            return false;
        }
        int[] before = told.what();
        int[] both = Arrays.copyOf(before, before.length + untoldCount);
        System.arraycopy(untold, 0, both, before.length, untoldCount);
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
        run++;
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
