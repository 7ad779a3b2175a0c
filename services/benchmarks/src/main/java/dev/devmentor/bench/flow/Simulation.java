package dev.devmentor.bench.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Learners of one skill: ability N(0, 1.2), .004 logits more with every question, and a jump at a stated question; an item
 * is as hard as rated, plus N(0, .3); an answer is right with sigma(ability - difficulty). Nobody is asked an item twice.
 *
 * @param items the pool
 * @param learners how many
 * @param questions how many for each
 * @param jumpAt number of questions before the jump; questions or more for none
 * @param jump logits
 * @param seed of learners, of noise and of answers; every policy meets the same learners
 */
record Simulation(List<Pool.Item> items, int learners, int questions, int jumpAt, double jump, long seed) {

    static final double ABILITY_SD = 1.2;
    static final double GROWTH = 0.004;
    static final double ITEM_SD = 0.3;

    /**
     * What was seen.
     *
     * @param truth true probability of a right answer by learner and question
     * @param missing how often a policy said that items were missing, by half logit of difficulty
     */
    record Outcome(double[][] truth, Map<Double, Integer> missing) {

        /** Mean true probability over some questions, counted from 1, both ends included; percent. */
        double population(int from, int to) {
            double sum = 0;
            for (double[] learner : truth) {
                sum += mean(learner, from, to);
            }
            return 100 * sum / truth.length;
        }

        /** Mean over learners of how far their mean true probability lies from 75 %; points. */
        double error(int from, int to) {
            double sum = 0;
            for (double[] learner : truth) {
                sum += Math.abs(mean(learner, from, to) - 0.75);
            }
            return 100 * sum / truth.length;
        }

        /** Part of the learners whose mean true probability lies within 5 points of 75 %; percent. */
        double within5(int from, int to) {
            int count = 0;
            for (double[] learner : truth) {
                if (Math.abs(mean(learner, from, to) - 0.75) <= 0.05) {
                    count++;
                }
            }
            return 100.0 * count / truth.length;
        }

        private static double mean(double[] learner, int from, int to) {
            double sum = 0;
            for (int i = from - 1; i < to; i++) {
                sum += learner[i];
            }
            return sum / (to - from + 1);
        }
    }

    Outcome run(Supplier<Policy> policies) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] difficulty = new double[items.size()];
        for (int i = 0; i < difficulty.length; i++) {
            difficulty[i] = items.get(i).rated() + ITEM_SD * random.nextGaussian();
        }
        double[][] truth = new double[learners][questions];
        Map<Double, Integer> missing = new HashMap<>();
        for (int learner = 0; learner < learners; learner++) {
            double ability = ABILITY_SD * random.nextGaussian();
            SplittableRandom answers = random.split();
            Policy policy = policies.get();
            Pool pool = new Pool(items);
            for (int n = 0; n < questions; n++) {
                Pool.Item item = policy.choose(pool);
                pool.ask(item);
                policy.missing()
                        .ifPresent(lack -> missing.merge(Math.rint((lack.from() + lack.to())) / 2, 1, Integer::sum));
                double now = ability + GROWTH * n + (n >= jumpAt ? jump : 0);
                double p = 1 / (1 + Math.exp(difficulty[item.index()] - now));
                truth[learner][n] = p;
                policy.answered(item, answers.nextDouble() < p);
            }
        }
        return new Outcome(truth, missing);
    }

    /** The levels that were missing most often, for people. */
    static List<String> levels(Map<Double, Integer> missing, int most) {
        List<String> levels = new ArrayList<>();
        missing.entrySet().stream()
                .sorted(Map.Entry.<Double, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(level -> levels.add(String.format("%+.1f (%,d times)", level.getKey(), level.getValue())));
        return levels;
    }
}
