package dev.devmentor.learning.engine.rating;

/**
 * What a person has done with one item. Where a scheduler looks after the item, its memory of it says more.
 *
 * @param wins right answers
 * @param losses wrong answers
 * @param lastRight whether the last answer was right; false before the first
 * @param lastSecond when the last answer was given, seconds since 1970; {@link Moment#NEVER} before the first
 */
public record ItemMemory(int wins, int losses, boolean lastRight, long lastSecond) {

    /** Never met. */
    public static final ItemMemory NEW = new ItemMemory(0, 0, false, Moment.NEVER);

    ItemMemory answered(boolean right, long second) {
        return new ItemMemory(wins + (right ? 1 : 0), losses + (right ? 0 : 1), right, Math.max(lastSecond, second));
    }
}
