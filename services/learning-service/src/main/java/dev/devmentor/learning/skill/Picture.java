package dev.devmentor.learning.skill;

import dev.devmentor.learning.engine.choice.StrategyWeights;
import java.util.List;
import java.util.Set;

/**
 * What a person's answers say for choosing what is next.
 *
 * @param answers that count
 * @param weights what has helped
 * @param recent main skills of the last questions, the last first
 * @param answeredSkills skills with an answer
 * @param session the work since the last pause of half an hour
 */
public record Picture(
        Ratings ratings,
        int answers,
        StrategyWeights weights,
        List<String> recent,
        Set<String> answeredSkills,
        Session session) {
    public Picture {
        recent = List.copyOf(recent);
        answeredSkills = Set.copyOf(answeredSkills);
    }

    /**
     * Work without a pause.
     *
     * @param startMicros microseconds since 1970; {@link Ratings#NEVER} if nobody has answered anything
     * @param lastMicros the last answer
     * @param answers in it
     * @param surprise moving mean of right minus expected over its last answers, -1 to 1
     */
    public record Session(long startMicros, long lastMicros, int answers, double surprise) {
        /** No answer yet. */
        public static final Session NONE = new Session(Ratings.NEVER, Ratings.NEVER, 0, 0);
    }
}
