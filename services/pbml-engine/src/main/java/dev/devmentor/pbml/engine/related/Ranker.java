package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;

/**
 * Scores the candidates of one query and learns from which of them were right. A score is a linear part and one hidden layer
 * of rectifiers; shares are the softmax of the scores over the list.
 *
 * <p>The loss of a list is half ListNet's cross entropy with even shares for all right ones (Cao et al., ICML 2007) and half
 * the log of the total share of the right ones, which asks for any one of them at the top.
 *
 * <p>While a history streams in, only the linear part and the weights behind the hidden layer learn. In them the loss of a
 * list is convex or nearly so: with steps of bounded length the ranking follows its history, and no history, however
 * unusual, can drive it far away. The hidden layer itself comes from the {@link Prior}.
 *
 * <p>Not thread-safe.
 */
final class Ranker {

    static final int HIDDEN = 16;

    private static final int FEATURES = Candidates.FEATURES;
    private static final int ROWS = FEATURES;
    private static final int BIAS = ROWS + HIDDEN * FEATURES;
    private static final int OUT = BIAS + HIDDEN;

    /** How many weights there are: linear, rows of the hidden layer, its biases, what is behind it. */
    static final int WEIGHTS = OUT + HIDDEN;

    private static final double STEP = 0.02;
    private static final double AUTHOR_STEP = 0.02;
    private static final double[] AUTHOR_PRIOR = {0.5, 0, 0};

    /** Errors of a share below this do not move the weights: most candidates of a list are hopeless and known to be. */
    private static final double LEAST_ERROR = 1e-4;

    private final double[] weights;
    private final double[] authorWeights = AUTHOR_PRIOR.clone();

    /** Sums of gradients since the last step. */
    private final double[] gradient = new double[WEIGHTS];

    private final double[] authorGradient = new double[Candidates.AUTHOR_FEATURES];
    private final double[] own = new double[WEIGHTS];
    private double[] hidden = new double[64 * HIDDEN];
    private double[] scores = new double[64];
    private double[] shares = new double[64];

    Ranker(double[] weights) {
        this.weights = weights.clone();
    }

    double[] weights() {
        return weights;
    }

    /** Scores of the last list. */
    double[] scores() {
        return scores;
    }

    /** Shares of the last list, which add up to 1. */
    double[] shares() {
        return shares;
    }

    /** Scores a list. */
    void score(double[] features, int size) {
        if (scores.length < size) {
            scores = new double[2 * size];
            shares = new double[2 * size];
            hidden = new double[2 * size * HIDDEN];
        }
        for (int i = 0; i < size; i++) {
            int f = i * FEATURES;
            double score = dot(0, features, f);
            for (int h = 0; h < HIDDEN; h++) {
                double value = Math.max(0, weights[BIAS + h] + dot(ROWS + h * FEATURES, features, f));
                hidden[i * HIDDEN + h] = value;
                score += weights[OUT + h] * value;
            }
            scores[i] = score;
        }
        share(size);
    }

    /** Four sums side by side, in this order in every build: one sum alone would wait for each addition. */
    private double dot(int w, double[] features, int f) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int k = 0; k < FEATURES; k += 4) {
            a += weights[w + k] * features[f + k];
            b += weights[w + k + 1] * features[f + k + 1];
            c += weights[w + k + 2] * features[f + k + 2];
            d += weights[w + k + 3] * features[f + k + 3];
        }
        return a + b + (c + d);
    }

    /** Adds what is known of the author to the scores of the last list. */
    void addAuthor(double[] ofAuthor, int size) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < Candidates.AUTHOR_FEATURES; k++) {
                scores[i] += authorWeights[k] * ofAuthor[i * Candidates.AUTHOR_FEATURES + k];
            }
        }
        share(size);
    }

    private void share(int size) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, scores[i]);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            shares[i] = DeterministicMath.exp(scores[i] - most);
            sum += shares[i];
        }
        for (int i = 0; i < size; i++) {
            shares[i] /= sum;
        }
    }

    /** Notes the errors of the last list for the next step; nothing if none of the list was right. */
    void note(double[] features, int size, boolean[] right, boolean wholly) {
        double[] errors = errors(size, right);
        if (errors.length == 0) {
            return;
        }
        Arrays.fill(own, 0);
        for (int i = 0; i < size; i++) {
            double error = errors[i];
            if (Math.abs(error) < LEAST_ERROR) {
                continue;
            }
            int f = i * FEATURES;
            for (int k = 0; k < FEATURES; k++) {
                own[k] += error * features[f + k];
            }
            for (int h = 0; h < HIDDEN; h++) {
                double value = hidden[i * HIDDEN + h];
                own[OUT + h] += error * value;
                if (wholly && value > 0) {
                    double back = error * weights[OUT + h];
                    own[BIAS + h] += back;
                    int row = ROWS + h * FEATURES;
                    for (int k = 0; k < FEATURES; k++) {
                        own[row + k] += back * features[f + k];
                    }
                }
            }
        }
        double norm = 0;
        if (!wholly) {
            for (double value : own) {
                norm += value * value;
            }
        }
        double scale = norm > 1 ? 1 / Math.sqrt(norm) : 1;
        for (int k = 0; k < WEIGHTS; k++) {
            gradient[k] += scale * own[k];
        }
    }

    /** Notes the errors of the last list, scored with its author. */
    void noteAuthor(double[] ofAuthor, int size, boolean[] right) {
        double[] errors = errors(size, right);
        for (int i = 0; i < errors.length; i++) {
            for (int k = 0; k < Candidates.AUTHOR_FEATURES; k++) {
                authorGradient[k] += errors[i] * ofAuthor[i * Candidates.AUTHOR_FEATURES + k];
            }
        }
    }

    private double[] errors(int size, boolean[] right) {
        double mass = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (right[i]) {
                mass += shares[i];
                count++;
            }
        }
        if (count == 0 || mass == 0) {
            return new double[0];
        }
        double[] errors = new double[size];
        for (int i = 0; i < size; i++) {
            errors[i] = shares[i] - (right[i] ? 0.5 * shares[i] / mass + 0.5 / count : 0);
        }
        return errors;
    }

    /** Steps against the errors that were noted, of so many lists, and forgets them. */
    void step(int lists) {
        double rate = 1 / Math.sqrt(lists);
        for (int k = 0; k < WEIGHTS; k++) {
            weights[k] -= STEP * rate * gradient[k];
        }
        for (int k = 0; k < Candidates.AUTHOR_FEATURES; k++) {
            authorWeights[k] -= AUTHOR_STEP * rate * authorGradient[k];
        }
        forgetErrors();
    }

    /** Sums of the gradients that were noted. */
    double[] gradient() {
        return gradient;
    }

    void forgetErrors() {
        Arrays.fill(gradient, 0);
        Arrays.fill(authorGradient, 0);
    }

    void write(ByteWriter out) {
        for (double weight : weights) {
            out.float8(weight);
        }
        for (double weight : authorWeights) {
            out.float8(weight);
        }
    }

    static Ranker read(ByteReader in) {
        double[] weights = new double[WEIGHTS];
        for (int k = 0; k < WEIGHTS; k++) {
            weights[k] = in.finite8();
        }
        Ranker ranker = new Ranker(weights);
        for (int k = 0; k < Candidates.AUTHOR_FEATURES; k++) {
            ranker.authorWeights[k] = in.finite8();
        }
        return ranker;
    }
}
