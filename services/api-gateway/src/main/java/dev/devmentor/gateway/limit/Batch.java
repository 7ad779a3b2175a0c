package dev.devmentor.gateway.limit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that go to Redis in one call. Belongs to one event loop. */
final class Batch {
    /** Most callers of one call: the script takes some microseconds for each, and Redis does nothing else meanwhile. */
    static final int MOST = 256;

    private static final int MOST_UNITS = 0xFFFF;

    private final List<Entry> entries = new ArrayList<>();
    private final IdentityHashMap<Slot, Entry> bySlot = new IdentityHashMap<>();
    private final List<Told> told = new ArrayList<>();

    /** The checks of one caller, in their order. */
    static final class Entry {
        final Slot slot;
        final int limit;
        final @Nullable DayQuota quota;
        final int perDay;
        private final Check first;
        private Check last;
        private int count = 1;
        /** Requests that the call asks for; the checks that were not decided when it went out. */
        int units;
        /** Of those, the ones that were admitted here because the answer took too long. */
        int admittedMeanwhile;

        private Entry(Slot slot, int limit, @Nullable DayQuota quota, int perDay, Check check) {
            this.slot = slot;
            this.limit = limit;
            this.quota = quota;
            this.perDay = perDay;
            this.first = check;
            this.last = check;
        }

        Check first() {
            return first;
        }
    }

    boolean isFull() {
        return entries.size() >= MOST;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> entries() {
        return entries;
    }

    /** What Redis is told in this call. */
    List<Told> told() {
        return told;
    }

    void add(Slot slot, int limit, @Nullable DayQuota quota, int perDay, Check check) {
        Entry known = bySlot.get(slot);
        if (known != null
                && known.limit == limit
                && known.quota == quota
                && known.perDay == perDay
                && known.count < MOST_UNITS) {
            known.last.next = check;
            known.last = check;
            known.count++;
            return;
        }
        Entry entry = new Entry(slot, limit, quota, perDay, check);
        entries.add(entry);
        bySlot.put(slot, entry);
    }

    /** Forgets all, to be used again. */
    void clear() {
        entries.clear();
        bySlot.clear();
        told.clear();
    }
}
