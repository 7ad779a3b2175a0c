package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.progress.Streak;
import dev.devmentor.learning.engine.rating.ItemMemory;

/**
 * A person and one item.
 *
 * @param memory right and wrong answers, and when the last one was given
 * @param lastDay local day of the last answer with honest effort; {@link Streak#NO_DAY} before the first
 * @param rightDays days in a row on which the first such answer was right
 */
public record ItemStanding(ItemMemory memory, int lastDay, int rightDays) {

    /** Never met. */
    public static final ItemStanding NEW = new ItemStanding(ItemMemory.NEW, Streak.NO_DAY, 0);
}
