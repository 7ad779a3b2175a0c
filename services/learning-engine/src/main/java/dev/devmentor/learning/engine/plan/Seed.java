package dev.devmentor.learning.engine.plan;

/** Chance that is the same on every machine and every time: bits from what a thing is called and how often it happened. */
final class Seed {
    private Seed() {}

    /**
     * 64 bits of a name and a number: FNV-1a over the UTF-16 units, finished by splitmix64 (S. Vigna), so that names which
     * differ in the last letter alone have nothing else in common.
     */
    static long of(String name, long number) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return mix(mix(hash) ^ number);
    }

    /** The bits as a number from 0 to below 1, evenly spread. */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long word) {
        long z = word + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
