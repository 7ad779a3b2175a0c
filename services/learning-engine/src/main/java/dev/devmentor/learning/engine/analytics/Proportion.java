package dev.devmentor.learning.engine.analytics;

/**
 * So many of so many, and what that says about the rate behind it.
 *
 * @param count how many, at least 0
 * @param hits how many of them, 0 to count
 */
public record Proportion(int count, int hits) {

    /** The quantile of the normal distribution for 95 % between both ends. */
    private static final double Z = 1.959963984540054;

    /** The share of hits; NaN of none. */
    public double rate() {
        return count == 0 ? Double.NaN : (double) hits / count;
    }

    /** The lower end of Wilson's interval of 95 %; 0 of none. */
    public double low() {
        return count == 0 ? 0 : Math.max(0, middle() - half());
    }

    /** The upper end of Wilson's interval of 95 %; 1 of none. */
    public double high() {
        return count == 0 ? 1 : Math.min(1, middle() + half());
    }

    /** Both together. */
    public Proportion plus(Proportion other) {
        return new Proportion(count + other.count, hits + other.hits);
    }

    /** E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). */
    private double middle() {
        return (hits + Z * Z / 2) / (count + Z * Z);
    }

    private double half() {
        return Z * Math.sqrt((double) hits * (count - hits) / count + Z * Z / 4) / (count + Z * Z);
    }
}
