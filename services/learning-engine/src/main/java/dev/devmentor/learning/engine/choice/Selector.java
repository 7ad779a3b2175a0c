package dev.devmentor.learning.engine.choice;

import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import dev.devmentor.learning.engine.choice.ReviewCompression.Due;
import dev.devmentor.learning.engine.choice.ReviewCompression.Review;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next question: draws one of the strategies that have something to offer, by their weights and a seed, and
 * lets it choose. The same situation, weights and seed give the same question; ids decide where nothing else does.
 *
 * <p>Sources: reviews, J. Skycak's FIRe (see {@link ImplicitCredit}); challenge, Maths Garden (see {@link OptimalChallenge});
 * prerequisites before what builds on them, mastery learning (B. S. Bloom, "Learning for mastery", Evaluation Comment 1/2,
 * 1968); changing skills, D. Rohrer, K. Taylor, "The shuffling of mathematics problems improves learning", Instructional
 * Science 35, 2007; exploring where most is to be learnt of the person, F. M. Lord, Applications of Item Response Theory,
 * 1980 (maximum information).
 *
 * @param challenge wanted probability of a right answer
 * @param credit how much an answer says of other skills
 * @param wantedRecall at which reviews are due that don't say their own
 */
public record Selector(OptimalChallenge challenge, ImplicitCredit credit, double wantedRecall) {

    /** Three of four right, half a credit per step, nine of ten recalled. */
    public static final Selector DEFAULT = new Selector(OptimalChallenge.DEFAULT, ImplicitCredit.DEFAULT, 0.9);

    /** A skill goes badly, or is weak, if less than this part of middling questions is predicted to be right. */
    private static final double WEAK = 0.5;

    /** A prerequisite below this may be what holds back the skills that build on it. */
    private static final double SHAKY = 0.6;

    /** The skills of so many last questions are left alone, where there are others: practice of one skill in a block teaches
     * less than the same practice mixed with others. */
    private static final int APART = 3;

    /**
     * A question that could be asked.
     *
     * @param item id
     * @param skills the main one first, at least one
     * @param difficulty of the item with its skills, logits
     * @param probability of a right answer by this person now, above 0 and below 1
     * @param guess part of it that is no sign of the skill, at least 0 and below 1
     * @param recall predicted now; NaN if the person never met it
     * @param due whether its review is due
     * @param wantedRecall at which it is due; NaN for that of the rest
     */
    public record Candidate(
            String item,
            List<String> skills,
            double difficulty,
            double probability,
            double guess,
            double recall,
            boolean due,
            double wantedRecall) {
        /** With the wanted recall of the rest. */
        public Candidate(
                String item,
                List<String> skills,
                double difficulty,
                double probability,
                double guess,
                double recall,
                boolean due) {
            this(item, skills, difficulty, probability, guess, recall, due, Double.NaN);
        }

        /** @throws IllegalArgumentException without a skill, or if a probability is out of range */
        public Candidate {
            skills = List.copyOf(skills);
            if (skills.isEmpty() || !(probability > 0 && probability < 1) || !(guess >= 0 && guess < 1)) {
                throw new IllegalArgumentException(
                        item + " has " + skills.size() + " skills, probability " + probability);
            }
        }

        String mainSkill() {
            return skills.getFirst();
        }

        /** What the answer tells of the ability, per logit squared, in the model with a chance of guessing (Lord, 1980). */
        double information() {
            double knows = Math.max(0, (probability - guess) / (1 - guess));
            return knows * knows * (1 - probability) / probability;
        }
    }

    /**
     * What is known of a person in a skill.
     *
     * @param success predicted probability of a right answer to a middling question of it, 0 to 1
     * @param uncertainty standard deviation of the ability in it, logits
     * @param answers so far
     */
    public record Standing(double success, double uncertainty, int answers) {}

