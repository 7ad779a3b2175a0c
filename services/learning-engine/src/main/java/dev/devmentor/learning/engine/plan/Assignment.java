package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives cards to days with a limited number of places, at the least total cost: successive shortest paths in the graph of
 * days, where going from one day to another means to move the card there for which that costs least (R. G. Busacker and P. J.
 * Gowen, "A procedure for determining a family of minimum-cost network flow patterns", 1960; for a few days and many cards).
 *
 * <p>As many cards as can be are placed; which ones are left over if there are too few places, and which of several equally
 * good results it is, depends on the order of the cards alone.
 */
final class Assignment {
    /** Day of a card for which no place was found. */
    static final int NOWHERE = -1;

    /** What costs less than this is a rounding error, not an improvement. */
    private static final double TOLERANCE = 1e-12;

    private final double[][] cost;
    private final int[] free;
    private final int[] place;
    private final List<List<Integer>> cards = new ArrayList<>();
    private final double[][] edge; // from a full day to another: least extra cost of moving one card
    private final int[][] mover; // the card for which that is so
    private final boolean[] stale; // whether a day's edges are out of date

    private Assignment(double[][] cost, int[] places) {
        int days = places.length;
        this.cost = cost;
        this.free = places.clone();
        this.place = new int[cost.length];
        this.edge = new double[days][days];
        this.mover = new int[days][days];
        this.stale = new boolean[days];
        Arrays.fill(place, NOWHERE);
        Arrays.fill(stale, true);
        for (int day = 0; day < days; day++) {
            cards.add(new ArrayList<>());
        }
    }

    /**
     * The cheapest assignment of as many cards as there is room for.
     *
     * @param cost by card and day; infinite where a card can't go
     * @param places by day, at least 0
     * @return the day of each card, or {@link #NOWHERE}
     */
    static int[] leastCost(double[][] cost, int[] places) {
        Assignment assignment = new Assignment(cost, places);
        for (int card = 0; card < cost.length; card++) {
            assignment.insert(card);
        }
        return assignment.place;
    }

    private void insert(int card) {
        int days = free.length;
        double[] distance = cost[card].clone();
        int[] before = new int[days];
        Arrays.fill(before, NOWHERE);
        // Bellman-Ford; only full days have to pass a card on.
        boolean shorter = true;
        for (int round = 0; round < days && shorter; round++) {
            shorter = false;
            for (int from = 0; from < days; from++) {
                if (free[from] > 0
                        || distance[from] == Double.POSITIVE_INFINITY
                        || cards.get(from).isEmpty()) {
                    continue;
                }
                refresh(from);
                for (int to = 0; to < days; to++) {
                    double through = distance[from] + edge[from][to];
                    if (through < distance[to] - TOLERANCE) {
                        distance[to] = through;
                        before[to] = from;
                        shorter = true;
                    }
                }
            }
        }
        int end = NOWHERE;
        for (int day = 0; day < days; day++) {
            if (free[day] > 0
                    && distance[day] < Double.POSITIVE_INFINITY
                    && (end == NOWHERE || distance[day] < distance[end])) {
                end = day;
            }
        }
        if (end != NOWHERE) {
            free[end]--;
            pass(card, end, before);
        }
    }

    /** Moves a card along each step of the path, from its end back to where the new card comes in. */
    private void pass(int card, int end, int[] before) {
        int day = end;
        while (before[day] != NOWHERE) {
            int from = before[day];
            int moved = mover[from][day];
            cards.get(from).remove((Integer) moved);
            put(moved, day);
            day = from;
        }
        put(card, day);
    }

    private void put(int card, int day) {
        place[card] = day;
        cards.get(day).add(card);
        stale[day] = true;
    }

    private void refresh(int from) {
        if (!stale[from]) {
            return;
        }
        stale[from] = false;
        double[] edges = edge[from];
        int[] movers = mover[from];
        Arrays.fill(edges, Double.POSITIVE_INFINITY);
        for (int card : cards.get(from)) {
            double[] costs = cost[card];
            for (int to = 0; to < edges.length; to++) {
                double extra = costs[to] - costs[from];
                if (to != from && extra < edges[to]) {
                    edges[to] = extra;
                    movers[to] = card;
                }
            }
        }
    }
}
