package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.rating.SkillRating;
import java.util.Collections;
import java.util.List;

/**
 * A person and one skill.
 *
 * @param rating ability in it beside the person's own
 * @param bloom answers by level of Bloom's taxonomy: index 0 not known, 1 remember to 6 create
 * @param tasks completed tasks that needed it
 */
public record SkillStanding(SkillRating rating, List<Evidence> bloom, int tasks) {

    /** Levels of Bloom's taxonomy, and one for those not known. */
    static final int LEVELS = 7;

    /** Nothing known. */
    public static final SkillStanding NEW =
            new SkillStanding(SkillRating.NEW, Collections.nCopies(LEVELS, Evidence.NONE), 0);

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
