package dev.devmentor.learning.engine.rating;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.pow;

import java.util.ArrayList;
import java.util.List;

/**
 * The rating: online logistic regression with uncertainty.
 *
 * <p>The logit of an answer is z = ability + mean deviation of the item's skills - difficulty (of everything, of the
 * skills, of the item); the probability is c + (1 - c) sigma(z / sqrt(1 + pi V / 8)), where V is the variance of z and c
 * the chance of guessing. An answer moves every part by its share of the variance, as in an extended Kalman filter; with
 * fixed steps instead this is Elo (R. Pelanek, "Applications of the Elo rating system in adaptive educational systems",
 * Computers and Education 98, 2016), with the variance it is close to Glicko (M. E. Glickman, "Parameter estimation in
 * large dynamic paired comparison experiments", Applied Statistics 48/3, 1999). The moderated probability is from D. J. C.
 * MacKay, "The evidence framework applied to classification networks", Neural Computation 4/5, 1992.
 *
 * <p>Parts of a person change at once; parts that people share wait for the end of their epoch (see {@link Evidence}).
 * Every function is pure and gives the same bits everywhere.
 */
public final class Rating {

    /** Variance of ability in a population, by convention of item response theory. */
    static final double ABILITY_VARIANCE = 1;

    /** Variance of a skill's deviation: people differ less within themselves than from one another. */
    static final double DEVIATION_VARIANCE = 0.5;

    /** Ability moves by some .02 logits an answer, in no known direction. */
    private static final double ABILITY_GROWTH = 0.0005;

    /** A skill that is being learnt moves faster. */
    private static final double DEVIATION_GROWTH = 0.004;

    /** Absence makes ability uncertain by this much a day. */
    private static final double ABILITY_GROWTH_PER_DAY = 0.001;

    private static final double DEVIATION_GROWTH_PER_DAY = 0.005;

    private static final double PI_OVER_8 = 0.39269908169872414;

    private static final double FORM_STEP = 0.25;
    private static final double TREND_STEP = 0.06;

    private Rating() {}

    /**
     * What the filter expects of an answer.
     *
     * @param logit mean of z
     * @param variance of z
     * @param shrink factor on the logit that stands for the uncertainty, 0 to 1
     * @param probability of a right answer
     */
    public record Expectation(double logit, double variance, double shrink, double probability) {}

    /**
     * Everything after an answer.
     *
     * @param expectation what was expected before it
     * @param person the person, afterwards
     * @param skills the person in each skill of the item
     * @param memory the person with the item
     * @param root evidence about the difficulty of everything
     * @param skillEvidence evidence about the difficulty of each skill
     * @param item evidence about the item
     */
    public record Step(
            Expectation expectation,
            PersonRating person,
            List<SkillRating> skills,
            ItemMemory memory,
            Evidence root,
            List<Evidence> skillEvidence,
            Evidence item) {}

    /** The probability of a right answer. */
    public static Expectation expect(Question question) {
        Track ability = aged(question.person(), question.second());
        double logit =
                ability.mean() - question.root().difficulty() - question.item().difficulty();
        double variance = ability.variance()
                + question.root().variance()
                + question.item().variance();
        int count = question.skills().size();
        double deviation = 0;
        double deviationVariance = 0;
        for (int i = 0; i < count; i++) {
            Track track = aged(question.skills().get(i), question.second());
            SharedRating difficulty = question.skillDifficulties().get(i);
            deviation += track.mean() - difficulty.difficulty();
            deviationVariance += track.variance() + difficulty.variance();
        }
        if (count > 0) {
            logit += deviation / count;
            variance += deviationVariance / (count * count);
        }
        double shrink = 1 / Math.sqrt(1 + PI_OVER_8 * variance);
        double probability = question.guess() + (1 - question.guess()) * sigmoid(shrink * logit);
        return new Expectation(logit, variance, shrink, probability);
    }

    /** What is known after the answer. */
    public static Step answered(Question question, boolean right) {
        Expectation expectation = expect(question);
        double p = expectation.probability();
        // p = c + (1 - c) s, so (1 - c) s (1 - s) = (p - c)(1 - p) / (1 - c)
        double slope = (p - question.guess()) * (1 - p) / (1 - question.guess());
        double error = (right ? 1 : 0) - p;
        double score = error * slope / (p * (1 - p));
        double information = slope * slope / (p * (1 - p));
        double total = expectation.variance();
        long second = question.second();

        PersonRating person = question.person();
        PersonRating nextPerson = new PersonRating(
                aged(person, second).observed(1, score, information, total, ABILITY_VARIANCE),
                person.wins() + (right ? 1 : 0),
                person.losses() + (right ? 0 : 1),
                person.form() + FORM_STEP * (error - person.form()),
                person.trend() + TREND_STEP * (error - person.trend()),
                right,
                Math.max(person.lastSecond(), second));

        int count = question.skills().size();
        List<SkillRating> nextSkills = new ArrayList<>(count);
        List<Evidence> skillEvidence = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SkillRating skill = question.skills().get(i);
            double fresh = freshness(skill, second);
            nextSkills.add(new SkillRating(
                    aged(skill, second).observed(1.0 / count, score, information, total, DEVIATION_VARIANCE),
                    skill.wins() + (right ? 1 : 0),
                    skill.losses() + (right ? 0 : 1),
                    skill.freshWins() * fresh + (right ? 1 : 0),
                    skill.freshLosses() * fresh + (right ? 0 : 1),
                    skill.form() + FORM_STEP * (error - skill.form()),
                    Math.max(skill.lastSecond(), second)));
            skillEvidence.add(
                    evidence(question.skillDifficulties().get(i).variance(), 1.0 / count, score, information, total));
        }
        return new Step(
                expectation,
                nextPerson,
                List.copyOf(nextSkills),
                question.memory().answered(right, second),
                evidence(question.root().variance(), 1, score, information, total),
                List.copyOf(skillEvidence),
                evidence(question.item().variance(), 1, score, information, total));
    }

    /**
     * What one answer says of one level of difficulty. The uncertainty of all else, the other levels too, dilutes it.
     * Levels of a question see the same error and all step at the end of the epoch, so that the first epochs overshoot a
     * little and the next ones, with more certainty, come back; on generated answers that costs nothing with epochs of up to
     * 10 000 answers, while dividing the error among the levels costs .006 of AUC where items are many and answers few.
     */
    private static Evidence evidence(double variance, double share, double score, double information, double total) {
        double others = 1 + information * (total - share * share * variance);
        return Evidence.of(-score * share / others, share * share * information / others);
    }

    private static Track aged(PersonRating person, long second) {
        return person.ability()
                .drifted(
                        person.answers() == 0
                                ? 0
                                : ABILITY_GROWTH + ABILITY_GROWTH_PER_DAY * Moment.days(person.lastSecond(), second),
                        ABILITY_VARIANCE);
    }

    private static Track aged(SkillRating skill, long second) {
        return skill.deviation()
                .drifted(
                        skill.answers() == 0
                                ? 0
                                : DEVIATION_GROWTH + DEVIATION_GROWTH_PER_DAY * Moment.days(skill.lastSecond(), second),
                        DEVIATION_VARIANCE);
    }

    /** One half per day. */
    static double freshness(SkillRating skill, long second) {
        return pow(0.5, Math.min(Moment.days(skill.lastSecond(), second), 1_000));
    }

    static double sigmoid(double z) {
        return 1 / (1 + exp(-z));
    }
}
