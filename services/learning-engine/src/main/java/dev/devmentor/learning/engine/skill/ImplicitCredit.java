package dev.devmentor.learning.engine.skill;

import static dev.devmentor.deterministic.DeterministicMath.pow;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer says of skills that it wasn't about. A right answer also exercises what the skill is built on, so its
 * prerequisites get credit; a wrong one casts doubt on what is built on the skill.
 *
 * <p>Source: Fractional Implicit Repetition (FIRe), J. Skycak, advised by J. Roberts, "Optimized, individualized spaced
 * repetition in hierarchical knowledge structures", in: The Math Academy Way, working draft, 2023. There a repetition flows
 * down to the topics that a topic encompasses, times the weights of the edges, a failure flows up, and a repetition that
 * comes early counts for less. That text has an expert's weight for every edge. Here all edges have one weight:
 *
 * <ul>
 *   <li>an answer in skill a gives each prerequisite b the credit perStep<sup>d</sup>, where d is the number of steps of the
 *       shortest way from a to b, up to {@link #steps};
 *   <li>a wrong answer gives the same, as a penalty, to what builds on a;
 *   <li>of an item with several skills each counts fully, and of several ways to one skill the strongest counts, so that
 *       many ways never add up to more than an answer of its own;
 *   <li>a repetition of something that would be recalled with probability R counts for (1 - R) / (1 - wanted), at most 1:
 *       whatever is fresh gains little by being exercised again.
 * </ul>
 *
 * @param perStep credit left after a step, above 0 and below 1
 * @param steps ways longer than this carry nothing, at least 1
 */
public record ImplicitCredit(double perStep, int steps) {

    /**
     * A half for each step, three steps: a skill three steps below the asked one gets an eighth. Chosen by reasoning: half of
     * what makes an answer right is the skill itself.
     */
    public static final ImplicitCredit DEFAULT = new ImplicitCredit(0.5, 3);

    /** @throws IllegalArgumentException if a parameter is out of range */
    public ImplicitCredit {
        if (!(perStep > 0 && perStep < 1 && steps >= 1)) {
            throw new IllegalArgumentException("credit of " + perStep + " over " + steps + " steps");
        }
    }

    /**
     * Credit or penalty by skill, without the asked skills themselves.
     *
     * @param skills of the item
     * @return above 0 to 1 for a right answer, -1 to below 0 for a wrong one
     */
    public SortedMap<String, Double> of(SkillGraph graph, List<String> skills, boolean right) {
        SortedMap<String, Double> shares = new TreeMap<>();
        for (String skill : skills) {
            SortedMap<String, Integer> reached = right ? graph.ancestors(skill) : graph.descendants(skill);
            reached.forEach((other, distance) -> {
                if (distance <= steps && !skills.contains(other)) {
                    shares.merge(other, share(distance), Math::max);
                }
            });
        }
        if (!right) {
            shares.replaceAll((_, share) -> -share);
        }
        return shares;
    }

    /** What is left after some steps: 1 after none. */
    public double share(int distance) {
        return distance > steps ? 0 : pow(perStep, distance);
    }

    /**
     * How much of a repetition counts.
     *
     * @param recall predicted at the repetition, 0 to 1
     * @param wanted recall at which a repetition is due, below 1
     * @return 0 to 1
     */
    public static double timeliness(double recall, double wanted) {
        return Math.clamp((1 - recall) / (1 - wanted), 0, 1);
    }

    /**
     * Recall after an implicit repetition or failure.
     *
     * @param recall before it, 0 to 1
     * @param share credit above 0, penalty below, -1 to 1
     */
    public static double recall(double recall, double share) {
        return share >= 0 ? recall + (1 - recall) * share : recall * (1 + share);
    }
}
