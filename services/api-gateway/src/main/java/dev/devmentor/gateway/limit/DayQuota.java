package dev.devmentor.gateway.limit;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The quota of an API key for a UTC day, as far as this process knows it. Safe for all threads. */
final class DayQuota implements Tellable {
    private final byte[] key;
    private long day = -1;
    private long used;
    private long own;
    private int untold;
    private boolean isQueued;

    DayQuota(String keyId) {
        this.key = ("rate:quota:" + keyId).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] key() {
        return key;
    }

    /** What Redis said. */
    synchronized void known(long today, long usedInAll) {
        day = today;
        used = usedInAll;
        own = untold;
    }

    /** Requests that are left, as far as is known; the other gateways are taken to admit as many as this one. */
    synchronized int left(long today, int perDay, int gateways) {
        if (day != today) {
            day = today;
            used = 0;
            own = 0;
            untold = 0;
        }
        return (int) Math.max(0, perDay - used - own * gateways);
    }

    /** Counts one that this process admitted alone. */
    synchronized void addOwn() {
        own++;
    }

    /**
     * Notes that Redis has not counted a request that was admitted.
     *
     * @return whether this has to be queued for telling; false if it is
     */
    synchronized boolean addUntold() {
        untold++;
        return queue();
    }

    private boolean queue() {
        boolean isNew = !isQueued;
        isQueued = true;
        return isNew;
    }

    @Override
    public synchronized @Nullable Told tell(Buffer spec, int nowMillis) {
        isQueued = false;
        int telling = Math.min(untold, 0xFFFF);
        if (telling == 0) {
            return null;
        }
        spec.appendByte((byte) WindowScript.TELL_QUOTA)
                .appendUnsignedShort(telling)
                .appendUnsignedInt(0);
        untold = 0;
        return new Told(this, new int[] {telling}, 0);
    }

    @Override
    public synchronized boolean tellAgain(Told told) {
        untold += told.what()[0];
        return queue();
    }
}
