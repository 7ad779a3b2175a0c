package dev.devmentor.learning.engine.rating;

import java.util.List;

/**
 * A question as it stands before one person at one moment.
 *
 * @param person what is known of the person
 * @param skills what is known of the person in each skill of the item; may be empty
 * @param memory what the person has done with the item
 * @param root difficulty that all questions share
 * @param skillDifficulties difficulty of each skill, in the order of skills
 * @param item difficulty of the item beside the others
 * @param guess probability that somebody who knows nothing is right, at least 0 and below 1 (a quarter for one of four)
 * @param second seconds since 1970; clamped to the last answer's if it lies before
 */
public record Question(
        PersonRating person,
        List<SkillRating> skills,
        ItemMemory memory,
        SharedRating root,
        List<SharedRating> skillDifficulties,
        SharedRating item,
        double guess,
        long second) {

    /** Of average difficulty, and known for certain. */
    private static final SharedRating AVERAGE = new SharedRating(0, 0, 0, 0);

    /** A question of one skill, of average difficulty, that the person has not met and cannot guess. */
    public static Question average(PersonRating person, SkillRating skill, long second) {
        return new Question(person, List.of(skill), ItemMemory.NEW, AVERAGE, List.of(AVERAGE), AVERAGE, 0, second);
    }

    /** @throws IllegalArgumentException if there isn't one difficulty for each skill, or guess is out of range */
    public Question {
        skills = List.copyOf(skills);
        skillDifficulties = List.copyOf(skillDifficulties);
        if (skills.size() != skillDifficulties.size()) {
            throw new IllegalArgumentException(
                    skills.size() + " skills, but " + skillDifficulties.size() + " difficulties of skills");
        }
        if (!(guess >= 0 && guess < 1)) {
            throw new IllegalArgumentException("a chance of guessing of " + guess);
        }
    }
}
