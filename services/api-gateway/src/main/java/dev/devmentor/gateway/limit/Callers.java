package dev.devmentor.gateway.limit;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What this process remembers of callers, at most so many of each kind. When it is full a caller that was not seen since the last sweep
 * goes, or any: it is then new to this process, and still counted in Redis. Safe for all threads.
 */
final class Callers {
    private final int most;
    private final Map<String, Slot> users = new ConcurrentHashMap<>();
    private final Map<String, Slot> keys = new ConcurrentHashMap<>();
    private final Map<String, Slot> addresses = new ConcurrentHashMap<>();
    private final Map<String, Slot> authAddresses = new ConcurrentHashMap<>();
    private final Map<String, DayQuota> quotas = new ConcurrentHashMap<>();

    Callers(int most) {
        this.most = most;
    }

    /** Of a person or service account. */
    Slot user(String id) {
        return slot(users, id, "rate:user:");
    }

    /** Of an API key that has a limit of its own. */
    Slot key(String keyId) {
        return slot(keys, keyId, "rate:key:");
    }

    /** Of an address as {@link Addresses#counted} has it. */
    Slot address(String counted) {
        return slot(addresses, counted, "rate:address:");
    }

    /** Of an address, at what is open at the auth service. */
    Slot authAddress(String counted) {
        return slot(authAddresses, counted, "rate:auth:");
    }

    DayQuota quota(String keyId) {
        DayQuota known = quotas.get(keyId);
        return known != null ? known : make(quotas, keyId, DayQuota::new);
    }

    private Slot slot(Map<String, Slot> of, String id, String prefix) {
        Slot known = of.get(id);
        if (known == null) {
            known = make(of, id, name -> new Slot(prefix + name));
        } else if (!known.isUsed) {
            known.isUsed = true;
        }
        return known;
    }

    private <T> T make(Map<String, T> of, String id, Function<String, T> how) {
        if (of.size() >= most) {
            evictOne(of);
        }
        return of.computeIfAbsent(id, how);
    }

    private static <T> void evictOne(Map<String, T> of) {
        Iterator<T> all = of.values().iterator();
        for (int looked = 0; looked < 8 && all.hasNext(); looked++) {
            if (!(all.next() instanceof Slot slot) || !slot.isUsed) {
                all.remove();
                return;
            }
        }
        Iterator<T> any = of.values().iterator();
        if (any.hasNext()) {
            any.next();
            any.remove();
        }
    }

    /** Forgets those of whom nothing counts any more. */
    void sweep(int nowMillis) {
        sweep(users, nowMillis);
        sweep(keys, nowMillis);
        sweep(addresses, nowMillis);
        sweep(authAddresses, nowMillis);
    }

    private static void sweep(Map<String, Slot> of, int nowMillis) {
        for (Iterator<Slot> slots = of.values().iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            if (slot.isIdle(nowMillis) && !slot.isUsed) {
                slots.remove();
            }
            slot.isUsed = false;
        }
    }

    /** All of whom something may count. */
    void forEach(Consumer<Slot> action) {
        users.values().forEach(action);
        keys.values().forEach(action);
        addresses.values().forEach(action);
        authAddresses.values().forEach(action);
    }

    /** Callers that are remembered. */
    int size() {
        return users.size() + keys.size() + addresses.size() + authAddresses.size();
    }
}
