package dev.devmentor.bench.choice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A simulated learner, and the truth about them.
 *
 * <ul>
 *   <li>In each skill there is a strength, in logits, and a memory of it with recall R = (1 + 19/81 t/S)<sup>-.5</sup>, as in
 *       FSRS. What is not recalled is missing from the strength: ability = strength - 4 (1 - R).
 *   <li>Prerequisites that are not there pull the ability down by half of what they lack.
 *   <li>Each question is also a fact of its own. Who remembers it is right in 98 of 100 cases; who doesn't, with a fifth by
 *       guessing, else by the logistic function of ability minus difficulty.
 *   <li>Every question is explained afterwards. The fact is remembered for some days at first, and the longer the more had been
 *       forgotten when it was asked again. The skill grows: most when it was open whether the answer would be right, less the
 *       more is known, hardly at all while prerequisites are missing, less when it is the same skill again and again.
 *   <li>Every question refreshes the memory of the skill; a right answer also that of what the skill is built on, by two fifths
 *       for each step.
 *   <li>Two basic skills have a gap of two logits that nobody knows of.
 * </ul>
 */
final class Person {

    private static final double FORGOTTEN = 4; // logits
    private static final double GAP = 2; // logits
    private static final double TEACHES = 0.35; // logits for a question that fits
    private static final double GUESS = 0.2;
    private static final double IMPLICIT = 0.4;
    private static final double REMEMBERED = 0.98;

    private final World world;
    private final double[] strength = new double[World.SKILLS];
    private final double[] stability = new double[World.SKILLS];
    private final double[] lastDay = new double[World.SKILLS];
    private final double[] factStability;
    private final double[] factDay;
    private final boolean[] gap = new boolean[World.SKILLS];
    private final int[][] before = new int[World.SKILLS][];
    private final Deque<Integer> recent = new ArrayDeque<>();
    private final SplittableRandom answers;

    Person(World world, long seed) {
        this.world = world;
        factStability = new double[world.items().size()];
        factDay = new double[world.items().size()];
        SplittableRandom random = new SplittableRandom(seed);
        double general = 0.7 * random.nextGaussian();
        for (int skill = 0; skill < World.SKILLS; skill++) {
            strength[skill] = general + 1 - 0.7 * World.layer(skill) + 0.7 * random.nextGaussian();
            stability[skill] = 20 * Math.exp(0.7 * random.nextGaussian());
            lastDay[skill] = -20 * random.nextDouble();
            before[skill] = world.graph().prerequisites(World.name(skill)).stream()
                    .mapToInt(World::number)
                    .toArray();
        }
        for (int gaps = 0; gaps < 2; ) {
            int skill = random.nextInt(2 * World.PER_LAYER);
            if (!gap[skill] && !world.graph().dependents(World.name(skill)).isEmpty()) {
                gap[skill] = true;
                strength[skill] -= GAP;
                gaps++;
            }
        }
        answers = random.split();
    }

    boolean hasGap(int skill) {
        return gap[skill];
    }

    double recall(int skill, double day) {
        return forgotten(day - lastDay[skill], stability[skill]);
    }

    double ability(int skill, double day) {
        double own = strength[skill] - FORGOTTEN * (1 - recall(skill, day));
        double lacking = 0;
        for (int other : before[skill]) {
            lacking += Math.max(0, -ability(other, day));
        }
        return own - Math.min(2, lacking / 2);
    }

    /** Recall of a fact; 0 if it was never met. */
    double factRecall(int item, double day) {
        return factStability[item] == 0 ? 0 : forgotten(day - factDay[item], factStability[item]);
    }

    private static double forgotten(double days, double stability) {
        return Math.pow(1 + 19.0 / 81 * Math.max(0, days) / stability, -0.5);
    }

    double probability(World.Item item, double day) {
        return probability(item, ability(item.skill(), day), day);
    }

    private double probability(World.Item item, double ability, double day) {
        double fact = factRecall(item.number(), day);
        return fact * REMEMBERED + (1 - fact) * (GUESS + (1 - GUESS) * logistic(ability - item.difficulty()));
    }

    /** Mean probability over the items of a skill. */
    double success(int skill, double day) {
        double sum = 0;
        double ability = ability(skill, day);
        int from = skill * World.ITEMS_PER_SKILL;
        for (int i = from; i < from + World.ITEMS_PER_SKILL; i++) {
            sum += probability(world.items().get(i), ability, day);
        }
        return sum / World.ITEMS_PER_SKILL;
    }

    boolean answer(World.Item item, double day) {
        int skill = item.skill();
        double open = logistic(ability(skill, day) - item.difficulty());
        boolean right = answers.nextDouble() < probability(item, day);
        double ready = 1;
        for (int other : before[skill]) {
            ready *= logistic(3 * (ability(other, day) + 0.5));
        }
        double again = recent.stream().filter(last -> last == skill).count();
        double room = Math.clamp((3 - strength[skill]) / 4, 0, 1);
        strength[skill] += TEACHES * 4 * open * (1 - open) * ready * room / (1 + 0.35 * again);
        learnFact(item.number(), right, day);
        refresh(skill, 1, right, day);
        if (right) {
            for (Map.Entry<String, Integer> other :
                    world.graph().ancestors(World.name(skill)).entrySet()) {
                refresh(World.number(other.getKey()), Math.pow(IMPLICIT, other.getValue()), true, day);
            }
        }
        recent.addFirst(skill);
        if (recent.size() > 3) {
            recent.removeLast();
        }
        return right;
    }

    private void learnFact(int item, boolean right, double day) {
        double before = factStability[item];
        if (before == 0) {
            factStability[item] = right ? 4 : 2;
        } else if (right) {
            factStability[item] = before * (1 + 20 * (1 - factRecall(item, day)) * Math.pow(before, -0.15));
        } else {
            factStability[item] = Math.max(1.5, before / 2);
        }
        factDay[item] = day;
    }

    private void refresh(int skill, double share, boolean right, double day) {
        double recall = recall(skill, day);
        double refreshed = recall + (1 - recall) * share;
        double grown =
                stability[skill] * (right ? 1 + 8 * (1 - recall) * Math.pow(stability[skill], -0.15) * share : 0.7);
        stability[skill] = Math.clamp(grown, 1, 1_000);
        lastDay[skill] = day - stability[skill] * 81.0 / 19 * (1 / (refreshed * refreshed) - 1);
    }

    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
