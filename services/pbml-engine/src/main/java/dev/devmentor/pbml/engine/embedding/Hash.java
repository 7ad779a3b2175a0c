package dev.devmentor.pbml.engine.embedding;

/** 64-bit hashes of words: FNV-1a over UTF-16 units with the finaliser of MurmurHash3. Part of {@link Embedder#MODEL}. */
final class Hash {

    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    static long of(String word, long seed) {
        long hash = seed;
        for (int i = 0; i < word.length(); i++) {
            hash = next(hash, word.charAt(i));
        }
        return mixed(hash);
    }

    /** One more character; to be {@link #mixed} at the end. */
    static long next(long hash, char c) {
        return (hash ^ c) * PRIME;
    }

    static long mixed(long hash) {
        long h = hash;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