    /**
     * Where a person stands.
     *
     * @param graph of skills
     * @param candidates that could be asked, in any order
     * @param standings by skill; skills without one count as unknown
     * @param recent main skills of the last questions, the last first
     */
    public record Situation(
            SkillGraph graph, List<Candidate> candidates, Map<String, Standing> standings, List<String> recent) {
        public Situation {
            candidates = candidates.stream()
                    .sorted(Comparator.comparing(Candidate::item))
                    .toList();
            standings = Map.copyOf(standings);
            recent = List.copyOf(recent);
        }

        Standing standing(String skill) {
            return standings.getOrDefault(skill, UNKNOWN);
        }
    }

    private static final Standing UNKNOWN = new Standing(0.5, 1.2, 0);

    /**
     * What to ask.
     *
     * @param candidate the question
     * @param reason why
     * @param missing what the pool lacks, so that this one had to do; null if it lacks nothing, or difficulty didn't decide
     */
    public record Choice(
            Candidate candidate, Reason reason, @Nullable Missing missing) {
        Choice(Candidate candidate, Reason reason) {
            this(candidate, reason, null);
        }
    }

    /**
     * Chooses.
     *
     * @param weights how often each strategy is drawn; those that have nothing to offer leave theirs to the others
     * @param seed any number; the caller makes it from person and question, so that a choice can be repeated
     * @return null if there is no candidate
     */
    public @Nullable Choice choose(Situation situation, StrategyWeights.Shares weights, long seed) {
        Map<Strategy, Choice> offers = offers(situation);
        double sum = 0;
        for (Strategy strategy : offers.keySet()) {
            sum += weights.of(strategy);
        }
        double drawn = unit(seed) * sum;
        Choice last = null;
        for (Map.Entry<Strategy, Choice> offer : offers.entrySet()) {
            last = offer.getValue();
            drawn -= weights.of(offer.getKey());
            if (drawn < 0) {
                return last;
            }
        }
        return last;
    }

    /** What each strategy would ask; those that have nothing to offer are left out. */
    public Map<Strategy, Choice> offers(Situation situation) {
        Map<Strategy, Choice> offers = new EnumMap<>(Strategy.class);
        for (Strategy strategy : Strategy.values()) {
            Choice choice = offer(situation, strategy);
            if (choice != null) {
                offers.put(strategy, choice);
            }
        }
        return offers;
    }

    /** What one strategy would ask; null if it has nothing to offer. */
    public @Nullable Choice offer(Situation situation, Strategy strategy) {
        return switch (strategy) {
            case DUE_REVIEW -> dueReview(situation);
            case WEAKEST_SKILL -> weakestSkill(situation);
            case OPTIMAL_CHALLENGE -> optimalChallenge(situation);
            case PREREQUISITE_REPAIR -> prerequisiteRepair(situation);
            case INTERLEAVED_EXPLORATION -> interleavedExploration(situation);
        };
    }

    private @Nullable Choice dueReview(Situation situation) {
        List<Due> due = new ArrayList<>();
        for (Candidate candidate : situation.candidates()) {
            if (candidate.due()) {
                due.add(new Due(candidate.item(), candidate.skills(), candidate.recall(), candidate.wantedRecall()));
            }
        }
        Review review = new ReviewCompression(credit, wantedRecall).first(situation.graph(), due);
        if (review == null) {
            return null;
        }
        int others = review.settles().size();
        String settles = others == 0
                ? ""
                : String.format(
                        Locale.ROOT, "; right, it also settles %d other due item%s", others, others == 1 ? "" : "s");
        Candidate candidate = candidate(situation, review.due().item());
        return new Choice(
                candidate,
                new Reason(
                        Strategy.DUE_REVIEW,
                        candidate.mainSkill(),
                        null,
                        candidate.recall(),
                        review.settles(),
                        "its review is due: you would recall it with " + percent(candidate.recall()) + settles));
    }

