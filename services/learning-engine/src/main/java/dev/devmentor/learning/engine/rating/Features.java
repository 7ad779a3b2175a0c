package dev.devmentor.learning.engine.rating;

import static dev.devmentor.deterministic.DeterministicMath.log;

import dev.devmentor.learning.engine.rating.Rating.Expectation;
import java.util.List;

/**
 * What the {@link Layer} looks at, each on a scale of about 1.
 *
 * <p>The first three are the filter's own parts; with weight 1 each and 0 for the rest the layer repeats the filter. The
 * others are counts of successes and failures by skill (P. I. Pavlik, H. Cen, K. R. Koedinger, "Performance factors
 * analysis", AIED 2009), their recent forms (A. Galyardt, I. Goldin, "Move your lamp post: recent data reflects learner
 * knowledge better than older data", JEDM 7/2, 2015), counts by item and by time passed (B. Choffin et al., "DAS3H",
 * EDM 2019), and counts over all skills (T. Gervet et al., "When is deep learning the best approach to knowledge
 * tracing?", JEDM 12/3, 2020).
 */
public final class Features {

    /** Names, in the order of the values. */
    public static final List<String> NAMES = List.of(
            "person",
            "skill",
            "difficulty",
            "constant",
            "confidence",
            "all right",
            "all wrong",
            "form",
            "trend",
            "last right",
            "last wrong",
            "pause",
            "skill right",
            "skill wrong",
            "skill right lately",
            "skill wrong lately",
            "skill form",
            "skill pause",
            "skill new",
            "item right",
            "item wrong",
            "item last right",
            "item last wrong",
            "item pause after right",
            "item pause after wrong",
            "item unknown");

    /** Number of features. */
    static final int COUNT = NAMES.size();

    private Features() {}

    /**
     * The values for a question.
     *
     * @return an array of its own, as long as {@link #NAMES}
     */
    static double[] of(Question question, Expectation expectation) {
        double[] x = new double[COUNT];
        PersonRating person = question.person();
        double shrink = expectation.shrink();
        double ability = person.ability().mean();
        double difficulty = question.root().difficulty() + question.item().difficulty();
        double deviation = 0;
        double right = 0;
        double wrong = 0;
        double freshRight = 0;
        double freshWrong = 0;
        double form = 0;
        double pause = 0;
        double unseen = 0;
        int count = question.skills().size();
        for (int i = 0; i < count; i++) {
            SkillRating skill = question.skills().get(i);
            double fresh = Rating.freshness(skill, question.second());
            deviation += skill.deviation().mean() / count;
            difficulty += question.skillDifficulties().get(i).difficulty() / count;
            right += logCount(skill.wins()) / count;
            wrong += logCount(skill.losses()) / count;
            freshRight += logCount(skill.freshWins() * fresh) / count;
            freshWrong += logCount(skill.freshLosses() * fresh) / count;
            form += skill.form() / count;
            pause += logPause(skill.lastSecond(), question.second()) / count;
            unseen += skill.answers() == 0 ? 1.0 / count : 0;
        }
        double z = shrink * expectation.logit();
        x[0] = shrink * ability;
        x[1] = shrink * deviation;
        x[2] = -shrink * difficulty;
        x[3] = 1;
        x[4] = z * Math.abs(z) / 4;
        x[5] = logCount(person.wins()) / 2;
        x[6] = logCount(person.losses()) / 2;
        x[7] = 2 * person.form();
        x[8] = 4 * person.trend();
        x[9] = person.answers() > 0 && person.lastRight() ? 1 : 0;
        x[10] = person.answers() > 0 && !person.lastRight() ? 1 : 0;
        x[11] = logPause(person.lastSecond(), question.second());
        x[12] = right;
        x[13] = wrong;
        x[14] = freshRight;
        x[15] = freshWrong;
        x[16] = 2 * form;
        x[17] = pause;
        x[18] = unseen;
        ItemMemory memory = question.memory();
        double itemPause = logPause(memory.lastSecond(), question.second());
        boolean met = memory.wins() + memory.losses() > 0;
        x[19] = logCount(memory.wins());
        x[20] = logCount(memory.losses());
        x[21] = met && memory.lastRight() ? 1 : 0;
        x[22] = met && !memory.lastRight() ? 1 : 0;
        x[23] = x[21] * itemPause;
        x[24] = x[22] * itemPause;
        x[25] = Math.sqrt(question.item().variance() / SharedRating.ITEM.variance());
        return x;
    }

    private static double logCount(double count) {
        return log(1 + count);
    }

    /** ln(1 + hours) / 4: 0 at once, .8 after a day, 1.6 after a month. */
    private static double logPause(long lastSecond, long second) {
        return log(1 + 24 * Moment.days(lastSecond, second)) / 4;
    }
}
