package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Cards of one group on one day: answering one gives away the others, so only the first of them stays, and the others are
 * buried until the learner's next day. Nothing moves: the next day decides anew.
 */
public final class Siblings {
    private Siblings() {}

    /**
     * A list without siblings.
     *
     * @param shown in the order in which it was
     * @param buried the others, in the order in which they were
     */
    public record Split<T>(List<T> shown, List<T> buried) {}

    /**
     * Keeps the first of each group. A card that was answered today itself, and comes back because it failed, stays too.
     *
     * @param inOrder cards in the order in which they are to be asked
     * @param group of a card
     * @param answeredToday whether a card was answered today itself
     * @param groupsOfToday groups of which a card was answered today
     */
    public static <T> Split<T> bury(
            List<T> inOrder,
            Function<? super T, String> group,
            Predicate<? super T> answeredToday,
            Collection<String> groupsOfToday) {
        Set<String> seen = new HashSet<>(groupsOfToday);
        List<T> shown = new ArrayList<>();
        List<T> buried = new ArrayList<>();
        for (T card : inOrder) {
            boolean first = seen.add(group.apply(card));
            (first || answeredToday.test(card) ? shown : buried).add(card);
        }
        return new Split<>(shown, buried);
    }
}
