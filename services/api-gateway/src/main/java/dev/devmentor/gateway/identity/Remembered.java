package dev.devmentor.gateway.identity;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of bounded size. When it is full the hand of a clock goes round and takes away the first value that was not asked for since it passed last.
 * Safe for all threads; reading takes no lock.
 */
final class Remembered<V> {
    private final int most;
    private final Map<String, Kept<V>> kept = new ConcurrentHashMap<>();
    private Iterator<Kept<V>> hand = kept.values().iterator();

    private static final class Kept<V> {
        private final V value;
        private volatile boolean isUsed;

        Kept(V value) {
            this.value = value;
        }
    }

    Remembered(int most) {
        this.most = most;
    }

    @Nullable V get(String key) {
        Kept<V> found = kept.get(key);
        if (found == null) {
            return null;
        }
        if (!found.isUsed) {
            found.isUsed = true;
        }
        return found.value;
    }

    void put(String key, V value) {
        if (kept.size() >= most && !kept.containsKey(key)) {
            evictOne();
        }
        kept.put(key, new Kept<>(value));
    }

    void remove(String key, V value) {
        Kept<V> found = kept.get(key);
        if (found != null && found.value == value) {
            kept.remove(key, found);
        }
    }

    int size() {
        return kept.size();
    }

    private synchronized void evictOne() {
        // Twice round at most: after the first time nothing is marked.
        for (long left = 2L * kept.size() + 2; left > 0; left--) {
            if (!hand.hasNext()) {
                hand = kept.values().iterator();
                if (!hand.hasNext()) {
                    return;
                }
            }
            Kept<V> next = hand.next();
            if (next.isUsed) {
                next.isUsed = false;
            } else {
                hand.remove();
                return;
            }
        }
    }
}
