package dev.devmentor.learning.engine.rating;

/**
 * What answers of one epoch say about a {@link SharedRating}: sums that may be added in any order and any grouping with
 * the same bits, since they are whole numbers (multiples of 2<sup>-32</sup>).
 *
 * @param answers number of answers
 * @param scoreUnits sum of the derivatives of log likelihood by difficulty, times 2<sup>32</sup>
 * @param informationUnits sum of the information about the difficulty, times 2<sup>32</sup>
 */
public record Evidence(long answers, long scoreUnits, long informationUnits) {

    /** No answer. */
    public static final Evidence NONE = new Evidence(0, 0, 0);

    /** One unit of a sum; an answer adds at most 1 in absolute value, so that 2^31 answers fit. */
    static final double UNITS = 0x1p32;

    /** The evidence of one answer. */
    static Evidence of(double score, double information) {
        return new Evidence(1, units(score), units(information));
    }

    /** The nearest whole number of units, ties to even; deterministic. */
    static long units(double value) {
        return (long) Math.rint(value * UNITS);
    }

    /** Both together. Commutative and associative. */
    public Evidence plus(Evidence other) {
        return new Evidence(
                answers + other.answers, scoreUnits + other.scoreUnits, informationUnits + other.informationUnits);
    }

    double score() {
        return scoreUnits / UNITS;
    }

    double information() {
        return informationUnits / UNITS;
    }
}