    private @Nullable Choice weakestSkill(Situation situation) {
        Map<String, List<Candidate>> bySkill = bySkill(apart(
                situation,
                fresh(situation).stream()
                        .filter(candidate -> isReady(situation, candidate.mainSkill()))
                        .toList()));
        String weakest = null;
        for (String skill : bySkill.keySet()) {
            if (weakest == null
                    || situation.standing(skill).success()
                            < situation.standing(weakest).success()) {
                weakest = skill;
            }
        }
        if (weakest == null) {
            return null;
        }
        double success = situation.standing(weakest).success();
        return nearest(
                weakest,
                bySkill.get(weakest),
                new Reason(
                        Strategy.WEAKEST_SKILL,
                        weakest,
                        null,
                        success,
                        List.of(),
                        weakest + " is the weakest skill that you are ready for: " + percent(success)
                                + " of its middling questions right"));
    }

    private @Nullable Choice optimalChallenge(Situation situation) {
        List<Candidate> fresh = apart(situation, fresh(situation));
        Nearest nearest = nearest("any", fresh);
        if (nearest == null) {
            return null;
        }
        Candidate chosen = nearest.candidate();
        return new Choice(
                chosen,
                new Reason(
                        Strategy.OPTIMAL_CHALLENGE,
                        chosen.mainSkill(),
                        null,
                        chosen.probability(),
                        List.of(),
                        "you would get it right with " + percent(chosen.probability()) + ", nearest to the wanted "
                                + percent(challenge.target())),
                nearest.missing());
    }

    /**
     * Of every skill that was tried and goes badly, the weak prerequisites that could be asked; the one that holds back most
     * comes first: by how weak it is and how near to the failing skills, summed over them.
     */
    private @Nullable Choice prerequisiteRepair(Situation situation) {
        Map<String, List<Candidate>> bySkill = bySkill(apart(
                situation,
                fresh(situation).stream()
                        .filter(candidate -> isWeakPrerequisite(situation, candidate.mainSkill()))
                        .toList()));
        SortedMap<String, Double> harm = new TreeMap<>();
        Map<String, String> because = new TreeMap<>();
        for (String failing : situation.standings().keySet().stream().sorted().toList()) {
            Standing standing = situation.standing(failing);
            if (standing.answers() == 0 || standing.success() >= WEAK) {
                continue;
            }
            situation.graph().ancestors(failing).forEach((before, distance) -> {
                double weakness = SHAKY - situation.standing(before).success();
                if (weakness > 0 && bySkill.containsKey(before) && distance <= credit.steps()) {
                    harm.merge(before, weakness * credit.share(distance), Double::sum);
                    because.putIfAbsent(before, failing);
                }
            });
        }
        String repaired = null;
        double most = 0;
        for (Map.Entry<String, Double> candidate : harm.entrySet()) {
            if (repaired == null || candidate.getValue() > most) {
                repaired = candidate.getKey();
                most = candidate.getValue();
            }
        }
        if (repaired == null) {
            return null;
        }
        double success = situation.standing(repaired).success();
        String failing = because.get(repaired);
        return nearest(
                repaired,
                bySkill.get(repaired),
                new Reason(
                        Strategy.PREREQUISITE_REPAIR,
                        repaired,
                        failing,
                        success,
                        List.of(),
                        failing + " goes badly and builds on " + repaired + ", of which you would get "
                                + percent(success) + " right"));
    }

    /** Where a question tells most: uncertainty of the skill, and how much the answer depends on it. */
    private @Nullable Choice interleavedExploration(Situation situation) {
        Candidate best = null;
        double bestInformation = -1;
        for (Candidate candidate : apart(situation, fresh(situation))) {
            double sd = situation.standing(candidate.mainSkill()).uncertainty();
            double information = sd * sd * candidate.information();
            if (information > bestInformation) {
                best = candidate;
                bestInformation = information;
            }
        }
        if (best == null) {
            return null;
        }
        String skill = best.mainSkill();
        Standing standing = situation.standing(skill);
        return new Choice(
                best,
                new Reason(
                        Strategy.INTERLEAVED_EXPLORATION,
                        skill,
                        null,
                        standing.uncertainty(),
                        List.of(),
                        String.format(
                                Locale.ROOT,
                                "little is known of %s yet (%d answer%s, uncertain by %.1f logits)%s",
                                skill,
                                standing.answers(),
                                standing.answers() == 1 ? "" : "s",
                                standing.uncertainty(),
                                situation.recent().isEmpty()
                                                || lately(situation).contains(skill)
                                        ? ""
                                        : ", and it is unlike the last ones")));
    }

