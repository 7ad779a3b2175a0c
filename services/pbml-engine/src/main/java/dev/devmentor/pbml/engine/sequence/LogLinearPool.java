package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;

/**
 * Pools what the models say: the probability of a candidate is proportional to the exponential of the weighted sum of its
 * features (a logarithmic opinion pool; C. Genest, J. Zidek, "Combining probability distributions", 1986, as in the mixing of
 * PAQ). Witnesses that say the same share their weight, and ones that know different things add up, which a sum of
 * probabilities cannot do.
 *
 * <p>The weights follow the log loss, one Newton step at each observation: the covariance of the features under the
 * prediction is the curvature of the loss, and its sum, with a prior, is how much is known about the weights (an extended
 * Kalman filter of the multinomial logistic model; M. West, P. J. Harrison, H. S. Migon, "Dynamic generalized linear models",
 * 1985). What was known fades, so that the weights follow recent losses.
 */
final class LogLinearPool {

    /** Where weights start: among many that know nearly the same, a third each is no bad guess. */
    private static final double START = 0.3;

    /** Precision of the start: about as much as forty observations with a curvature of one. */
    private static final double PRECISION = 40;

    /** What an observation leaves of what was known before: they count for about two thousand. */
    private static final double MEMORY = 0.9995;

    /** Candidates below it hardly bend the loss. */
    private static final double NEGLIGIBLE = 1e-3;

    private final int size;
    private final double[] weights;
    private final double[][] information; // lower triangle

    private final double[] mean;
    private final double[] gradient;
    private final double[] deviation;
    private final double[][] factor;

    LogLinearPool(int size) {
        this.size = size;
        weights = new double[size];
        Arrays.fill(weights, START);
        information = new double[size][];
        factor = new double[size][];
        for (int i = 0; i < size; i++) {
            information[i] = new double[i + 1];
            information[i][i] = PRECISION;
            factor[i] = new double[i + 1];
        }
        mean = new double[size];
        gradient = new double[size];
        deviation = new double[size];
    }

    /** Fills in the probabilities of all candidates; they sum to 1. */
    void predict(Candidates candidates) {
        double[] probability = candidates.probability();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            double[] row = candidates.row(i);
            double score = 0;
            for (int f = 0; f < size; f++) {
                score += weights[f] * row[f];
            }
            probability[i] = score;
            highest = Math.max(highest, score);
        }
        normalise(probability, candidates.size(), highest);
    }

    /** Turns logarithms of weights into probabilities. */
    static void normalise(double[] scores, int size, double highest) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            scores[i] = DeterministicMath.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < size; i++) {
            scores[i] /= sum;
        }
    }

    /**
     * Learns which candidates came, after {@link #predict}.
     *
     * @param candidates with features and probabilities
     * @param came indices of those that came, each with the same share of the truth
     * @param size how many came, at least 1
     */
    void learn(Candidates candidates, int[] came, int size) {
        double[] probability = candidates.probability();
        Arrays.fill(mean, 0);
        for (int i = 0; i < candidates.size(); i++) {
            double[] row = candidates.row(i);
            for (int f = 0; f < this.size; f++) {
                mean[f] += probability[i] * row[f];
            }
        }
        System.arraycopy(mean, 0, gradient, 0, this.size);
        for (int i = 0; i < size; i++) {
            double[] row = candidates.row(came[i]);
            for (int f = 0; f < this.size; f++) {
                gradient[f] -= row[f] / size;
            }
        }
        bend(candidates);
        step();
    }

    private void bend(Candidates candidates) {
        for (int f = 0; f < size; f++) {
            double[] line = information[f];
            for (int g = 0; g <= f; g++) {
                line[g] *= MEMORY;
            }
            line[f] += (1 - MEMORY) * PRECISION;
        }
        double[] probability = candidates.probability();
        for (int i = 0; i < candidates.size(); i++) {
            if (probability[i] < NEGLIGIBLE) {
                continue;
            }
            double[] row = candidates.row(i);
            for (int f = 0; f < size; f++) {
                deviation[f] = row[f] - mean[f];
            }
            for (int f = 0; f < size; f++) {
                double[] line = information[f];
                double scaled = probability[i] * deviation[f];
                for (int g = 0; g <= f; g++) {
                    line[g] += scaled * deviation[g];
                }
            }
        }
    }

    /** Weights minus the inverse of the information times the gradient, by Cholesky's factors. */
    private void step() {
        for (int i = 0; i < size; i++) {
            double[] line = factor[i];
            for (int j = 0; j <= i; j++) {
                double[] other = factor[j];
                double rest = information[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= line[k] * other[k];
                }
                line[j] = i == j ? Math.sqrt(rest) : rest / other[j];
            }
        }
        for (int i = 0; i < size; i++) {
            double rest = gradient[i];
            for (int k = 0; k < i; k++) {
                rest -= factor[i][k] * gradient[k];
            }
            gradient[i] = rest / factor[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double rest = gradient[i];
            for (int k = i + 1; k < size; k++) {
                rest -= factor[k][i] * gradient[k];
            }
            gradient[i] = rest / factor[i][i];
            weights[i] -= gradient[i];
        }
    }

    void write(ByteWriter out) {
        for (int i = 0; i < size; i++) {
            out.float8(weights[i]);
            for (double entry : information[i]) {
                out.float8(entry);
            }
        }
    }

    void read(ByteReader in) {
        for (int i = 0; i < size; i++) {
            weights[i] = in.finite8();
            for (int j = 0; j <= i; j++) {
                information[i][j] = in.finite8();
            }
        }
    }
}
