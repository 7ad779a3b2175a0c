package dev.devmentor.learning.engine.plan;

import static dev.devmentor.deterministic.DeterministicMath.pow;

import dev.devmentor.learning.engine.plan.Fuzz.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Chooses days within the fuzz of an interval so that no day has much more to do than others.
 *
 * <p>{@link #days} is for a card that was just answered. Each day of the range has a weight, and one is drawn by a number
 * that follows from the card and its count of answers:
 *
 * <pre>w · (w / (n + 1))^2.15 · interval · sibling</pre>
 *
 * <p>n are the reviews that wait on the day and w is its {@linkplain EasyDays weight}; with this form the shares of the
 * days settle in proportion to w (drawing by (w/n)^p alone would settle at w^(p/(p+1))). The factor of the interval is 1 at
 * the interval itself and falls to about a half at the ends of the range, the same on both sides, so that balancing makes
 * intervals neither shorter nor longer on average. The factor of siblings is d/(d + 1), d being the days to the nearest
 * sibling's due day. A free day counts as one of the weight .0001, a day with a sibling has the
 * factor .0001: they are taken if there is nothing else.
 *
 * <p>Source of the idea and of the exponent: the load balancer of Anki ({@code states/load_balancer.rs}), which draws by
 * (1/n)^2.15 times a power of 1/interval with easy days and siblings as factors. The other factors are ours.
 *
 * <p>{@link #plan} evens out what is scheduled already.
 */
public record LoadBalance(EasyDays easyDays, int maximumDays) {
    private static final double POWER = 2.15;
    private static final double SIBLINGS_MEET = 1e-4;
    private static final int ROUNDS = 4;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the longest interval is below a day
     */
    public LoadBalance {
        if (maximumDays < 1) {
            throw new IllegalArgumentException("at most " + maximumDays + " days");
        }
    }

    /**
     * The interval of a card that was just answered.
     *
     * @param item the card
     * @param reviews how often it was answered
     * @param lastDay the day of the answer
     * @param intervalDays what the scheduler wants, not rounded
     * @param load reviews that wait on a day
     * @param siblingDays due days of the cards of the same group, in any order
     * @return whole days within {@link Fuzz#range}
     */
    public int days(
            String item,
            int reviews,
            int lastDay,
            double intervalDays,
            IntUnaryOperator load,
            Collection<Integer> siblingDays) {
        Range range = Fuzz.range(intervalDays, maximumDays);
        if (range.size() == 1) {
            return range.from();
        }
        double[] upTo = new double[range.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            int days = range.from() + i;
            int day = lastDay + days;
            sum += loadFactor(easyDays.weight(day), load.applyAsInt(day))
                    * intervalFactor(days, intervalDays, range)
                    * siblingFactor(day, siblingDays);
            upTo[i] = sum;
        }
        double drawn = Seed.unit(Seed.of(item, reviews)) * sum;
        int i = 0;
        while (i < upTo.length - 1 && upTo[i] <= drawn) {
            i++;
        }
        return range.from() + i;
    }

    /**
     * Evens out the days to come: every card may move within the fuzz of its interval, one after the other to the day with
     * the least to do for its weight, and stays where no day is better than its own. No day gets more than the fullest had
     * for its weight, and no two siblings meet on a day on which they did not.
     *
     * @param cards all cards of the learner that wait
     * @param today nothing moves to a day before tomorrow, and what is due today or overdue stays
     * @param horizonDays only cards that are due within so many days are moved, and none beyond them
     */
    public Plan plan(Collection<PlannedCard> cards, int today, int horizonDays) {
        Loads load = Loads.of(cards, today);
        Map<String, Map<Integer, Integer>> siblings = new HashMap<>();
        for (PlannedCard card : cards) {
            siblings.computeIfAbsent(card.group(), _ -> new HashMap<>()).merge(card.dueDay(), 1, Integer::sum);
        }
        List<PlannedCard> movable = new ArrayList<>();
        for (PlannedCard card : PlannedCard.sorted(cards)) {
            if (card.dueDay() > today && card.dueDay() <= today + horizonDays && card.intervalDays() > 0) {
                movable.add(card);
            }
        }
        // Those that can move least choose first; among them chance decides, not the alphabet.
        Comparator<PlannedCard> order = Comparator.<PlannedCard>comparingInt(
                        card -> range(card).size())
                .thenComparingLong(card -> Seed.of(card.item(), card.reviews()))
                .thenComparing(PlannedCard::item);
        movable.sort(order);
        Map<String, Integer> placed = new HashMap<>();
        boolean moved = true;
        for (int round = 0; round < ROUNDS && moved; round++) {
            moved = false;
            for (PlannedCard card : movable) {
                int from = placed.getOrDefault(card.item(), card.dueDay());
                Map<Integer, Integer> group = siblings.getOrDefault(card.group(), Map.of());
                int to = best(card, from, today, horizonDays, load, group);
                if (to != from) {
                    load.add(from, -1);
                    load.add(to, 1);
                    group.merge(from, -1, Integer::sum);
                    group.merge(to, 1, Integer::sum);
                    placed.put(card.item(), to);
                    moved = true;
                }
            }
        }
        List<Move> moves = new ArrayList<>();
        for (PlannedCard card : movable) {
            int to = placed.getOrDefault(card.item(), card.dueDay());
            if (to != card.dueDay()) {
                moves.add(Move.of(card, today, to, "a day with less to do within the fuzz of its interval"));
            }
        }
        return Plan.of(cards, today, moves, List.of());
    }

    private int best(PlannedCard card, int from, int today, int horizonDays, Loads load, Map<Integer, Integer> group) {
        Range range = range(card);
        int first = Math.max(today + 1, card.lastDay() + range.from());
        int last = Math.min(today + horizonDays, card.lastDay() + range.to());
        int best = from;
        double least = pressure(load.on(from), from);
        for (int day = first; day <= last; day++) {
            if (day == from || group.getOrDefault(day, 0) > 0) {
                continue;
            }
            double pressure = pressure(load.on(day) + 1, day);
            if (pressure < least || (pressure == least && best != from && nearer(day, best, card.dueDay()))) {
                best = day;
                least = pressure;
            }
        }
        return best;
    }

    private Range range(PlannedCard card) {
        return Fuzz.range(card.intervalDays(), Math.max(maximumDays, card.intervalDays()));
    }

    private static boolean nearer(int day, int than, int to) {
        return Math.abs(day - to) < Math.abs(than - to);
    }

    private double pressure(int reviews, int day) {
        return Loads.pressure(reviews, easyDays.weight(day));
    }

    private static double loadFactor(double weight, int reviews) {
        double counted = Math.max(weight, Loads.FREE);
        return counted * pow(counted / (reviews + 1), POWER);
    }

    private static double intervalFactor(int days, double interval, Range range) {
        double reach = Math.max(1, (range.size() + 1) / 2.0);
        return Math.max(0.1, 1 - Math.abs(days - interval) / (2 * reach));
    }

    private static double siblingFactor(int day, Collection<Integer> siblingDays) {
        int nearest = Integer.MAX_VALUE;
        for (int sibling : siblingDays) {
            nearest = Math.min(nearest, Math.abs(sibling - day));
        }
        if (nearest == 0) {
            return SIBLINGS_MEET;
        }
        return nearest == Integer.MAX_VALUE ? 1 : nearest / (nearest + 1.0);
    }
}
