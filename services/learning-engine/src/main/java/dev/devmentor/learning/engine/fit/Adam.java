package dev.devmentor.learning.engine.fit;

/**
 * Adam with bias correction.
 *
 * <p>Source: Kingma and Ba, "Adam: A method for stochastic optimization", 2015, algorithm 1; epsilon 1e-8.
 */
final class Adam {

    private static final double EPSILON = 1e-8;

    private final double beta1;
    private final double beta2;
    private final double[] mean;
    private final double[] square;
    private double power1 = 1;
    private double power2 = 1;

    Adam(int weights, double beta1, double beta2) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        mean = new double[weights];
        square = new double[weights];
    }

    /** Moves the weights against the gradient; NaN in a gradient counts as 0. */
    void step(double[] weights, double[] gradient, double rate) {
        power1 *= beta1;
        power2 *= beta2;
        for (int i = 0; i < mean.length; i++) {
            double g = Double.isNaN(gradient[i]) ? 0 : gradient[i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * g;
            square[i] = beta2 * square[i] + (1 - beta2) * g * g;
            double m = mean[i] / (1 - power1);
            double v = square[i] / (1 - power2);
            weights[i] -= rate * m / (Math.sqrt(v) + EPSILON);
        }
    }
}
