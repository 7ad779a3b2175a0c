package dev.devmentor.pbml.engine.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings by id, of which the nearest to another one are found: exactly, by comparing all of them, in whole numbers. Equally
 * near ones come in the order of their ids, so that an answer does not depend on the order in which they came. About 490 bytes
 * for each embedding, and no more than its capacity. Not thread-safe.
 */
public final class NearestEmbeddings {

    /** The largest capacity. */
    public static final int MOST = 100_000;

    /** How many neighbours can be asked for. */
    public static final int MOST_NEIGHBOURS = 1_000;

    private static final int ROWS_OF_A_BLOCK = 1_024;

    /**
     * A text that was found.
     *
     * @param id as it was put
     * @param cosine to the one asked for, -1 to 1
     */
    public record Neighbour(long id, double cosine) {}

    private final int capacity;
    private final List<int[]> blocks = new ArrayList<>();
    private final Map<Long, Integer> rows = new HashMap<>();
    private long[] ids = new long[64];
    private double[] lengths = new double[64];
    private int size;

    /**
     * @param capacity how many embeddings at most
     * @throws IllegalArgumentException if it is not within 1 and {@link #MOST}
     */
    public NearestEmbeddings(int capacity) {
        if (capacity < 1 || capacity > MOST) {
            throw new IllegalArgumentException("capacity " + capacity + " is not within 1 and " + MOST);
        }
        this.capacity = capacity;
    }

    /**
     * Adds an embedding or replaces the one of the same id.
     *
     * @return false if it is new and there is no room: nothing has changed
     */
    public boolean put(long id, QuantisedEmbedding embedding) {
        Integer known = rows.get(id);
        if (known == null && size == capacity) {
            return false;
        }
        int row = known == null ? size : known;
        if (known == null) {
            if (row / ROWS_OF_A_BLOCK == blocks.size()) {
                blocks.add(new int[ROWS_OF_A_BLOCK * QuantisedEmbedding.PACKED]);
            }
            if (row == ids.length) {
                ids = Arrays.copyOf(ids, Math.min(capacity, 2 * row));
                lengths = Arrays.copyOf(lengths, Math.min(capacity, 2 * row));
            }
            rows.put(id, row);
            ids[row] = id;
            size++;
        }
        embedding.copyTo(block(row), at(row));
        lengths[row] = embedding.length();
        return true;
    }

    /** Whether there was one of this id, which is gone now. */
    public boolean remove(long id) {
        Integer row = rows.remove(id);
        if (row == null) {
            return false;
        }
        int last = --size;
        if (row != last) {
            System.arraycopy(block(last), at(last), block(row), at(row), QuantisedEmbedding.PACKED);
            ids[row] = ids[last];
            lengths[row] = lengths[last];
            rows.put(ids[row], row);
        }
        if (last % ROWS_OF_A_BLOCK == 0) {
            blocks.removeLast();
        }
        return true;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /**
     * The nearest ones, the nearest first; of equally near ones the smaller id first.
     *
     * @param most how many, 1 to {@link #MOST_NEIGHBOURS}
     * @param leastCosine those less alike are left out; -1 for none
     * @return none if the embedding is empty: it is like nothing
     */
    public List<Neighbour> nearest(QuantisedEmbedding embedding, int most, double leastCosine) {
        if (most < 1 || most > MOST_NEIGHBOURS) {
            throw new IllegalArgumentException(most + " neighbours are not within 1 and " + MOST_NEIGHBOURS);
        }
        if (embedding.isEmpty()) {
            return List.of();
        }
        int[] asked = embedding.unpacked();
        List<Neighbour> found = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            int dot = QuantisedEmbedding.dot(asked, block(row), at(row));
            double cosine = QuantisedEmbedding.cosine(dot, embedding.length(), lengths[row]);
            if (lengths[row] == 0 || cosine < leastCosine) {
                continue;
            }
            if (found.size() == most && !nearer(cosine, ids[row], found.getLast())) {
                continue;
            }
            if (found.size() == most) {
                found.removeLast();
            }
            found.add(place(found, cosine, ids[row]), new Neighbour(ids[row], cosine));
        }
        return List.copyOf(found);
    }

    private static int place(List<Neighbour> found, double cosine, long id) {
        int from = 0;
        int to = found.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (nearer(cosine, id, found.get(middle))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private static boolean nearer(double cosine, long id, Neighbour other) {
        return cosine > other.cosine() || cosine == other.cosine() && id < other.id();
    }

    private int[] block(int row) {
        return blocks.get(row / ROWS_OF_A_BLOCK);
    }

    private static int at(int row) {
        return row % ROWS_OF_A_BLOCK * QuantisedEmbedding.PACKED;
    }
}
