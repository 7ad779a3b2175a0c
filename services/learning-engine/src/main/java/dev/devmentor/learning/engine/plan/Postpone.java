package dev.devmentor.learning.engine.plan;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Puts off some of what is due today, those cards first that suffer least by waiting.
 *
 * <p>Source: FSRS Helper, {@code schedule/postpone.py}. Cards wait for 5 to 10 % of their interval, counted from today. They
 * are taken in the order of the {@linkplain PlannedCard#strainOn strain} that they would have after the middle of that, and
 * among equals long intervals go first. Where the helper draws the day, the one with the least to do is taken here.
 *
 * @param count how many to put off, at least 0
 * @param maximumDays the longest interval; cards that would go beyond it stay
 * @param easyDays on which days the learner wants less
 */
public record Postpone(int count, int maximumDays, EasyDays easyDays) {
    /** Strain after waiting up to which putting off counts as harmless. */
    public static final double HARMLESS = 0.15;

    private static final double SHORTEST_WAIT = 0.05;
    private static final double MIDDLE_WAIT = 0.075;
    private static final double LONGEST_WAIT = 0.10;

    /**
     * The plan, and how much could be put off without harm.
     *
     * @param harmless due cards whose strain stays below {@link #HARMLESS}
     * @param due all due cards
     */
    public record Result(Plan plan, int harmless, int due) {}

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Postpone {
        if (count < 0 || maximumDays < 1) {
            throw new IllegalArgumentException("count " + count + ", at most " + maximumDays + " days");
        }
    }

    /**
     * @param cards all cards of the learner that wait
     * @param today what is due today or before may be put off
     */
    public Result plan(Collection<PlannedCard> cards, int today) {
        Loads load = Loads.of(cards, today);
        List<PlannedCard> due = new ArrayList<>();
        int harmless = 0;
        int atTheEnd = 0;
        for (PlannedCard card : PlannedCard.sorted(cards)) {
            if (card.dueDay() > today) {
                continue;
            }
            if (strainAfter(card, today) < HARMLESS) {
                harmless++;
            }
            if (today + 1 - card.lastDay() > maximumDays) {
                atTheEnd++;
            } else {
                due.add(card);
            }
        }
        int all = due.size() + atTheEnd;
        Comparator<PlannedCard> order = comparingDouble(card -> strainAfter(card, today));
        due.sort(order.thenComparing(comparingInt(PlannedCard::intervalDays).reversed())
                .thenComparing(PlannedCard::item));
        List<Move> moves = new ArrayList<>();
        for (PlannedCard card : due.subList(0, Math.min(count, due.size()))) {
            int first = today + Math.max(1, ceil(card.intervalDays() * SHORTEST_WAIT));
            int last = today + Math.max(1, ceil(card.intervalDays() * LONGEST_WAIT));
            int limit = card.lastDay() + maximumDays;
            int to = load.lightest(Math.min(first, limit), Math.min(last, limit), easyDays);
            load.add(card.dueDay(), -1);
            load.add(to, 1);
            moves.add(Move.of(card, today, to, "put off: it suffers less by waiting than those that stay"));
        }
        List<String> notes = new ArrayList<>();
        if (moves.size() < count) {
            notes.add("only " + moves.size() + " of " + count + " can be put off: " + all + " " + Count.is(all) + " due"
                    + (atTheEnd == 0
                            ? ""
                            : ", and " + atTheEnd + " of them " + Count.is(atTheEnd) + " at the longest interval"));
        }
        if (moves.size() > harmless) {
            notes.add("without harm " + harmless + " can wait; with " + (moves.size() - harmless)
                    + " more forgetting becomes noticeable");
        }
        return new Result(Plan.of(cards, today, moves, notes), harmless, all);
    }

    private static double strainAfter(PlannedCard card, int today) {
        return card.strainOn(today + Math.max(1, (int) Math.round(card.intervalDays() * MIDDLE_WAIT)));
    }

    private static int ceil(double days) {
        return (int) Math.ceil(days);
    }
}
