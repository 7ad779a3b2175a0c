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

    private static final int CONSTANT = Features.NAMES.indexOf("constant");

    /** Before any evidence: the filter as it is. The layer for predicting. */
    public static final Layer INITIAL = initial(false);

    /**
     * The same, but only its constant learns. The layer for choosing: a choice that follows the rating makes counts and
     * forms depend on the choice itself, and weights learnt from that would resist the filter when a person changes.
     */
    public static final Layer OFFSET = initial(true);

    /** Certainty of the initial weights: the three parts of the filter are trusted to .15, the others are 0 within .3. */
    private static final double OWN_PRECISION = 44;

    private static final double OTHER_PRECISION = 11;

    /** Of a weight that doesn't learn. */
    private static final double FIXED = 1e15;

    /** Evidence fades with this many further answers (to half after 70 % of them), so that the weights follow change. */
    private static final double MEMORY = 500_000;

    private static final double LIMIT = 12; // logits

    private final int epoch;
    private final double[] weights;
    private final double[][] precision;

    private final double[] prior; // precision of each weight

    private Layer(int epoch, double[] weights, double[][] precision, double[] prior) {
        this.prior = prior;
        this.epoch = epoch;
        this.weights = weights;
        this.precision = precision;
    }

    private static Layer initial(boolean offsetOnly) {
        double[] weights = new double[Features.COUNT];
        double[] prior = new double[Features.COUNT];
        double[][] precision = new double[Features.COUNT][Features.COUNT];
        for (int i = 0; i < Features.COUNT; i++) {
            weights[i] = priorWeight(i);
            prior[i] = offsetOnly && i != CONSTANT ? FIXED : i < 3 ? OWN_PRECISION : OTHER_PRECISION;
            precision[i][i] = prior[i];
        }
        return new Layer(0, weights, precision, prior);
    }

    private static double priorWeight(int feature) {
        return feature < 3 ? 1 : 0;
    }

    /** Number of the epoch that these weights belong to, from 0. */
    public int epoch() {
        return epoch;
    }

    /** The weight of a feature, by its place in {@link Features#NAMES}; logits per unit. */
    public double weight(int feature) {
        return weights[feature];
    }

    /** The probability of a right answer. */
    public double probability(Question question) {
        return probability(question, Features.of(question, Rating.expect(question)));
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
            gradient[i] = evidence.gradient(i) + (1 - keep) * prior[i] * (priorWeight(i) - weights[i]);
            for (int j = 0; j < n; j++) {
                nextPrecision[i][j] = keep * precision[i][j] + evidence.curvature(i, j);
            }
            nextPrecision[i][i] += (1 - keep) * prior[i];
        }
        double[] step = solve(nextPrecision, gradient);
        double[] nextWeights = new double[n];
        for (int i = 0; i < n; i++) {
            nextWeights[i] = weights[i] + step[i];
        }
        return new Layer(epoch + 1, nextWeights, nextPrecision, prior);
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