    /** Whether what comes directly before a skill is there, as far as is known. */
    private static boolean isReady(Situation situation, String skill) {
        for (String before : situation.graph().prerequisites(skill)) {
            if (situation.standing(before).success() < WEAK) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWeakPrerequisite(Situation situation, String skill) {
        return situation.standing(skill).success() < SHAKY
                && isReady(situation, skill)
                && !situation.graph().dependents(skill).isEmpty();
    }

    /** Candidates of other skills than the last questions'; all if there are no others. */
    private static List<Candidate> apart(Situation situation, List<Candidate> candidates) {
        Set<String> lately = lately(situation);
        List<Candidate> apart = candidates.stream()
                .filter(candidate -> !lately.contains(candidate.mainSkill()))
                .toList();
        return apart.isEmpty() ? candidates : apart;
    }

    private static Set<String> lately(Situation situation) {
        return Set.copyOf(
                situation.recent().subList(0, Math.min(APART, situation.recent().size())));
    }

    /** Questions that were never met; if there is none, those that are due; if none is, all. */
    private static List<Candidate> fresh(Situation situation) {
        List<Candidate> all = situation.candidates();
        List<Candidate> fresh = all.stream()
                .filter(candidate -> Double.isNaN(candidate.recall()))
                .toList();
        if (!fresh.isEmpty()) {
            return fresh;
        }
        List<Candidate> due = all.stream().filter(Candidate::due).toList();
        return due.isEmpty() ? all : due;
    }

    private static SortedMap<String, List<Candidate>> bySkill(List<Candidate> candidates) {
        SortedMap<String, List<Candidate>> bySkill = new TreeMap<>();
        for (Candidate candidate : candidates) {
            bySkill.computeIfAbsent(candidate.mainSkill(), _ -> new ArrayList<>())
                    .add(candidate);
        }
        return bySkill;
    }

    private @Nullable Choice nearest(String skill, @Nullable List<Candidate> candidates, Reason reason) {
        Nearest nearest = candidates == null ? null : nearest(skill, candidates);
        return nearest == null ? null : new Choice(nearest.candidate(), reason, nearest.missing());
    }

    private record Nearest(Candidate candidate, @Nullable Missing missing) {}

    private @Nullable Nearest nearest(String skill, List<Candidate> candidates) {
        OptimalChallenge.Choice choice = challenge.choose(
                skill,
                candidates.stream()
                        .map(candidate -> new OptimalChallenge.Candidate(
                                candidate.item(),
                                candidate.mainSkill(),
                                candidate.difficulty(),
                                candidate.probability()))
                        .toList());
        OptimalChallenge.Candidate chosen = choice.chosen();
        for (Candidate candidate : candidates) {
            if (chosen != null && candidate.item().equals(chosen.item())) {
                // One that was met before comes where all were: then its distance says nothing of what new ones should
                // be.
                return new Nearest(
                        candidate,
                        Double.isNaN(candidate.recall()) ? choice.missing() : exhausted(candidate.mainSkill()));
            }
        }
        return null;
    }

    /** What is missing in a skill of which no unasked question is left. */
    public Missing exhausted(String skill) {
        return Objects.requireNonNull(challenge.choose(skill, List.of()).missing());
    }

    private static Candidate candidate(Situation situation, String item) {
        for (Candidate candidate : situation.candidates()) {
            if (candidate.item().equals(item)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no candidate " + item);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** A number from 0 to below 1 by the finaliser of splitmix64. */
    private static double unit(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
    }
}
