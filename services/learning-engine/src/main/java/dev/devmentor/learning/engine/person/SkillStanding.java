package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.progress.Streak;
import dev.devmentor.learning.engine.rating.SkillRating;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person and one skill.
 *
 * @param rating ability in it beside the person's own
 * @param bloom answers by level of Bloom's taxonomy: index 0 not known, 1 remember to 6 create
 * @param tasks completed tasks that needed it
 * @param strategy that chose the newest question on it whose effect is not known yet; null if none
 * @param strategyDay local day of that question; {@link Streak#NO_DAY} if none
 */
public record SkillStanding(
        SkillRating rating,
        List<Evidence> bloom,
        int tasks,
        @Nullable String strategy,
        int strategyDay) {

    /** Levels of Bloom's taxonomy, and one for those not known. */
    static final int LEVELS = 7;

    /** Nothing known. */
    public static final SkillStanding NEW = new SkillStanding(
            SkillRating.NEW, java.util.Collections.nCopies(LEVELS, Evidence.NONE), 0, null, Streak.NO_DAY);

    /** Keeps a copy. */
    public SkillStanding {
        bloom = List.copyOf(bloom);
    }

    /**
     * Answers at one level.
     *
     * @param right of them
     */
    public record Evidence(int answers, int right) {

        /** No answer. */
        public static final Evidence NONE = new Evidence(0, 0);
    }
}
