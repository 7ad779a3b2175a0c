package dev.devmentor.learning.engine.interview;

import java.util.List;

/**
 * A skill that a text speaks of.
 *
 * @param skill id
 * @param named whether a place means this skill alone, and not a technology that it belongs to
 * @param deep whether a place speaks of depth (expert, strong)
 * @param mentions number of places, at least 1
 * @param places some of the places, at least one
 */
public record FoundSkill(String skill, boolean named, boolean deep, int mentions, List<Place> places) {
    public FoundSkill {
        places = List.copyOf(places);
        if (places.isEmpty() || mentions < 1) {
            throw new IllegalArgumentException("a skill that is found is found somewhere");
        }
    }

    /**
     * Where a text speaks of a skill.
     *
     * @param line counted from 1
     * @param term the words that name it, as they stand there
     * @param text the line, or what is around the term if the line is long
     */
    public record Place(int line, String term, String text) {}
}
