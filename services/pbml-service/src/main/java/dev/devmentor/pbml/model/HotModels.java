package dev.devmentor.pbml.model;

import dev.devmentor.pbml.PbmlConfig;
import dev.devmentor.pbml.engine.owner.OwnerState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Models in memory, bounded by what they weigh. What goes is read again when somebody asks. */
@ApplicationScoped
class HotModels {
    private final Map<Long, Hot> byOwner = new ConcurrentHashMap<>();
    private final long most;

    HotModels(PbmlConfig config) {
        this.most = config.memory().modelBytes();
    }

    /** The model of one owner, if it is in memory. Everything in it is read and changed under its lock. */
    static final class Hot {
        final ReentrantLock lock = new ReentrantLock();

        @Nullable OwnerState state;
        /** Rows of the log that are in it. */
        long observations;
        /** Rows of the log that are in the state that was saved last. */
        long saved;
        /** How often content of the log had been forgotten when it was folded. */
        int forgettings;

        private volatile long weight;
        private volatile long usedAt;

        void forget() {
            state = null;
            observations = 0;
            saved = 0;
            weight = 0;
        }
    }

    Hot of(long ownerId) {
        Hot hot = byOwner.computeIfAbsent(ownerId, _ -> new Hot());
        hot.usedAt = System.nanoTime();
        return hot;
    }

    /** Notes what a model weighs now, and makes room. The caller holds the lock of that model and no other. */
    void weigh(Hot hot) {
        OwnerState state = hot.state;
        hot.weight = state == null ? 0 : state.weight();
        long all = bytes();
        if (all <= most) {
            return;
        }
        List<Map.Entry<Long, Hot>> oldest = byOwner.entrySet().stream()
                .filter(entry -> entry.getValue() != hot)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().usedAt))
                .toList();
        for (Map.Entry<Long, Hot> entry : oldest) {
            if (all <= most) {
                return;
            }
            Hot other = entry.getValue();
            // Whoever uses it now needs it more than we need the room.
            if (other.lock.tryLock()) {
                try {
                    all -= other.weight;
                    other.forget();
                    byOwner.remove(entry.getKey(), other);
                } finally {
                    other.lock.unlock();
                }
            }
        }
    }

    /** Roughly, what all of them weigh. */
    long bytes() {
        long all = 0;
        for (Hot hot : byOwner.values()) {
            all += hot.weight;
        }
        return all;
    }

    int size() {
        return byOwner.size();
    }

    /** Whose models are in memory. */
    long[] owners() {
        return byOwner.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    /** Forgets an owner. */
    void forget(long ownerId) {
        byOwner.remove(ownerId);
    }
}
