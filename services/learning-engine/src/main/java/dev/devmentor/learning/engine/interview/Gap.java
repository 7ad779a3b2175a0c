package dev.devmentor.learning.engine.interview;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a person is from what a job wants of one skill.
 *
 * <p>The estimated level is a mean of what is known, each part with the weight of so many answers: the prior (what
 * somebody of whom nothing is known answers rightly) as {@value #PRIOR_WEIGHT}, a claim of the CV as
 * {@value #CLAIM_WEIGHT}, a claim of a skill that builds on this one as {@value #IMPLIED_WEIGHT}, and measured answers as
 * what they are, up to {@value #MOST_ANSWERS}. That is the posterior mean of a beta distribution whose prior counts are
 * these weights, so five answers outweigh any claim.
 *
 * @param skill id
 * @param need whether the job insists; of a prerequisite, whether what needs it is insisted on
 * @param neededFor the skill that cannot be learnt without this one; null if the job names the skill itself
 * @param weight how much the job makes of it; of a prerequisite that of what needs it
 * @param wanted level, 0 to 1
 * @param level estimated, 0 to 1
 * @param confidence in the estimate, 0 (nothing known) to 1: n/(n+8) where n counts answers, and a claim as half its weight
 * @param basis what the estimate rests on
 * @param size wanted less estimated level; 0 if the estimate reaches it
 * @param minutes of study that closing it takes, multiples of five; 0 if there is no gap
 */
public record Gap(
        String skill,
        Need need,
        @Nullable String neededFor,
        double weight,
        double wanted,
        double level,
        double confidence,
        Basis basis,
        double size,
        int minutes) {

    static final double PRIOR_LEVEL = 0.30;
    static final double PRIOR_WEIGHT = 1;
    static final double CLAIM_WEIGHT = 3;
    static final double IMPLIED_WEIGHT = 1.5;
    static final double MOST_ANSWERS = 40;

    private static final double HALF_CONFIDENT = 8;
    private static final double PREREQUISITE_IS_LOWER = 0.10;
    private static final double IMPLIED_IS_LOWER = 0.05;
    private static final double LEAST_WANTED = 0.50;
    /** Below that nobody can tell a gap from noise. */
    private static final double SMALLEST = 0.02;
    /** From .35 to .75 in about 100 minutes: some forty questions with their explanations, and reading. */
    private static final int MINUTES_PER_WHOLE = 250;

    private static final int SHORTEST_STUDY = 15;
    private static final int ROUND = 5;

    /** By what is wanted most: required before optional, then by weight, then by size, then by id. */
    static final Comparator<Gap> MOST_WANTED_FIRST = Comparator.comparing(Gap::need)
            .thenComparing(Comparator.comparingDouble(Gap::weight).reversed())
            .thenComparing(Comparator.comparingDouble(Gap::size).reversed())
            .thenComparing(Gap::skill);

    /** What an estimate rests on. */
    public enum Basis {
        NOTHING,
        /** The CV claims a skill that builds on this one. */
        IMPLIED,
        CLAIMED,
        MEASURED
    }

    /** Whether there is something to learn. */
    public boolean open() {
        return minutes > 0;
    }

    /**
     * Gaps of all skills that a job wants, and of what has to be learnt before them.
     *
     * @param measured what answers say, by skill
     * @param prerequisites for each skill those directly before it; a circle is harmless
     * @return most wanted first; prerequisites only where they are open
     */
    public static List<Gap> between(
            Collection<JobDescription.Want> wants,
            Collection<Resume.Claim> claims,
            Map<String, Measured> measured,
            Map<String, List<String>> prerequisites) {
        Map<String, Double> claimed = new HashMap<>();
        Map<String, Double> implied = new HashMap<>();
        for (Resume.Claim claim : claims) {
            claimed.merge(claim.skill(), claim.level(), Math::max);
            for (String before : before(claim.skill(), prerequisites)) {
                implied.merge(before, claim.level() - IMPLIED_IS_LOWER, Math::max);
            }
        }
        Map<String, Gap> gaps = new TreeMap<>();
        for (JobDescription.Want want : wants) {
            gaps.put(
                    want.skill(),
                    of(want.skill(), want.need(), null, want.weight(), want.level(), claimed, implied, measured));
        }
        Map<String, Gap> before = new LinkedHashMap<>();
        gaps.values().stream().filter(Gap::open).sorted(MOST_WANTED_FIRST).forEach(gap -> {
            double level = Math.max(LEAST_WANTED, gap.wanted() - PREREQUISITE_IS_LOWER);
            for (String skill : before(gap.skill(), prerequisites)) {
                if (!gaps.containsKey(skill)) {
                    Gap first = before.get(skill);
                    // The most wanted of those that need it comes first and gives need and weight; the highest level
                    // counts.
                    before.put(
                            skill,
                            first == null
                                    ? of(
                                            skill,
                                            gap.need(),
                                            gap.skill(),
                                            gap.weight(),
                                            level,
                                            claimed,
                                            implied,
                                            measured)
                                    : of(
                                            skill,
                                            first.need(),
                                            first.neededFor(),
                                            first.weight(),
                                            Math.max(level, first.wanted()),
                                            claimed,
                                            implied,
                                            measured));
                }
            }
        });
        List<Gap> all = new ArrayList<>(gaps.values());
        before.values().stream().filter(Gap::open).forEach(all::add);
        all.sort(MOST_WANTED_FIRST);
        return List.copyOf(all);
    }

    private static Gap of(
            String skill,
            Need need,
            @Nullable String neededFor,
            double weight,
            double wanted,
            Map<String, Double> claimed,
            Map<String, Double> implied,
            Map<String, Measured> measured) {
        Double claim = claimed.get(skill);
        Double through = implied.get(skill);
        Measured answers = measured.get(skill);
        double sum = PRIOR_WEIGHT * PRIOR_LEVEL;
        double weights = PRIOR_WEIGHT;
        double evidence = 0;
        Basis basis = Basis.NOTHING;
        if (claim != null) {
            sum += CLAIM_WEIGHT * claim;
            weights += CLAIM_WEIGHT;
            evidence += CLAIM_WEIGHT / 2;
            basis = Basis.CLAIMED;
        } else if (through != null) {
            sum += IMPLIED_WEIGHT * through;
            weights += IMPLIED_WEIGHT;
            evidence += IMPLIED_WEIGHT / 2;
            basis = Basis.IMPLIED;
        }
        if (answers != null && answers.answers() > 0) {
            double n = Math.min(answers.answers(), MOST_ANSWERS);
            sum += n * answers.level();
            weights += n;
            evidence += n;
            basis = Basis.MEASURED;
        }
        double level = sum / weights;
        double missing = wanted - level;
        boolean open = missing >= SMALLEST;
        return new Gap(
                skill,
                need,
                neededFor,
                weight,
                wanted,
                level,
                evidence / (evidence + HALF_CONFIDENT),
                basis,
                open ? missing : 0,
                open ? minutes(missing) : 0);
    }

    private static int minutes(double size) {
        int steps = (int) Math.ceil(size * MINUTES_PER_WHOLE / ROUND - 1e-9);
        return Math.max(SHORTEST_STUDY, steps * ROUND);
    }

    /** All that comes before a skill, itself left out. */
    static Set<String> before(String skill, Map<String, List<String>> prerequisites) {
        Set<String> seen = new HashSet<>();
        List<String> left = new ArrayList<>(prerequisites.getOrDefault(skill, List.of()));
        while (!left.isEmpty()) {
            String next = left.removeLast();
            if (!next.equals(skill) && seen.add(next)) {
                left.addAll(prerequisites.getOrDefault(next, List.of()));
            }
        }
        return seen;
    }
}
