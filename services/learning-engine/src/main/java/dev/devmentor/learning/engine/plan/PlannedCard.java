package dev.devmentor.learning.engine.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What planning needs to know of a card. Days are days of the learner, counted from 1970-01-01.
 *
 * @param item the card
 * @param group cards of one group are siblings, such as the clozes of one note; the item itself if it has none
 * @param skills what it exercises
 * @param dueDay when it is due
 * @param lastDay when it was last answered
 * @param intervalDays days from the last answer to the due day that the scheduler gave, at least 0
 * @param reviews how often it was answered
 * @param lapses how often it was forgotten after it had been known
 * @param difficulty 1 to 10; NaN if not known
 * @param wantedRecall probability of recall at which it should be asked, above 0 and below 1
 * @param recall probability of recall by days since the last answer, falling, 0 to 1
 */
public record PlannedCard(
        String item,
        String group,
        List<String> skills,
        int dueDay,
        int lastDay,
        int intervalDays,
        int reviews,
        int lapses,
        double difficulty,
        double wantedRecall,
        DoubleUnaryOperator recall) {

    private static final double LEAST_RECALL = 1e-6;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public PlannedCard {
        skills = List.copyOf(skills);
        if (intervalDays < 0 || reviews < 0 || lapses < 0 || !(wantedRecall > 0 && wantedRecall < 1)) {
            throw new IllegalArgumentException("interval " + intervalDays + ", reviews " + reviews + ", lapses "
                    + lapses + ", wanted recall " + wantedRecall);
        }
    }

    /** Probability of recall on a day, 0 to 1; on the day of the last answer and before it, as right after it. */
    public double recallOn(int day) {
        return recall.applyAsDouble(Math.max(0, day - lastDay));
    }

    /**
     * How far a day lies off the right one, measured by the odds of forgetting, (1 − R)/R: 0 where recall is as wanted, −1
     * right after the last answer, 1 where the odds are twice the wanted ones. With a power-law curve this is near to the
     * overdue time divided by the interval.
     *
     * <p>Source: FSRS Helper orders by it what it postpones and advances ({@code schedule/postpone.py}).
     */
    public double strainOn(int day) {
        return odds(recallOn(day)) / odds(wantedRecall) - 1;
    }

    /** The day on which it waits to be answered: the due day, or today if that is past. */
    int waitsOn(int today) {
        return Math.max(dueDay, today);
    }

    /** The first day on which it can be answered again without being answered twice on one day. */
    int earliest(int today) {
        return Math.max(today, lastDay + 1);
    }

    /** In the order of items, so that no plan depends on how its cards were handed over. */
    static List<PlannedCard> sorted(Collection<PlannedCard> cards) {
        return cards.stream().sorted(Comparator.comparing(PlannedCard::item)).toList();
    }

    private static double odds(double recall) {
        double known = Math.max(recall, LEAST_RECALL);
        return (1 - known) / known;
    }
}
