package dev.devmentor.learning.engine.fit;

/**
 * Fisher-Yates with a generator of its own, so that an order depends on the seed alone.
 *
 * <p>Source of the generator: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
final class Shuffle {

    private long state;

    Shuffle(long seed) {
        state = seed;
    }

    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int moved = values[i];
            values[i] = values[j];
            values[j] = moved;
        }
    }

    /** 0 to bound - 1; the bias of the multiplication is below 2^-31 for the bounds met here. */
    private int below(int bound) {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return (int) (((z >>> 32) * bound) >>> 32);
    }
}
