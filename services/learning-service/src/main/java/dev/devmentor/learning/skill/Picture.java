package dev.devmentor.learning.skill;

import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.skill.CreditLedger;
import java.util.List;
import java.util.Set;

/**
 * What a person's answers say for choosing what is next.
 *
 * @param answers that count
 * @param weights what has helped
 * @param recent main skills of the last questions, the last first
 * @param answeredSkills skills with an answer
 * @param credit what skills have gained and lost by answers in others
 */
public record Picture(
        Ratings ratings,
        int answers,
        StrategyWeights weights,
        List<String> recent,
        Set<String> answeredSkills,
        CreditLedger credit) {
    public Picture {
        recent = List.copyOf(recent);
        answeredSkills = Set.copyOf(answeredSkills);
    }
}
