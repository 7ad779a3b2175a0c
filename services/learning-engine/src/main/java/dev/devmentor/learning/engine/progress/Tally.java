package dev.devmentor.learning.engine.progress;

/**
 * Counts that achievements ask for; of answers only those with honest effort.
 *
 * @param right right answers
 * @param run right answers in a row up to now
 * @param longestRun the longest such row
 * @param hard right answers that were expected in less than 40 %
 * @param deep right answers at Bloom's levels analyze, evaluate and create
 * @param comebacks right answers to an item that was answered wrong three times or more, the last time too
 * @param remembered right answers 90 days or more after the item's last
 * @param returns days on which somebody came back after 14 days or more
 * @param skills skills with a right answer
 * @param tasks completed tasks
 */
public record Tally(
        int right,
        int run,
        int longestRun,
        int hard,
        int deep,
        int comebacks,
        int remembered,
        int returns,
        int skills,
        int tasks) {

    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
