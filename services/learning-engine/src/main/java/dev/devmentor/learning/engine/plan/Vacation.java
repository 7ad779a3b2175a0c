package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A break that is planned ahead: what would be due in it is answered before or after it. The days around it are filled to one
 * level, and the cards are given to their places so that the sum of what they lose is as small as it can be: the distance of
 * the {@linkplain PlannedCard#strainOn strain} from 0, so that a review at half its time costs as much as one at one and a
 * half times.
 *
 * @param fromDay first day of the break
 * @param toDay last day of it
 * @param perDay most reviews on a normal day around it, those that are due there anyway among them
 * @param daysBefore how many days before it may take cards, at least 0
 * @param daysAfter how many days after it, at least 0
 * @param easyDays on which days the learner wants less
 */
public record Vacation(int fromDay, int toDay, int perDay, int daysBefore, int daysAfter, EasyDays easyDays) {
    /** The longest break, and the most days on either side. */
    public static final int MOST_DAYS = 366;
    /** Strain that a day with less to do may cost: a quarter of the interval, about. */
    private static final double LITTLE_MORE = 0.25;

    /**
     * The plan, and whether there was room for all.
     *
     * @param inBreak cards that would be due in the break
     * @param unplaced those for which no day around it has room; they stay and wait until the break is over
     * @param neededPerDay the smallest {@code perDay} with which all find a place; −1 if none does; to less than that the
     *     days around the break are not filled
     * @param lossBefore sum of what the moved cards that come earlier lose, in units of strain
     * @param lossAfter of those that come later
     */
    public record Result(Plan plan, int inBreak, int unplaced, int neededPerDay, double lossBefore, double lossAfter) {}

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Vacation {
        if (toDay < fromDay
                || toDay - fromDay >= MOST_DAYS
                || perDay < 1
                || daysBefore < 0
                || daysBefore > MOST_DAYS
                || daysAfter < 0
                || daysAfter > MOST_DAYS) {
            throw new IllegalArgumentException("break " + fromDay + " to " + toDay + ", " + perDay + " a day, "
                    + daysBefore + " days before, " + daysAfter + " after");
        }
    }

    /**
     * @param cards all cards of the learner that wait
     * @throws IllegalArgumentException if the break is over
     */
    public Result plan(Collection<PlannedCard> cards, int today) {
        if (toDay < today) {
            throw new IllegalArgumentException("the break ended on day " + toDay + ", today is " + today);
        }
        List<PlannedCard> inBreak = new ArrayList<>();
        Loads load = new Loads(today);
        for (PlannedCard card : cards) {
            int waits = card.waitsOn(today);
            if (fromDay <= waits && waits <= toDay) {
                inBreak.add(card);
            } else {
                load.add(waits, 1);
            }
        }
        // Short intervals choose first, also where there is no room for all: they lose most by every day.
        inBreak.sort(Comparator.comparingInt(PlannedCard::intervalDays).thenComparing(PlannedCard::item));
        int[] days = daysAround(today);
        Places places = Places.on(days, load, easyDays);
        double[][] cost = new double[inBreak.size()][];
        int[] earliest = new int[cost.length];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = costs(inBreak.get(i), days, today);
            earliest[i] = inBreak.get(i).earliest(today);
        }
        int needed = places.lowestLevel(earliest);
        int level = needed == Places.NONE ? perDay : Math.min(needed, perDay);
        int[] placed = Assignment.leastCost(cost, places.at(level));
        List<Move> moves = new ArrayList<>();
        int unplaced = 0;
        double lossBefore = 0;
        double lossAfter = 0;
        for (int i = 0; i < placed.length; i++) {
            if (placed[i] == Assignment.NOWHERE) {
                unplaced++;
                continue;
            }
            int to = days[placed[i]];
            if (to < fromDay) {
                lossBefore += cost[i][placed[i]];
            } else {
                lossAfter += cost[i][placed[i]];
            }
            moves.add(Move.of(inBreak.get(i), today, to, reason(to)));
        }
        List<String> notes = new ArrayList<>();
        if (unplaced > 0) {
            notes.add("no place for " + unplaced + " of " + Count.of(inBreak.size(), "card") + " with "
                    + Count.of(perDay, "review") + " a day on the " + Count.of(days.length, "day")
                    + " around the break; "
                    + Places.wouldDo(needed) + "; what finds none waits until the break is over");
        }
        return new Result(Plan.of(cards, today, moves, notes), inBreak.size(), unplaced, needed, lossBefore, lossAfter);
    }

    /**
     * What becomes of a card that was answered after the break was planned and would now be due in it. Of the days around the
     * break that have room and cost it little more than the best of them, it gets the one with the least to do.
     *
     * @param load reviews that wait on a day, those of this card left out
     * @return nothing if it is not due in the break, or no day has room: then it waits until the break is over
     */
    public Optional<Move> keep(PlannedCard card, int today, IntUnaryOperator load) {
        int waits = card.waitsOn(today);
        boolean again = card.intervalDays() == 0; // in the same sitting, also if that is in the break
        if (again || toDay < today || waits < fromDay || toDay < waits) {
            return Optional.empty();
        }
        int[] days = Arrays.stream(daysAround(today))
                .filter(day -> day >= card.earliest(today) && load.applyAsInt(day) < easyDays.share(perDay, day))
                .toArray();
        if (days.length == 0) {
            return Optional.empty();
        }
        double least = Arrays.stream(costs(card, days, today)).min().orElseThrow();
        int to = Loads.lightest(
                Arrays.stream(days)
                        .filter(day -> Math.abs(card.strainOn(day)) <= least + LITTLE_MORE)
                        .toArray(),
                load,
                easyDays);
        return Optional.of(Move.of(card, today, to, reason(to)));
    }

    private String reason(int to) {
        return to < fromDay ? "answered before the break" : "answered after the break";
    }

    /** Days before it from today on, then days after it. */
    private int[] daysAround(int today) {
        List<Integer> days = new ArrayList<>();
        for (int day = Math.max(today, fromDay - daysBefore); day < fromDay; day++) {
            days.add(day);
        }
        for (int day = Math.max(today, toDay + 1); day <= toDay + daysAfter; day++) {
            days.add(day);
        }
        return days.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] costs(PlannedCard card, int[] days, int today) {
        double[] costs = new double[days.length];
        for (int i = 0; i < days.length; i++) {
            costs[i] = days[i] < card.earliest(today) ? Double.POSITIVE_INFINITY : Math.abs(card.strainOn(days[i]));
        }
        return costs;
    }
}
