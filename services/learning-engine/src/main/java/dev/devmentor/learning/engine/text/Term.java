package dev.devmentor.learning.engine.text;

import java.util.List;
import java.util.Map;

/**
 * Something that a text speaks of.
 *
 * @param key stems of its words; what counts as one term
 * @param text as it is written most often
 * @param forms how often it is written how
 * @param places where it stands, in the order of the text
 * @param score 0 to 1, 1 for what the text turns about most
 * @param proper whether it is a name, in a language that writes only names with a capital
 */
record Term(
        String key, String text, Map<String, Integer> forms, List<Occurrence> places, double score, boolean proper) {

    /** Words {@code first} to {@code last} (inclusive) of a sentence's tokens. */
    record Occurrence(int sentence, int first, int last) {}

    Term {
        forms = Map.copyOf(forms);
        places = List.copyOf(places);
    }

    int words() {
        return key.split(" ").length;
    }

    boolean isAcronym() {
        long capitals = text.chars().filter(Character::isUpperCase).count();
        return capitals >= 2 && capitals + 1 >= text.length();
    }
}
