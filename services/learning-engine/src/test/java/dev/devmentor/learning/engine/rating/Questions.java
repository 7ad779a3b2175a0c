package dev.devmentor.learning.engine.rating;

import java.util.List;

/** Questions for tests. */
final class Questions {

    /** A difficulty that is known as well as anything. */
    static final SharedRating KNOWN = new SharedRating(0, 0, 1e-4, 1_000_000);

    private Questions() {}

    static Question ofItem(PersonRating person, SharedRating item, double guess, long second) {
        return new Question(person, List.of(), ItemMemory.NEW, KNOWN, List.of(), item, guess, second);
    }

    static Question known(PersonRating person, double difficulty, long second) {
        return ofItem(person, new SharedRating(0, difficulty, 1e-4, 1_000), 0, second);
    }
}
