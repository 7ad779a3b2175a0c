package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.Arrays;

/**
 * How often which symbol followed which context. Contexts are the nodes of a tree: a child is its parent with one more
 * symbol. Each node keeps its followers with the most frequent first, so that the best are found without looking at all.
 *
 * <p>Bounded: when there are more pairs of a node and a follower than the limit, all counts are halved, and what is left
 * without a count goes. That is the rescaling of PPM (A. Moffat, "Implementing the PPM data compression scheme", 1990); it
 * forgets what was seen seldom and long ago.
 */
final class ContextCounts {

    /** No such node. */
    static final int NONE = -1;

    private final int roots;
    private final int limit;

    private final LongIntMap children = new LongIntMap();
    private int nodes;
    private int[] parent = new int[64];
    private int[] symbol = new int[64];
    private int[] total = new int[64];
    private int[] distinct = new int[64];
    private int[] ranked = new int[64];
    private int[][] ranking = new int[64][];

    private final LongIntMap followers = new LongIntMap();
    private int edges;
    private int[] follower = new int[64];
    private int[] count = new int[64];
    private int[] rank = new int[64];

    /**
     * @param roots how many trees there are; their roots are the nodes from 0
     * @param limit of the pairs of a node and a follower
     */
    ContextCounts(int roots, int limit) {
        this.roots = roots;
        this.limit = limit;
        plant();
    }

    private void plant() {
        for (int i = 0; i < roots; i++) {
            newNode(NONE, i);
        }
    }

    /** The node of a context that is one symbol longer, {@link #NONE} if it was never counted. */
    int child(int node, int next) {
        return node == NONE ? NONE : children.get(key(node, next));
    }

    /** The node of a context that is one symbol longer, made if it is not there. */
    int grow(int node, int next) {
        int child = children.get(key(node, next));
        return child == NONE ? newNode(node, next) : child;
    }

    private int newNode(int above, int next) {
        if (nodes == total.length) {
            int room = nodes * 2;
            parent = Arrays.copyOf(parent, room);
            symbol = Arrays.copyOf(symbol, room);
            total = Arrays.copyOf(total, room);
            distinct = Arrays.copyOf(distinct, room);
            ranked = Arrays.copyOf(ranked, room);
            ranking = Arrays.copyOf(ranking, room);
        }
        parent[nodes] = above;
        symbol[nodes] = next;
        total[nodes] = 0;
        distinct[nodes] = 0;
        ranked[nodes] = 0;
        ranking[nodes] = new int[1];
        if (above != NONE) {
            children.add(key(above, next), nodes);
        }
        return nodes++;
    }

    /** Counts that a symbol followed a context. */
    void add(int node, int next) {
        int edge = followers.get(key(node, next));
        if (edge < 0) {
            edge = newEdge(node, next, 0);
        }
        // the ranking stays sorted when the first of those that are as frequent changes places with this one
        int[] order = ranking[node];
        int frequency = count[edge];
        int low = 0;
        int high = rank[edge];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (count[order[middle]] > frequency) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int other = order[low];
        order[rank[edge]] = other;
        rank[other] = rank[edge];
        order[low] = edge;
        rank[edge] = low;
        if (frequency == 0) {
            distinct[node]++;
        }
        count[edge]++;
        total[node]++;
    }

    /**
     * Takes back one count.
     *
     * @return whether there was one
     */
    boolean remove(int node, int next) {
        int edge = node == NONE ? -1 : followers.get(key(node, next));
        if (edge < 0 || count[edge] == 0) {
            return false;
        }
        // the last of those that are as frequent changes places with this one
        int[] order = ranking[node];
        int frequency = count[edge];
        int low = rank[edge];
        int high = ranked[node] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (count[order[middle]] < frequency) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        int other = order[low];
        order[rank[edge]] = other;
        rank[other] = rank[edge];
        order[low] = edge;
        rank[edge] = low;
        count[edge]--;
        total[node]--;
        if (count[edge] == 0) {
            distinct[node]--;
        }
        return true;
    }

    private int newEdge(int node, int next, int frequency) {
        if (edges == count.length) {
            int room = edges * 2;
            follower = Arrays.copyOf(follower, room);
            count = Arrays.copyOf(count, room);
            rank = Arrays.copyOf(rank, room);
        }
        int place = ranked[node]++;
        if (frequency > 0) {
            distinct[node]++;
        }
        if (place == ranking[node].length) {
            ranking[node] = Arrays.copyOf(ranking[node], place * 2);
        }
        ranking[node][place] = edges;
        follower[edges] = next;
        count[edges] = frequency;
        rank[edges] = place;
        followers.add(key(node, next), edges);
        return edges++;
    }

