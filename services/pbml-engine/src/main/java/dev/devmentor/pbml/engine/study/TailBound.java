package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;

/**
 * How probable it is at most that a sum of independent variables, each with two outcomes, reaches what it reached.
 * Chernoff's bound (1952), P(S ≥ s) ≤ min over λ ≥ 0 of E[exp(λ S)] exp(-λ s). It holds for any number of variables,
 * however rare their outcomes and whatever their weights, where normal approximations cry wolf; it costs a factor of about
 * λσ√(2π) against the exact tail (Bahadur and Rao 1960).
 */
final class TailBound {

    private static final int OUTCOMES = 2;
    private static final int STEPS = 50;

    private static final int MOST_ADDED_UP = 200;
    private static final int CELLS = 4_096;

    /** Beyond it, exponentials of values up to 1 leave the range of doubles. */
    private static final double LARGEST_RATE = 300;

    private double[] probabilities = new double[64];
    private double[] values = new double[64];
    private int size;
    private double reached;
    private double variance;
    private double largest;

    /**
     * A miss or none, and what the sum gains by its deviation.
     *
     * @param factor of the deviation from the expected
     */
    void addMiss(double probability, double factor, boolean missed) {
        outcome(probability, factor * (1 - probability));
        outcome(1 - probability, -factor * probability);
        reached += factor * ((missed ? 1 : 0) - probability);
        variance += factor * factor * probability * (1 - probability);
    }

    /** What the sum is to exceed besides its expectation. */
    void expect(double more) {
        reached -= more;
    }

    /** All variables of another sum, independent of these. */
    void addAll(TailBound other) {
        for (int i = 0; i < other.size; i++) {
            outcome(other.probabilities[i], other.values[i]);
        }
        reached += other.reached;
        variance += other.variance;
    }

    private void outcome(double probability, double value) {
        if (size == values.length) {
            probabilities = Arrays.copyOf(probabilities, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        probabilities[size] = probability;
        values[size++] = value;
        largest = Math.max(largest, Math.abs(value));
    }

    /** The sum, in standard deviations above its expectation. */
    double deviations() {
        return variance > 0 ? reached / Math.sqrt(variance) : 0;
    }

    /** The bound on the probability of the sum or more; 1 if it is no more than expected. */
    double probability() {
        if (!(reached > 0) || !(largest > 0)) {
            return 1;
        }
        double low = 0;
        double high = LARGEST_RATE / largest;
        // the exponent is convex in the rate: halving finds where it stops falling, and every rate gives a bound that
        // holds
        for (int step = 0; step < STEPS; step++) {
            double rate = (low + high) / 2;
            if (slope(rate) > 0) {
                high = rate;
            } else {
                low = rate;
            }
        }
        return Math.min(1, DeterministicMath.exp(exponent(low)));
    }

    /**
     * The probability of the sum or more, by adding up the distribution on a grid; the bound where variables are too many
     * for that. Rounding to the grid moves the sum by about half a cell times the root of their number, which is granted.
     */
    double tail() {
        int variables = size / OUTCOMES;
        if (!(reached > 0) || !(largest > 0) || variables > MOST_ADDED_UP) {
            return probability();
        }
        double range = 0;
        double least = 0;
        for (int i = 0; i < size; i += OUTCOMES) {
            range += Math.abs(values[i] - values[i + 1]);
            least += Math.min(values[i], values[i + 1]);
        }
        double cell = range / CELLS;
        double[] distribution = new double[CELLS + variables + 1];
        distribution[0] = 1;
        int top = 0;
        for (int i = 0; i < size; i += OUTCOMES) {
            int step = (int) Math.rint(Math.abs(values[i] - values[i + 1]) / cell);
            double upper = values[i] > values[i + 1] ? probabilities[i] : probabilities[i + 1];
            top += step;
            for (int at = top; at >= 0; at--) {
                double from = at >= step ? distribution[at - step] : 0;
                distribution[at] = (1 - upper) * distribution[at] + upper * from;
            }
        }
        int from = (int) Math.max(0, Math.ceil((reached - least) / cell - Math.sqrt(variables) / 2));
        double sum = 0;
        for (int at = top; at >= from; at--) {
            sum += distribution[at];
        }
        return Math.min(sum, probability());
    }

    private double exponent(double rate) {
        double sum = -rate * reached;
        for (int i = 0; i < size; i += OUTCOMES) {
            double expected = 0;
            for (int k = i; k < i + OUTCOMES; k++) {
                expected += probabilities[k] * DeterministicMath.exp(rate * values[k]);
            }
            sum += DeterministicMath.log(expected);
        }
        return sum;
    }

    private double slope(double rate) {
        double sum = -reached;
        for (int i = 0; i < size; i += OUTCOMES) {
            double expected = 0;
            double gained = 0;
            for (int k = i; k < i + OUTCOMES; k++) {
                double part = probabilities[k] * DeterministicMath.exp(rate * values[k]);
                expected += part;
                gained += part * values[k];
            }
            sum += gained / expected;
        }
        return sum;
    }
}
