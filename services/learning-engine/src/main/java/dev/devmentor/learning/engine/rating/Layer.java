package dev.devmentor.learning.engine.rating;

import dev.devmentor.learning.engine.rating.Rating.Expectation;
import java.util.Map;
import java.util.TreeMap;

/**
 * A logistic regression over {@link Features}, which learns from everybody what the filter leaves unexplained: how much
 * practice, pauses, streaks and repeated items count for. Its weights are shared and so change at epochs only, by one
 * Newton step with the sums of gradient and curvature that the epoch's answers left ({@link LayerEvidence}); that is
 * recursive Bayesian logistic regression (D. J. Spiegelhalter, S. L. Lauritzen, "Sequential updating of conditional
 * probabilities on directed graphical structures", Networks 20, 1990) with batches.
 *
 * <p>Immutable. A contribution of a feature is its weight times its value, in logits: that is the explanation.
 */
public final class Layer {

    /** Certainty of the initial weights: the three parts of the filter are trusted to .15, the others are 0 within .3. */
    private static final double OWN_PRECISION = 44;

    private static final double OTHER_PRECISION = 11;

    /** Before any evidence: the filter as it is. */
    public static final Layer INITIAL = initial();

    /** Evidence fades with this many further answers (to half after 70 % of them), so that the weights follow change. */
    private static final double MEMORY = 500_000;

    private static final double LIMIT = 12; // logits

    /** How many numbers {@link #precisions} has. */
    private static final int PAIRS = Features.COUNT * (Features.COUNT + 1) / 2;

    private final double[] weights;
    private final double[][] precision;

    private Layer(double[] weights, double[][] precision) {
        this.weights = weights;
        this.precision = precision;
    }

    private static Layer initial() {
        double[] weights = new double[Features.COUNT];
        double[][] precision = new double[Features.COUNT][Features.COUNT];
        for (int i = 0; i < Features.COUNT; i++) {
            weights[i] = priorWeight(i);
            precision[i][i] = priorPrecision(i);
        }
        return new Layer(weights, precision);
    }

    private static double priorWeight(int feature) {
        return feature < 3 ? 1 : 0;
    }

    private static double priorPrecision(int feature) {
        return feature < 3 ? OWN_PRECISION : OTHER_PRECISION;
    }

    /**
     * A layer that was kept.
     *
     * @param weights as {@link #weights} gave them
     * @param precisions as {@link #precisions} gave them
     * @throws IllegalArgumentException if there are more or fewer of them than this build has features
     */
    public static Layer of(double[] weights, double[] precisions) {
        if (weights.length != Features.COUNT || precisions.length != PAIRS) {
            throw new IllegalArgumentException(weights.length + " weights and " + precisions.length
                    + " precisions, but there are " + Features.COUNT + " features");
        }
        double[][] precision = new double[Features.COUNT][Features.COUNT];
        int at = 0;
        for (int i = 0; i < Features.COUNT; i++) {
            for (int j = 0; j <= i; j++) {
                precision[i][j] = precisions[at];
                precision[j][i] = precisions[at++];
            }
        }
        return new Layer(weights.clone(), precision);
    }

    /** The weights in the order of {@link Features#NAMES}; logits per unit. */
    public double[] weights() {
        return weights.clone();
    }

    /** The lower triangle of the precision matrix by rows. */
    public double[] precisions() {
        double[] precisions = new double[PAIRS];
        int at = 0;
        for (int i = 0; i < Features.COUNT; i++) {
            for (int j = 0; j <= i; j++) {
                precisions[at++] = precision[i][j];
            }
        }
        return precisions;
    }

    /** The weight of a feature, by its place in {@link Features#NAMES}; logits per unit. */
    public double weight(int feature) {
        return weights[feature];
    }

    /** The probability of a right answer. */
    public double probability(Question question) {
        return probability(question, Rating.expect(question));
    }

    /**
     * The same for whoever has the filter's expectation already.
     *
     * @param expectation of the filter for the question
     */
    public double probability(Question question, Expectation expectation) {
        return probability(question, Features.of(question, expectation));
    }

    private double probability(Question question, double[] features) {
        return question.guess() + (1 - question.guess()) * Rating.sigmoid(logit(features));
    }

    /** How many logits each feature adds, by name; features that add nothing are left out. */
    public Map<String, Double> explain(Question question) {
        double[] features = Features.of(question, Rating.expect(question));
        Map<String, Double> contributions = new TreeMap<>();
        for (int i = 0; i < Features.COUNT; i++) {
            double contribution = weights[i] * features[i];
            if (contribution != 0) {
                contributions.put(Features.NAMES.get(i), contribution);
            }
        }
        return contributions;
    }

    /**
     * Adds an answer to the evidence of the epoch.
     *
     * @param question as it stood before the answer
     * @param expectation of the filter for it
     * @return the probability that this layer gave
     */
    public double learn(Question question, Expectation expectation, boolean right, LayerEvidence evidence) {
        double[] features = Features.of(question, expectation);
        double p = probability(question, features);
        double slope = (p - question.guess()) * (1 - p) / (1 - question.guess());
        evidence.add(features, ((right ? 1 : 0) - p) * slope / (p * (1 - p)), slope * slope / (p * (1 - p)));
        return p;
    }

    /**
     * The weights of the next epoch.
     *
     * @param evidence all answers of this epoch, in any order
     */
    public Layer next(LayerEvidence evidence) {
        int n = Features.COUNT;
        double keep = MEMORY / (MEMORY + evidence.answers());
        double[][] nextPrecision = new double[n][n];
        double[] gradient = new double[n];
        for (int i = 0; i < n; i++) {
            // the prior fades and comes back: weights without evidence return to it
            gradient[i] = evidence.gradient(i) + (1 - keep) * priorPrecision(i) * (priorWeight(i) - weights[i]);
            for (int j = 0; j < n; j++) {
                nextPrecision[i][j] = keep * precision[i][j] + evidence.curvature(i, j);
            }
            nextPrecision[i][i] += (1 - keep) * priorPrecision(i);
        }
        double[] step = solve(nextPrecision, gradient);
        double[] nextWeights = new double[n];
        for (int i = 0; i < n; i++) {
            nextWeights[i] = weights[i] + step[i];
        }
        return new Layer(nextWeights, nextPrecision);
    }

    private double logit(double[] features) {
        double sum = 0;
        for (int i = 0; i < Features.COUNT; i++) {
            sum += weights[i] * features[i];
        }
        return Math.clamp(sum, -LIMIT, LIMIT);
    }

    /** Solves A x = b by Cholesky's decomposition; A is positive definite, since the prior is part of it. */
    private static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
