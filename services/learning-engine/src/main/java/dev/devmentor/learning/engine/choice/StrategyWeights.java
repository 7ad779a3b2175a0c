package dev.devmentor.learning.engine.choice;

import static dev.devmentor.deterministic.DeterministicMath.exp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How much each strategy has helped a person so far, and so how often it is to be drawn: a bandit. Immutable; the same
 * observations in the same order give the same bits.
 *
 * <p>Of each strategy the mean help is known as a Gaussian whose observations fade, since what helps changes. A strategy's
 * share is the probability that it helps most, which is what Thompson sampling draws on average (W. R. Thompson, "On the
 * likelihood that one unknown probability exceeds another in view of the evidence of two samples", Biometrika 25, 1933), here
 * integrated instead of drawn, so that the shares themselves can be shown and repeated. No share falls below the floor: what
 * isn't tried can't show that it has begun to help, and each strategy guards something that the others would let go.
 */
public record StrategyWeights(List<Arm> arms) {

    /** Nobody knows what helps. */
    public static final StrategyWeights INITIAL =
            new StrategyWeights(Collections.nCopies(Strategy.values().length, new Arm(0, 0)));

    /** No strategy is drawn less often than every tenth time, as long as it has something to offer. */
    public static final double FLOOR = 0.1;

    /**
     * How much of an observation is left after another one of any strategy; half is after 693 of them, some weeks of daily
     * work.
     */
    private static final double KEEP = 0.999;

    /**
     * Standard deviation of one observation of help around its mean. Help is a difference of two predicted probabilities some
     * answers apart; that is the size of a step that one answer makes of a rating.
     */
    private static final double NOISE = 0.08;

    /** Standard deviation between strategies before anything is known: a few answers' worth per hundred. */
    private static final double SPREAD = 0.02;

    private static final int POINTS = 129;
    private static final double REACH = 4; // standard deviations

    /** @throws IllegalArgumentException unless there is one arm for each strategy */
    public StrategyWeights {
        arms = List.copyOf(arms);
        if (arms.size() != Strategy.values().length) {
            throw new IllegalArgumentException(arms.size() + " arms");
        }
    }

    /**
     * What is known of one strategy.
     *
     * @param weight number of observations, faded
     * @param help their sum, faded in the same way
     */
    public record Arm(double weight, double help) {}

    /**
     * How often each strategy is drawn.
     *
     * @param shares in the order of {@link Strategy}; they add up to 1
     */
    public record Shares(List<Double> shares) {
        public Shares {
            shares = List.copyOf(shares);
        }

        /** All the same. */
        public static final Shares EVEN =
                new Shares(Collections.nCopies(Strategy.values().length, 1.0 / Strategy.values().length));

        /** Of one strategy, 0 to 1. */
        public double of(Strategy strategy) {
            return shares.get(strategy.place());
        }
    }

    /**
     * What is known after an observation.
     *
     * @param share how much of it is owed to the strategy, above 0 to 1
     * @param help see {@link HelpMeter}
     */
    public StrategyWeights observed(Strategy strategy, double share, double help) {
        List<Arm> next = new ArrayList<>(arms.size());
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            double own = i == strategy.place() ? share : 0;
            next.add(new Arm(KEEP * arm.weight() + own, KEEP * arm.help() + own * help));
        }
        return new StrategyWeights(next);
    }

    /** What has been observed of a strategy on average; the mean of all if it was never observed. */
    public double meanHelp(Strategy strategy) {
        return mean(arms.get(strategy.place()), centre());
    }

    /** The shares with a floor, at least 0 and at most one fifth. */
    public Shares shares(double floor) {
        int count = arms.size();
        if (!(floor >= 0 && floor * count <= 1)) {
            throw new IllegalArgumentException("a floor of " + floor);
        }
        double centre = centre();
        double[] means = new double[count];
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = mean(arms.get(i), centre);
            deviations[i] = Math.sqrt(1 / (1 / (SPREAD * SPREAD) + arms.get(i).weight() / (NOISE * NOISE)));
        }
        double[] best = new double[count];
        for (int i = 0; i < count; i++) {
            best[i] = probabilityOfBest(i, means, deviations);
        }
        double sum = Arrays.stream(best).sum();
        List<Double> shares = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            shares.add(floor + (1 - floor * count) * best[i] / sum);
        }
        return new Shares(shares);
    }

    /** The shares with the usual floor. */
    public Shares shares() {
        return shares(FLOOR);
    }

    private double centre() {
        double weight = 0;
        double help = 0;
        for (Arm arm : arms) {
            weight += arm.weight();
            help += arm.help();
        }
        return weight == 0 ? 0 : help / weight;
    }

    private static double mean(Arm arm, double centre) {
        double prior = NOISE * NOISE / (SPREAD * SPREAD); // observations that the prior is worth
        return (prior * centre + arm.help()) / (prior + arm.weight());
    }

    /** The integral of the density of one mean times the probability that all the others are smaller; Simpson's rule. */
    private static double probabilityOfBest(int arm, double[] means, double[] deviations) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double z = -REACH + 2 * REACH * i / (POINTS - 1);
            double value = exp(-z * z / 2);
            double x = means[arm] + z * deviations[arm];
            for (int other = 0; other < means.length; other++) {
                value *= other == arm ? 1 : below((x - means[other]) / deviations[other]);
            }
            sum += value * (i == 0 || i == POINTS - 1 ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum;
    }

    /**
     * The standard normal distribution, to 7.5 10<sup>-8</sup>: formula 26.2.17 of M. Abramowitz, I. A. Stegun, Handbook of
     * Mathematical Functions, 1964.
     */
    static double below(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double above = 0.3989422804014327 * exp(-z * z / 2) * polynomial;
        return z >= 0 ? 1 - above : above;
    }
}
