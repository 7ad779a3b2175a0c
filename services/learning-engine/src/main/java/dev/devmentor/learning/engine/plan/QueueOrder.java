package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What of the due cards comes today, and in which order. Nothing moves: what does not come today is due tomorrow as it was.
 * A card that was answered today and is due again, because it failed, always comes: it was counted already.
 *
 * @param order which come first
 * @param perDay most reviews of a day, those done today among them; {@link #UNLIMITED} for all
 * @param burySiblings whether only one card of a group comes on a day
 * @param seed of the random order
 */
public record QueueOrder(ReviewOrder order, int perDay, boolean burySiblings, long seed) {
    /** No limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Longest due first, all of them, siblings or not. */
    public static final QueueOrder DEFAULT = new QueueOrder(ReviewOrder.DUE_DATE, UNLIMITED, false, 0);

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public QueueOrder {
        if (perDay < 0) {
            throw new IllegalArgumentException(perDay + " a day");
        }
    }

    /**
     * The cards of a day.
     *
     * @param shown to be asked, in this order
     * @param buried siblings of shown ones, or of ones answered today
     * @param overLimit beyond what a day may have
     */
    public record Queue(List<PlannedCard> shown, List<PlannedCard> buried, List<PlannedCard> overLimit) {}

    /**
     * Orders what is due.
     *
     * @param due cards that are due today
     * @param today the learner's day
     * @param doneToday cards answered today
     * @param groupsDoneToday groups of the cards answered today
     * @param weakness as in {@link ReviewOrder#comparator}
     */
    public Queue queue(
            Collection<PlannedCard> due,
            int today,
            int doneToday,
            Collection<String> groupsDoneToday,
            ToDoubleFunction<PlannedCard> weakness) {
        List<PlannedCard> inOrder = new ArrayList<>(due);
        inOrder.sort(order.comparator(today, weakness, seed));
        Siblings.Split<PlannedCard> split = burySiblings
                ? Siblings.bury(inOrder, PlannedCard::group, card -> card.lastDay() >= today, groupsDoneToday)
                : new Siblings.Split<>(inOrder, List.of());
        int room = Math.max(0, perDay - doneToday);
        List<PlannedCard> shown = new ArrayList<>();
        List<PlannedCard> overLimit = new ArrayList<>();
        for (PlannedCard card : split.shown()) {
            if (card.lastDay() >= today) {
                shown.add(card);
            } else {
                (room-- > 0 ? shown : overLimit).add(card);
            }
        }
        return new Queue(List.copyOf(shown), List.copyOf(split.buried()), List.copyOf(overLimit));
    }
}
