package dev.devmentor.learning.engine.choice;

import static dev.devmentor.deterministic.DeterministicMath.log;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the question whose probability of a right answer lies nearest to the target, in logits; and where none is near,
 * says what is missing.
 *
 * <p>Source of the target: Maths Garden samples items at a mean of .75 (S. Klinkenberg, M. Straatemeier, H. L. J. van der
 * Maas, "Computer adaptive practice of maths ability using a new item response model for on the fly ability and difficulty
 * estimation", Computers and Education 57/2, 2011).
 *
 * @param target wanted probability of a right answer, above 0 and below 1
 * @param tolerance how many logits the chosen question may lie off before the pool counts as starved
 */
public record OptimalChallenge(double target, double tolerance) {

    /** Three of four right; a question may lie 5 points off, which are .27 logits there. */
    public static final OptimalChallenge DEFAULT = new OptimalChallenge(0.75, 0.27);

    private static final double RANGE = 10; // logits

    /** Checks the range. */
    public OptimalChallenge {
        if (!(target > 0 && target < 1 && tolerance > 0)) {
            throw new IllegalArgumentException("target " + target + " with tolerance " + tolerance);
        }
    }

    /**
     * A question that could be asked.
     *
     * @param item id
     * @param skill what it exercises, for the message about missing items
     * @param difficulty of the item with its skills, logits
     * @param probability of a right answer by this person now, above 0 and below 1
     */
    public record Candidate(String item, String skill, double difficulty, double probability) {}

    /**
     * Items that would be needed.
     *
     * @param skill in which
     * @param from lowest difficulty that would do, logits
     * @param to highest difficulty that would do, logits
     * @param reason one sentence for people
     */
    public record Missing(String skill, double from, double to, String reason) {}

    /**
     * What to ask.
     *
     * @param chosen the best candidate; null if there was none
     * @param offLogits how far it lies from the target: above 0 if it is too easy
     * @param missing what the pool lacks; null if the chosen one lies within the tolerance
     */
    public record Choice(
            @Nullable Candidate chosen,
            double offLogits,
            @Nullable Missing missing) {}

    /**
     * The difficulty that meets the target, for a query of items around it.
     *
     * @param probability of a right answer by difficulty (logits), falling
     * @return logits, within -10 and 10, to 10<sup>-6</sup>
     */
    public double wantedDifficulty(DoubleUnaryOperator probability) {
        double low = -RANGE;
        double high = RANGE;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (probability.applyAsDouble(middle) > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * Chooses. Of equally near ones the smaller id wins, so that the choice depends on nothing else.
     *
     * @param skill what the person is to practise, for the message
     * @param candidates not yet asked, in any order
     */
    public Choice choose(String skill, List<Candidate> candidates) {
        Candidate best = null;
        double bestOff = 0;
        double wanted = logit(target);
        for (Candidate candidate : candidates) {
            double off = logit(candidate.probability()) - wanted;
            if (best == null
                    || Math.abs(off) < Math.abs(bestOff)
                    || (Math.abs(off) == Math.abs(bestOff) && candidate.item().compareTo(best.item()) < 0)) {
                best = candidate;
                bestOff = off;
            }
        }
        if (best == null) {
            return new Choice(
                    null,
                    0,
                    new Missing(
                            skill,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            "no unasked item of skill " + skill + " is left"));
        }
        if (Math.abs(bestOff) <= tolerance) {
            return new Choice(best, bestOff, null);
        }
        double ideal = best.difficulty() + bestOff;
        return new Choice(
                best,
                bestOff,
                new Missing(
                        best.skill(),
                        ideal - tolerance,
                        ideal + tolerance,
                        "the nearest unasked item of skill " + best.skill() + " is too "
                                + (bestOff > 0 ? "easy" : "hard")));
    }

    /** Whether a question is harder than the target wants, beyond the tolerance. */
    public boolean isHard(double probability) {
        return logit(probability) - logit(target) < -tolerance;
    }

    private static double logit(double p) {
        return log(p / (1 - p));
    }
}
