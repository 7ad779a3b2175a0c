package dev.devmentor.learning.engine.plan;

/**
 * A card gets another due day.
 *
 * @param item the card
 * @param fromDay the due day that it had
 * @param toDay the due day that it gets
 * @param recallBefore predicted recall on the day on which it would have been answered at the earliest
 * @param recallAfter predicted recall on the new day
 * @param reason why, for people
 */
public record Move(String item, int fromDay, int toDay, double recallBefore, double recallAfter, String reason) {
    static Move of(PlannedCard card, int today, int toDay, String reason) {
        return new Move(
                card.item(), card.dueDay(), toDay, card.recallOn(card.waitsOn(today)), card.recallOn(toDay), reason);
    }
}
