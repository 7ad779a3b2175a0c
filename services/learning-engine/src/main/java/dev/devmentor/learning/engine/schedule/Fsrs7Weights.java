package dev.devmentor.learning.engine.schedule;

import java.util.Arrays;

/**
 * The 34 weights of FSRS-7, immutable. w0 to w3 initial stabilities by grade, w4 to w6 difficulty; w7 to w14 the update of the
 * slow trace and w15 to w22 that of the fast one, each as: gain, power of the stability and spacing after recall, then gain,
 * power and spacing after a lapse, then Hard and Easy; w23 to w33 the forgetting curve: decays (w23 fast, w24 slow), recall at
 * t = stability (w25 fast, w26 slow), how the traces are mixed (w27 to w31), difficulty's say in the slow trace's pace (w32)
 * and stability's in the fast one's decay (w33).
 *
 * <p>There is an older draft of FSRS-7 with 35 weights, which mean other things; weights of FSRS-6 and before have no
 * counterpart either. Neither can be converted.
 */
public final class Fsrs7Weights {

    /** How many weights there are. */
    public static final int COUNT = 34;

    /** The bounds of the trainers (fsrs-rs, src/parameter_clipper_v7.rs). */
    private static final double[] LOWEST = {
        1e-4,
        1e-4,
        1e-4,
        1e-4,
        1,
        0.001,
        0.1, // first answer, difficulty
        0,
        0,
        0.3,
        0.01,
        0.1,
        0,
        0,
        1, // slow trace
        0,
        0,
        0.5,
        0.001,
        0.001,
        0,
        0,
        1, // fast trace
        0.01,
        0.01,
        0.2,
        0.5,
        0.01,
        0.1,
        0,
        0.1,
        0,
        0,
        0 // curve
    };

    private static final double[] HIGHEST = {
        50, 100, 100, 100, 10, 4, 4, //
        4, 1.2, 3, 1.5, 1, 3.5, 1, 7, //
        4, 2, 6, 1.5, 1, 5, 1, 7, //
        0.25, 0.95, 0.85, 0.99, 1, 1, 0.9, 1.1, 1, 0.6, 0.6
    };

    /** The default weights of fsrs-rs for FSRS-7 (src/inference_v7.rs); ts-fsrs has the same. */
    public static final Fsrs7Weights DEFAULT = of(
            0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0, 1.3826, 0.7024, 0.5999, 0.8146, 0.6398,
            1, 1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869, 0.1567, 0.0801, 0.2421, 0.9464, 0.1433,
            0.7145, 0, 0.5667, 0.3734, 0.5333, 0.3048);

    private final double[] values;

    private Fsrs7Weights(double[] values) {
        this.values = values;
    }

    /**
     * Weights of FSRS-7. The bounds keep the model sound: recall falls with time, an answer better than Again never lowers a
     * stability, powers stay far from overflow.
     *
     * @param weights 34 numbers, each within {@link #lowest(int)} and {@link #highest(int)}; initial stabilities do not fall
     *     from one grade to the next better one, and w26 is at least w25
     * @throws IllegalArgumentException for another count, a number that is not finite or outside its bounds, or a wrong order
     */
    public static Fsrs7Weights of(double... weights) {
        if (weights.length != COUNT) {
            throw new IllegalArgumentException("FSRS-7 has 34 weights, not " + weights.length);
        }
        double[] values = weights.clone();
        for (int i = 0; i < COUNT; i++) {
            if (!(values[i] >= LOWEST[i] && values[i] <= HIGHEST[i])) {
                throw new IllegalArgumentException(
                        "weight " + i + " is " + values[i] + ", not within " + LOWEST[i] + " and " + HIGHEST[i]);
            }
        }
        refuseFall(values, 0, 1);
        refuseFall(values, 1, 2);
        refuseFall(values, 2, 3);
        refuseFall(values, 25, 26);
        return new Fsrs7Weights(values);
    }

    /**
     * The lowest value a weight may have.
     *
     * @param index 0 to 33
     */
    public static double lowest(int index) {
        return LOWEST[index];
    }

    /**
     * The highest value a weight may have.
     *
     * @param index 0 to 33
     */
    public static double highest(int index) {
        return HIGHEST[index];
    }

    /**
     * One weight.
     *
     * @param index 0 to 33
     */
    public double get(int index) {
        return values[index];
    }

    /** A copy of all 34. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fsrs7Weights weights && Arrays.equals(values, weights.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Fsrs7Weights" + Arrays.toString(values);
    }

    private static void refuseFall(double[] values, int lower, int upper) {
        if (values[upper] < values[lower]) {
            throw new IllegalArgumentException("weight " + upper + " is " + values[upper] + ", below weight " + lower
                    + ", which is " + values[lower]);
        }
    }
}