    /** How often a symbol followed a context. */
    int count(int node, int next) {
        int edge = followers.get(key(node, next));
        return edge < 0 ? 0 : count[edge];
    }

    /** How often a context was followed by anything; 0 for {@link #NONE}. */
    int total(int node) {
        return node == NONE ? 0 : total[node];
    }

    /** How many different symbols followed a context. */
    int distinct(int node) {
        return node == NONE ? 0 : distinct[node];
    }

    /** The follower at a place from 0, the most frequent first. */
    int followerAt(int node, int place) {
        return follower[ranking[node][place]];
    }

    /** The count of the follower at a place from 0. */
    int countAt(int node, int place) {
        return count[ranking[node][place]];
    }

    /** How many pairs of a context and a follower there are. */
    int size() {
        return edges;
    }

    /** How many contexts there are. */
    int contexts() {
        return nodes;
    }

    /** Halves all counts until a quarter of the limit is free again, if it is exceeded. */
    void forgetIfFull() {
        if (edges <= limit) {
            return;
        }
        while (edges > limit - limit / 4) {
            halve();
        }
    }

    private void halve() {
        boolean[] kept = new boolean[nodes];
        for (int node = nodes - 1; node >= 0; node--) {
            kept[node] |= node < roots || total[node] > 0 && countAt(node, 0) > 1;
            if (kept[node] && parent[node] != NONE) {
                kept[parent[node]] = true; // parents come before their children
            }
        }
        int oldNodes = nodes;
        int[] oldParent = parent;
        int[] oldSymbol = symbol;
        int[] oldDistinct = distinct;
        int[][] oldRanking = ranking;
        int[] oldFollower = follower;
        int[] oldCount = count;
        clear();
        int[] moved = new int[oldNodes];
        for (int node = 0; node < oldNodes; node++) {
            if (!kept[node]) {
                continue;
            }
            int above = oldParent[node] == NONE ? NONE : moved[oldParent[node]];
            moved[node] = newNode(above, oldSymbol[node]);
            for (int place = 0; place < oldDistinct[node]; place++) {
                int edge = oldRanking[node][place];
                if (oldCount[edge] < 2) {
                    break;
                }
                newEdge(moved[node], oldFollower[edge], oldCount[edge] / 2);
                total[moved[node]] += oldCount[edge] / 2;
            }
        }
    }

    private void clear() {
        children.clear();
        followers.clear();
        nodes = 0;
        edges = 0;
        parent = new int[64];
        symbol = new int[64];
        total = new int[64];
        distinct = new int[64];
        ranked = new int[64];
        ranking = new int[64][];
        follower = new int[64];
        count = new int[64];
        rank = new int[64];
    }

    void write(ByteWriter out) {
        out.varint(nodes);
        for (int node = 0; node < nodes; node++) {
            out.varint(parent[node]);
            out.varint(symbol[node]);
            out.varint(distinct[node]);
            for (int place = 0; place < distinct[node]; place++) {
                out.varint(followerAt(node, place));
                out.varint(countAt(node, place));
            }
        }
    }

    /**
     * Takes the place of what is here.
     *
     * @throws IllegalArgumentException if these are no trees of symbols below the limit with their followers, the most frequent
     *     first
     */
    void read(ByteReader in, int symbols) {
        clear();
        int size = in.count(3);
        if (size < roots) {
            throw new IllegalArgumentException(size + " contexts of " + roots + " trees");
        }
        for (int i = 0; i < size; i++) {
            int above = Math.toIntExact(in.varint());
            int own = SequenceStore.symbol(in, Math.max(symbols, roots));
            if (i < roots ? above != NONE || own != i : above < 0 || above >= i || child(above, own) != NONE) {
                throw new IllegalArgumentException("context " + i + " hangs on " + above);
            }
            int node = newNode(above, own);
            int different = in.count(2);
            long seen = 0;
            long before = Integer.MAX_VALUE;
            for (int place = 0; place < different; place++) {
                int next = SequenceStore.symbol(in, symbols);
                long frequency = in.varint();
                seen += frequency;
                if (frequency < 1
                        || frequency > before
                        || seen > Integer.MAX_VALUE
                        || followers.get(key(node, next)) >= 0) {
                    throw new IllegalArgumentException("context " + i + " was followed " + frequency + " times");
                }
                before = frequency;
                newEdge(node, next, (int) frequency);
                total[node] += (int) frequency;
            }
        }
    }

    private static long key(int node, int next) {
        return (long) node << 32 | next;
    }
}
