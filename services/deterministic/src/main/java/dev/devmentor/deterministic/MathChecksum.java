package dev.devmentor.deterministic;

/**
 * Holds builds together: the JVM and the native executable compute {@link #ofAMillion()} and must both get {@link
 * #EXPECTED}. If they don't, states of cards would differ in their last bits from one build to another.
 */
public final class MathChecksum {

    /** What {@link #ofAMillion()} gives everywhere. */
    public static final long EXPECTED = 5_364_669_512_731_022_053L;

    private static final int INPUTS = 1_000_000;

    private MathChecksum() {}

    /** A hash over the bits of exp, log and pow of a million pseudo-random inputs, ordinary and extreme; some 50 ms. */
    public static long ofAMillion() {
        long random = 42;
        long hash = 0;
        for (int i = 0; i < INPUTS; i++) {
            random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            double unit = (random >>> 11) * 0x1p-53;
            // one input in sixteen is any bit pattern: subnormals, infinities, NaN, negative numbers
            boolean extreme = (i & 15) == 15;
            double x = extreme ? Double.longBitsToDouble(random) : unit * 40_000 + 1e-3;
            double y = unit * 8 - 4;
            hash = mix(hash, DeterministicMath.exp(extreme ? x : y * 20));
            hash = mix(hash, DeterministicMath.log(x));
            hash = mix(hash, DeterministicMath.pow(x, y));
            hash = mix(hash, DeterministicMath.pow(unit, y));
        }
        return hash;
    }

    /** NaNs count as one: which bits a NaN carries is not ours to promise. */
    private static long mix(long hash, double value) {
        long z = (hash ^ Double.doubleToLongBits(value)) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        return z ^ (z >>> 27);
    }
}
