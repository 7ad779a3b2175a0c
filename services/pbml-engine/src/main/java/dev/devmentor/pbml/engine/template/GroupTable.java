package dev.devmentor.pbml.engine.template;

import org.jspecify.annotations.Nullable;

/** Groups by key: open addressing with linear probing, as the one look-up of a line that was seen before should be cheap. */
final class GroupTable {
    private long[] keys = new long[1 << 10];
    private @Nullable Group[] groups = new Group[1 << 10];
    private int size;

    @Nullable Group get(long key) {
        int mask = keys.length - 1;
        for (int i = slot(key, mask); ; i = i + 1 & mask) {
            Group group = groups[i];
            if (group == null || keys[i] == key) {
                return group;
            }
        }
    }

    void put(long key, Group group) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (groups[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        if (groups[i] == null) {
            size++;
        }
        keys[i] = key;
        groups[i] = group;
    }

    /** Takes a key out and closes the row behind it, so that no marks pile up. */
    void remove(long key) {
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (groups[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        if (groups[i] == null) {
            return;
        }
        size--;
        int hole = i;
        for (int next = i + 1 & mask; groups[next] != null; next = next + 1 & mask) {
            int home = slot(keys[next], mask);
            if ((next - home & mask) >= (next - hole & mask)) {
                keys[hole] = keys[next];
                groups[hole] = groups[next];
                hole = next;
            }
        }
        groups[hole] = null;
    }

    private static int slot(long key, int mask) {
        return (int) (key ^ key >>> 32) & mask;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Group[] old = groups;
        keys = new long[2 * oldKeys.length];
        groups = new Group[keys.length];
        size = 0;
        for (int i = 0; i < old.length; i++) {
            Group group = old[i];
            if (group != null) {
                put(oldKeys[i], group);
            }
        }
    }
}
