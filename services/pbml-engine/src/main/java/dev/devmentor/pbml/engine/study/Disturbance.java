package dev.devmentor.pbml.engine.study;

import dev.devmentor.pbml.engine.confidence.BetaDistribution;
import java.util.List;

/**
 * How answers to one item fare soon after another item was answered, against those apart from it.
 *
 * <p>Score test of a difference with the item's own rate fitted: Σ w c (x - q), where c is 1 for an answer beside the other
 * and 0 for one apart, less its mean weighted by information. Answers apart thus say as much as those beside.
 */
final class Disturbance {

    private static final double KNOWN_MISSES_BELOW = 0.4;
    private static final double KNOWN_SURELY = 0.8;

    /** By so much more of the answers are missed, for it to be worth saying. */
    private static final double LEAST_DIFFERENCE = 0.2;

    /** In each direction alone; both together have the test. */
    private static final double LEAST_DEVIATIONS = 1.28;

    /**
     * @param answer to the item that is disturbed
     * @param before the other item's answer shortly before it, or the answer itself if there was none
     * @param form of the sitting without it
     */
    record Trial(JudgedAnswer answer, JudgedAnswer before, double form) {
        boolean beside() {
            return !before.item().equals(answer.item());
        }
    }

    private final List<Trial> trials;
    private final TailBound bound = new TailBound();
    private int beside;
    private int missedBeside;
    private int apart;
    private int missedApart;

    Disturbance(List<Trial> trials) {
        this.trials = trials;
        for (Trial trial : trials) {
            int missed = trial.answer().missed() ? 1 : 0;
            if (trial.beside()) {
                beside++;
                missedBeside += missed;
            } else {
                apart++;
                missedApart += missed;
            }
        }
    }

    /** Adds what the trials say to a bound, after which the other methods have an answer. */
    TailBound test(Past past) {
        int n = trials.size();
        double[] logits = new double[n];
        double[] weights = new double[n];
        boolean[] missed = new boolean[n];
        for (int i = 0; i < n; i++) {
            Trial trial = trials.get(i);
            logits[i] = trial.answer().missLogit() + trial.form();
            weights[i] = past.weight(trial.answer());
            missed[i] = trial.answer().missed();
        }
        double shift = Logistic.shift(logits, missed, weights);
        double informationBeside = 0;
        double information = 0;
        for (int i = 0; i < n; i++) {
            double q = Logistic.probability(logits[i] + shift);
            information += weights[i] * q * (1 - q);
            informationBeside += trials.get(i).beside() ? weights[i] * q * (1 - q) : 0;
        }
        double mean = information > 0 ? informationBeside / information : 0;
        for (int i = 0; i < n; i++) {
            double contrast = (trials.get(i).beside() ? 1 : 0) - mean;
            bound.addMiss(Logistic.probability(logits[i] + shift), weights[i] * contrast, missed[i]);
        }
        return bound;
    }

    int beside() {
        return beside;
    }

    int missedBeside() {
        return missedBeside;
    }

    int apart() {
        return apart;
    }

    int missedApart() {
        return missedApart;
    }

    List<Trial> trials() {
        return trials;
    }

    /** Whether the item is known when it is asked apart, by the posterior of its rate of misses with Jeffreys' prior. */
    boolean knownApart() {
        return new BetaDistribution(missedApart + 0.5, apart - missedApart + 0.5).cdf(KNOWN_MISSES_BELOW)
                >= KNOWN_SURELY;
    }

    boolean worthSaying() {
        return bound.deviations() >= LEAST_DEVIATIONS
                && (double) missedBeside / beside - (double) missedApart / apart >= LEAST_DIFFERENCE;
    }
}
