package dev.devmentor.pbml.engine.sequence;

/**
 * How much an engine keeps.
 *
 * @param transitions counted pairs of a context and what followed it; beyond, all counts are halved and what was seen once
 *     is forgotten. A transition takes about 120 bytes.
 * @param sequences stored sequences; beyond, the oldest is forgotten
 * @param storedSymbols symbols of all stored sequences together
 * @param length symbols of one stored sequence; a longer one is stored in pieces, or as its end if the question is how it
 *     ends
 * @param running sequences that run at the same time; beyond, the one that waited longest is closed
 * @param symbols numbers that symbols may have, from 0 to one less; at most 4 194 304
 */
public record SequenceLimits(int transitions, int sequences, int storedSymbols, int length, int running, int symbols) {

    /** For an engine that learns from one team: at most about 300 MB, usually a tenth of it. */
    public static final SequenceLimits DEFAULT = new SequenceLimits(2_000_000, 20_000, 1_000_000, 1_024, 256, 1 << 20);

    /** There is a table with a place for each. */
    private static final int MOST_SYMBOLS = 1 << 22;

    public SequenceLimits {
        if (transitions < 64 || sequences < 1 || length < 32 || storedSymbols < length || running < 1 || symbols < 2) {
            throw new IllegalArgumentException("limits too small to work with");
        }
        if (symbols > MOST_SYMBOLS) {
            throw new IllegalArgumentException(symbols + " symbols, at most " + MOST_SYMBOLS + " can be told apart");
        }
    }
}
