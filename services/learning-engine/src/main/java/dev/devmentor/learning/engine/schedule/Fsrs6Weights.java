package dev.devmentor.learning.engine.schedule;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;

/**
 * The 21 weights of FSRS-6, immutable. w0 to w3 initial stabilities by grade, w4 to w7 difficulty, w8 to w10 stability after
 * recall, w11 to w14 after a lapse, w15 Hard, w16 Easy, w17 to w19 answers on the same day, w20 decay of the curve.
 */
public final class Fsrs6Weights {

    /** How many weights there are. */
    public static final int COUNT = 21;

    /** The default weights of fsrs-rs for FSRS-6 (src/inference.rs). */
    public static final Fsrs6Weights DEFAULT = of(
            0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
            1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542);

    private final double[] values;

    private Fsrs6Weights(double[] values) {
        this.values = values;
    }

    /**
     * Weights of FSRS-6, or of FSRS-5 (19) and FSRS-4.5 (17) converted as fsrs-rs does (src/model.rs,
     * check_and_fill_parameters): what the older curve and formulas meant is kept.
     *
     * @param weights 17, 19 or 21 finite numbers
     * @throws IllegalArgumentException for another count or a number that is not finite
     */
    public static Fsrs6Weights of(double... weights) {
        double[] values = switch (weights.length) {
            case 17 -> fromFsrs45(weights);
            case 19 -> fromFsrs5(weights);
            case COUNT -> weights.clone();
            default -> throw new IllegalArgumentException("FSRS-6 has 21 weights, not " + weights.length);
        };
        for (int i = 0; i < COUNT; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("weight " + i + " is " + values[i]);
            }
        }
        return new Fsrs6Weights(values);
    }

    /**
     * One weight.
     *
     * @param index 0 to 20
     */
    public double get(int index) {
        return values[index];
    }

    /** A copy of all 21. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fsrs6Weights weights && Arrays.equals(values, weights.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Fsrs6Weights" + Arrays.toString(values);
    }

    private static double[] fromFsrs5(double[] weights) {
        double[] values = Arrays.copyOf(weights, COUNT);
        values[19] = 0.0;
        values[20] = 0.5;
        return values;
    }

    private static double[] fromFsrs45(double[] weights) {
        double[] values = fromFsrs5(weights); // w17, w18 are 0
        values[4] = weights[5] * 2 + weights[4];
        values[5] = DeterministicMath.log(weights[5] * 3 + 1) / 3;
        values[6] = weights[6] + 0.5;
        return values;
    }
}
