package dev.devmentor.bench.flow;

/**
 * The exact Bayes filter over a grid of abilities, which knows the simulator: spread of learners, growth per question and
 * noise of items. It doesn't know of the jump. No policy can do better before it.
 */
final class BayesPolicy implements Policy {

    private static final int POINTS = 321;
    private static final double EDGE = 8;
    private static final double STEP = 0.01;
    private static final double TABLE_EDGE = 20;
    private static final double[] CURVE = curve();

    private final double[] weights = new double[POINTS];
    private int answers;

    BayesPolicy() {
        for (int i = 0; i < POINTS; i++) {
            double z = point(i) / Simulation.ABILITY_SD;
            weights[i] = Math.exp(-z * z / 2);
        }
    }

    @Override
    public Pool.Item choose(Pool pool) {
        double low = -EDGE - 2;
        double high = EDGE + 2;
        while (high - low > 1e-4) {
            double middle = (low + high) / 2;
            if (probability(middle) > 0.75) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Policy.nearest(pool, low);
    }

    @Override
    public void answered(Pool.Item item, boolean right) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double p = success(point(i) + answers * Simulation.GROWTH - item.rated());
            weights[i] *= right ? p : 1 - p;
            sum += weights[i];
        }
        for (int i = 0; i < POINTS; i++) {
            weights[i] /= sum;
        }
        answers++;
    }

    private double probability(double difficulty) {
        double sum = 0;
        double right = 0;
        for (int i = 0; i < POINTS; i++) {
            sum += weights[i];
            right += weights[i] * success(point(i) + answers * Simulation.GROWTH - difficulty);
        }
        return right / sum;
    }

    private static double point(int i) {
        return -EDGE + 2 * EDGE * i / (POINTS - 1);
    }

    /** The probability of success at a distance, over the noise of items. */
    private static double success(double distance) {
        int i = (int) Math.round((Math.clamp(distance, -TABLE_EDGE, TABLE_EDGE) + TABLE_EDGE) / STEP);
        return CURVE[i];
    }

    private static double[] curve() {
        double[] curve = new double[(int) Math.round(2 * TABLE_EDGE / STEP) + 1];
        for (int i = 0; i < curve.length; i++) {
            double distance = -TABLE_EDGE + i * STEP;
            double sum = 0;
            double total = 0;
            for (int k = -40; k <= 40; k++) {
                double z = k / 10.0;
                double density = Math.exp(-z * z / 2);
                total += density;
                sum += density / (1 + Math.exp(-(distance + z * Simulation.ITEM_SD)));
            }
            curve[i] = sum / total;
        }
        return curve;
    }
}
