package dev.devmentor.pbml.engine.sequence;

/** Numbers from 0 for long keys; open addressing, never asked for its order. */
final class LongIntMap {
    private long[] keys = new long[1_024];
    private int[] values = new int[1_024]; // one more than the value; 0 is free
    private int size;

    /** The value of a key, -1 if it has none. */
    int get(long key) {
        int mask = keys.length - 1;
        for (int i = hash(key) & mask; values[i] != 0; i = i + 1 & mask) {
            if (keys[i] == key) {
                return values[i] - 1;
            }
        }
        return -1;
    }

    /** Adds a key that is not there yet. */
    void add(long key, int value) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        place(key, value + 1);
        size++;
    }

    void clear() {
        keys = new long[1_024];
        values = new int[1_024];
        size = 0;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                place(oldKeys[i], oldValues[i]);
            }
        }
    }

    private void place(long key, int stored) {
        int mask = keys.length - 1;
        int i = hash(key) & mask;
        while (values[i] != 0) {
            i = i + 1 & mask;
        }
        keys[i] = key;
        values[i] = stored;
    }

    /** Fibonacci hashing: the upper bits of a product with 2^64 divided by the golden ratio. */
    private static int hash(long key) {
        long product = key * 0x9e3779b97f4a7c15L;
        return (int) (product >>> 32) ^ (int) (product >>> 50);
    }
}
