package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Works off what is overdue, so much a day, in an order that the learner chose. What falls due on its own on a day goes
 * before: the backlog gets what is left of the daily limit.
 *
 * @param rate most cards of the backlog on a normal day, at least 1
 * @param perDay most reviews of all kinds on a normal day, at least 1
 * @param order which come first
 * @param seed of the random order
 * @param easyDays on which days the learner wants less
 */
public record Backlog(int rate, int perDay, ReviewOrder order, long seed, EasyDays easyDays) {
    /** So many days are looked ahead. */
    public static final int HORIZON = 365;

    /**
     * A day of the plan.
     *
     * @param day days since 1970-01-01
     * @param dueAnyway reviews that fall due on it without the backlog
     * @param worked cards of the backlog that it takes
     * @param remaining cards of the backlog that are left after it
     */
    public record Day(int day, int dueAnyway, int worked, int remaining) {}

    /**
     * The plan day by day.
     *
     * @param days from today to the one after which nothing remains, or to the horizon
     * @param backlog cards that were due today or before
     * @param unplaced those that the horizon does not reach
     * @param expectedRecalled how many of the placed ones will probably be recalled on their days; compares orders
     */
    public record Result(Plan plan, List<Day> days, int backlog, int unplaced, double expectedRecalled) {}

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Backlog {
        if (rate < 1 || perDay < 1) {
            throw new IllegalArgumentException("rate " + rate + ", " + perDay + " a day");
        }
    }

    /**
     * @param cards all cards of the learner that wait
     * @param weakness as in {@link ReviewOrder#comparator}
     */
    public Result plan(Collection<PlannedCard> cards, int today, ToDoubleFunction<PlannedCard> weakness) {
        List<PlannedCard> backlog = new ArrayList<>();
        Loads regular = new Loads(today);
        for (PlannedCard card : cards) {
            if (card.dueDay() <= today) {
                backlog.add(card);
            } else {
                regular.add(card.dueDay(), 1);
            }
        }
        backlog.sort(order.comparator(today, weakness, seed));
        List<Day> days = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        double recalled = 0;
        int next = 0;
        int full = 0;
        for (int day = today; day < today + HORIZON && next < backlog.size(); day++) {
            int due = regular.on(day);
            int left = easyDays.share(perDay, day) - due;
            int worked = Math.clamp(Math.min(left, easyDays.share(rate, day)), 0, backlog.size() - next);
            if (worked == 0 && easyDays.weight(day) > 0) {
                full++;
            }
            for (int i = 0; i < worked; i++) {
                PlannedCard card = backlog.get(next++);
                recalled += card.recallOn(day);
                if (day > today) {
                    moves.add(Move.of(card, today, day, "its turn in the backlog: " + order.wireName()));
                }
            }
            days.add(new Day(day, due, worked, backlog.size() - next));
        }
        List<String> notes = new ArrayList<>();
        int unplaced = backlog.size() - next;
        if (unplaced > 0) {
            notes.add(unplaced + " of " + Count.of(backlog.size(), "card") + " left after " + HORIZON + " days; on "
                    + full + " of them there is no room beside what falls due anyway");
        }
        return new Result(Plan.of(cards, today, moves, notes), days, backlog.size(), unplaced, recalled);
    }
}
