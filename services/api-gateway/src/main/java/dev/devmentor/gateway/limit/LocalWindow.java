package dev.devmentor.gateway.limit;

/**
 * The sliding window of one caller as this process knows it: the times of the requests that it admitted. Not thread-safe.
 *
 * <p>Times are milliseconds of any clock that never goes back, modulo 2^32. One that was rounded down may be up to 1 ms later, so a
 * time leaves the window after 60 001 ms: never are there more than the limit in any 60 s.
 */
final class LocalWindow {
    /** After so many milliseconds a request no longer counts. */
    static final int SPAN = 60_001;

    private static final int[] NONE = {};

    private int[] ring = NONE;
    private int head;
    private int size;

    /** How many count now. */
    int count(int now) {
        while (size > 0 && now - ring[head] >= SPAN) {
            head = head + 1 == ring.length ? 0 : head + 1;
            size--;
        }
        if (size == 0) {
            ring = NONE;
            head = 0;
        }
        return size;
    }

    /** Counts one that was admitted now, whatever the limit. */
    void add(int now) {
        if (size == ring.length) {
            grow();
        }
        int tail = head + size;
        ring[tail >= ring.length ? tail - ring.length : tail] = now;
        size++;
    }

    /** Admits one if fewer than the limit count. */
    boolean tryAdd(int now, int limit) {
        if (count(now) >= limit) {
            return false;
        }
        add(now);
        return true;
    }

    /**
     * Milliseconds until one more than now is left: until the oldest leaves, or if too many count, so many that one is allowed. 0 if
     * none counts and some are allowed.
     */
    int moreMillis(int now, int limit) {
        int counted = count(now);
        int blocking = Math.max(0, counted - limit);
        if (blocking < counted) {
            int at = head + blocking;
            return ring[at >= ring.length ? at - ring.length : at] + SPAN - now;
        }
        return limit > 0 ? 0 : SPAN;
    }

    /** When those that count were admitted, oldest first. */
    int[] times(int now) {
        int[] times = new int[count(now)];
        for (int i = 0; i < times.length; i++) {
            int at = head + i;
            times[i] = ring[at >= ring.length ? at - ring.length : at];
        }
        return times;
    }

    /** Numbers that are kept at the moment, in use or not. */
    int capacity() {
        return ring.length;
    }

    private void grow() {
        int[] larger = new int[Math.max(8, ring.length + (ring.length >> 1))];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, size - first);
        ring = larger;
        head = 0;
    }
}
