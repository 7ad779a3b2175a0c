package dev.devmentor.pbml.engine.drift;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive window over a stream of hits and misses: it grows while the rate stands still, and lets go of its old end as
 * soon as two parts of it differ by more than chance allows. Memory and time per event grow with the logarithm of its
 * length.
 *
 * <p>Source: A. Bifet, R. Gavaldà, "Learning from Time-Changing Data with Adaptive Windowing", SDM 2007 (ADWIN2): an
 * exponential histogram with at most {@value #PER_SIZE} buckets of each size 1, 2, 4 …, and a test at every cut between two
 * buckets. Contents are whole numbers, so the window is exact.
 *
 * <p>What differs from the paper, and why:
 *
 * <ul>
 *   <li>Events are hits or misses, so a cut is tested by the likelihood ratio of two binomials,
 *       G = 2 (n₀ KL(p₀ ‖ p) + n₁ KL(p₁ ‖ p)), with P(G > t) of the order of e^(−t/2). The paper's bound takes the
 *       variance for normal and alarms too often at rates near 0 and 1; Hoeffding's never does, and finds changes late.
 *   <li>The threshold is t(n) = 2 ln(n / δ) for a window of n events. A fixed one, as in the paper, alarms for ever at a
 *       fixed pace; with this one the alarms to be expected in a stationary stream grow with ln² n only.
 *   <li>On alarm all before the most significant cut goes, not bucket after bucket until the rest is no longer significant:
 *       that cut is the likeliest place of the change, and the rest would be a mixture of old and new.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Adwin {

    /** Events to expect between false alarms stay above 10⁶ with it, see docs/pbml.md. */
    public static final double DEFAULT_DELTA = 0.002;

    /** Buckets of one size; with one more the two oldest of them become one of the next. M of the paper. */
    static final int PER_SIZE = 5;

    /** Sizes 2⁰ to 2⁴⁷: longer than any stream. */
    static final int SIZES = 48;

    private static final int VERSION = 1;

    private final double delta;
    private final int[] counts = new int[SIZES];

    /** Hits of bucket b of size 2^s at s (PER_SIZE + 1) + b, the oldest first. */
    private final long[] hits = new long[SIZES * (PER_SIZE + 1)];

    private int sizes;
    private long width;
    private long total;
    private long events;
    private long drifts;

    /**
     * A change that was found.
     *
     * @param before rate of hits in the part that was let go
     * @param beforeEvents its length
     * @param after rate of hits since
     * @param afterEvents events since: the estimated delay
     */
    public record Drift(double before, long beforeEvents, double after, long afterEvents) {}

    public Adwin() {
        this(DEFAULT_DELTA);
    }

    /** @param delta above 0 and below 1: how ready it is to alarm */
    public Adwin(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta " + delta);
        }
        this.delta = delta;
    }

    /**
     * Takes the next event.
     *
     * @return the change that it made certain, or null
     */
    public @Nullable Drift add(boolean hit) {
        events++;
        width++;
        total += hit ? 1 : 0;
        insert(hit ? 1 : 0);
        Drift first = null;
        for (Drift drift = cut(); drift != null; drift = cut()) {
            // A second cut, in what the first one left, belongs to the same change: tell where it began.
            first = first == null ? drift : first;
            drifts++;
        }
        return first;
    }

    /** Rate of hits in the window; one half if it is empty. */
    public double rate() {
        return width == 0 ? 0.5 : (double) total / width;
    }

    /** Events in the window. */
    public long width() {
        return width;
    }

    /** Events so far. */
    public long events() {
        return events;
    }

    /** Cuts so far. */
    public long drifts() {
        return drifts;
    }

    /** Buckets in use, for the bound on memory. */
    int buckets() {
        return Arrays.stream(counts).sum();
    }

    private void insert(long hit) {
        long carried = hit;
        for (int size = 0; ; size++) {
            int row = size * (PER_SIZE + 1);
            hits[row + counts[size]++] = carried;
            sizes = Math.max(sizes, size + 1);
            if (counts[size] <= PER_SIZE || size == SIZES - 1) {
                return;
            }
            carried = hits[row] + hits[row + 1];
            System.arraycopy(hits, row + 2, hits, row, PER_SIZE - 1);
            counts[size] -= 2;
        }
    }

    /** Lets go of all before the most significant cut, if there is one beyond the threshold. */
    private @Nullable Drift cut() {
        if (width < 2 || total == 0 || total == width) {
            return null;
        }
        double threshold = 2 * DeterministicMath.log(width / delta);
        // twice n / (h (n - h)) of Pearson's statistic, which is the same for every cut
        double scale = 2.0 * width / ((double) total * (width - total));
        long n = 0;
        long h = 0;
        double most = threshold;
        int cutSize = -1;
        int cutBucket = 0;
        long cutWidth = 0;
        long cutHits = 0;
        for (int size = sizes - 1; size >= 0; size--) {
            int row = size * (PER_SIZE + 1);
            for (int bucket = 0; bucket < counts[size]; bucket++) {
                n += 1L << size;
                h += hits[row + bucket];
                long rest = width - n;
                if (rest == 0) {
                    break;
                }
                // KL(a ‖ b) is at most χ²(a ‖ b): G is at most twice Pearson's statistic, which needs no logarithm
                double difference = (double) h * rest - (double) (total - h) * n;
                if (difference * difference * scale > most * ((double) n * rest)) {
                    double g = g(n, h, rest, total - h);
                    if (g > most) {
                        most = g;
                        cutSize = size;
                        cutBucket = bucket;
                        cutWidth = n;
                        cutHits = h;
                    }
                }
            }
        }
        if (cutSize < 0) {
            return null;
        }
        drop(cutSize, cutBucket);
        width -= cutWidth;
        total -= cutHits;
        return new Drift((double) cutHits / cutWidth, cutWidth, rate(), width);
    }

    private void drop(int cutSize, int cutBucket) {
        for (int size = sizes - 1; size > cutSize; size--) {
            counts[size] = 0;
        }
        int row = cutSize * (PER_SIZE + 1);
        int left = counts[cutSize] - cutBucket - 1;
        System.arraycopy(hits, row + cutBucket + 1, hits, row, left);
        counts[cutSize] = left;
        sizes = cutSize + 1;
        while (sizes > 0 && counts[sizes - 1] == 0) {
            sizes--;
        }
    }

    /** Twice the log of the likelihood ratio: two rates against one. */
    static double g(long n0, long h0, long n1, long h1) {
        double p = (double) (h0 + h1) / (n0 + n1);
        return 2 * (deviance(n0, h0, p) + deviance(n1, h1, p));
    }

    /** n KL(h / n ‖ p). */
    private static double deviance(long n, long h, double p) {
        double rate = (double) h / n;
        double sum = 0;
        if (h > 0) {
            sum += h * DeterministicMath.log(rate / p);
        }
        if (h < n) {
            sum += (n - h) * DeterministicMath.log((1 - rate) / (1 - p));
        }
        return sum;
    }

    /** The whole state; {@link #restore} continues from it with the same answers and the same bytes. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.float8(delta);
        out.varint(events);
        out.varint(drifts);
        out.int1(sizes);
        for (int size = 0; size < sizes; size++) {
            out.int1(counts[size]);
            for (int bucket = 0; bucket < counts[size]; bucket++) {
                out.varint(hits[size * (PER_SIZE + 1) + bucket]);
            }
        }
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static Adwin restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, Adwin::read);
    }

    private static Adwin read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        Adwin adwin = new Adwin(in.finite8());
        adwin.events = in.varint();
        adwin.drifts = in.varint();
        adwin.sizes = in.int1();
        if (adwin.sizes > SIZES) {
            throw new IllegalArgumentException("sizes of buckets: " + adwin.sizes);
        }
        for (int size = 0; size < adwin.sizes; size++) {
            int count = in.int1();
            if (count > PER_SIZE) {
                throw new IllegalArgumentException("buckets of one size: " + count);
            }
            adwin.counts[size] = count;
            for (int bucket = 0; bucket < count; bucket++) {
                long value = in.varint();
                if (value < 0 || value > 1L << size) {
                    throw new IllegalArgumentException("hits of a bucket: " + value);
                }
                adwin.hits[size * (PER_SIZE + 1) + bucket] = value;
                adwin.width += 1L << size;
                adwin.total += value;
            }
        }
        return adwin;
    }
}
