package dev.devmentor.learning.path;

import static dev.devmentor.deterministic.DeterministicMath.log;

import dev.devmentor.learning.bank.Level;
import dev.devmentor.learning.skill.Ratings;

/** Wanted levels as abilities. */
final class Levels {
    /** Logit of three of four right. */
    private static final double THREE_OF_FOUR = log(3);

    private Levels() {}

    /** The ability, in logits, that gets three of four questions of a level right. */
    static double ability(Level level) {
        return Ratings.logit(level.difficulty()) + THREE_OF_FOUR;
    }
}
