package dev.devmentor.pbml.engine.sequence;

import java.util.Arrays;

/** The largest of many long numbers: a heap of fixed size with the smallest on top. */
final class Largest {
    private final long[] heap;
    private int size;

    Largest(int capacity) {
        heap = new long[capacity];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void offer(long value) {
        if (size < heap.length) {
            int i = size++;
            while (i > 0 && heap[(i - 1) / 2] > value) {
                heap[i] = heap[(i - 1) / 2];
                i = (i - 1) / 2;
            }
            heap[i] = value;
        } else if (value > heap[0]) {
            sink(value);
        }
    }

    private void sink(long value) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
    }

    /** Sorts what was kept; until the next {@link #clear}, {@link #get} gives the largest first. */
    void sort() {
        Arrays.sort(heap, 0, size);
    }

    long get(int rank) {
        return heap[size - 1 - rank];
    }
}
