package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives cards to days with a limited number of places, at the least total cost: successive shortest paths in the graph of
 * days, where going from one day to another means to move the card there for which that costs least (R. G. Busacker and P. J.
 * Gowen, "A procedure for determining a family of minimum-cost network flow patterns", 1960; for a few days and many cards).
 * The time grows with the number of cards and the square of the number of days.
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
    private final List<List<Integer>> cards = new ArrayList<>(); // of days that are not full
    private final @Nullable Movers[] movers; // of days that are full, or were
    private final double[][] edge; // from a full day to another: least extra cost of moving one card
    private final boolean[] stale; // whether a day's edges are out of date

    private Assignment(double[][] cost, int[] places) {
        int days = places.length;
        this.cost = cost;
        this.free = places.clone();
        this.place = new int[cost.length];
        this.movers = new Movers[days];
        this.edge = new double[days][days];
        this.stale = new boolean[days];
        Arrays.fill(place, NOWHERE);
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
        shorten(distance, before);
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

    /** Bellman and Ford: ways over full days, each of which passes a card on; from others nobody has to move. */
    private void shorten(double[] distance, int[] before) {
        int days = free.length;
        boolean[] changed = new boolean[days];
        Arrays.fill(changed, true);
        boolean shorter = true;
        for (int round = 0; round < days && shorter; round++) {
            shorter = false;
            for (int from = 0; from < days; from++) {
                if (!changed[from] || free[from] > 0 || distance[from] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                changed[from] = false;
                double[] edges = edgesOf(from);
                for (int to = 0; to < days; to++) {
                    double through = distance[from] + edges[to];
                    if (through < distance[to] - TOLERANCE) {
                        distance[to] = through;
                        before[to] = from;
                        changed[to] = true;
                        shorter = true;
                    }
                }
            }
        }
    }

    /** Moves a card along each step of the path, from its end back to where the new card comes in. */
    private void pass(int card, int end, int[] before) {
        int day = end;
        while (before[day] != NOWHERE) {
            int from = before[day];
            int moved = moversOf(from).cheapest(day);
            put(moved, day);
            stale[from] = true;
            day = from;
        }
        put(card, day);
    }

    private void put(int card, int day) {
        place[card] = day;
        stale[day] = true;
        Movers known = movers[day];
        if (known == null) {
            cards.get(day).add(card);
        } else {
            known.add(card);
        }
    }

    private Movers moversOf(int day) {
        Movers known = movers[day];
        if (known == null) {
            known = new Movers(day);
            cards.get(day).forEach(known::add);
            cards.get(day).clear();
            movers[day] = known;
            stale[day] = true;
        }
        return known;
    }

    private double[] edgesOf(int from) {
        Movers known = moversOf(from);
        double[] edges = edge[from];
        if (stale[from]) {
            stale[from] = false;
            for (int to = 0; to < edges.length; to++) {
                int cheapest = to == from ? NOWHERE : known.cheapest(to);
                edges[to] = cheapest == NOWHERE ? Double.POSITIVE_INFINITY : cost[cheapest][to] - cost[cheapest][from];
            }
        }
        return edges;
    }

    /** The cards of a day, for each other day by what moving them there costs more; who has left is passed over. */
    private final class Movers {
        private final int from;
        private final Heap[] heaps;

        Movers(int from) {
            this.from = from;
            this.heaps = new Heap[free.length];
            for (int to = 0; to < heaps.length; to++) {
                heaps[to] = new Heap(from, to);
            }
        }

        void add(int card) {
            for (int to = 0; to < heaps.length; to++) {
                if (to != from && cost[card][to] < Double.POSITIVE_INFINITY) {
                    heaps[to].add(card);
                }
            }
        }

        int cheapest(int to) {
            return heaps[to].first();
        }
    }

    /** A binary heap of cards; of equal ones the first comes first, so that nothing depends on its history. */
    private final class Heap {
        private final int from;
        private final int to;
        private int[] items = new int[4];
        private int size;

        Heap(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private boolean isBefore(int a, int b) {
            double costOfA = cost[a][to] - cost[a][from];
            double costOfB = cost[b][to] - cost[b][from];
            return costOfA < costOfB || (costOfA == costOfB && a < b);
        }

        void add(int card) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
            }
            int i = size++;
            while (i > 0 && isBefore(card, items[(i - 1) / 2])) {
                items[i] = items[(i - 1) / 2];
                i = (i - 1) / 2;
            }
            items[i] = card;
        }

        /** The cheapest card that is still there; {@link #NOWHERE} if none is. */
        int first() {
            while (size > 0 && place[items[0]] != from) {
                removeFirst();
            }
            return size == 0 ? NOWHERE : items[0];
        }

        private void removeFirst() {
            int last = items[--size];
            int i = 0;
            while (2 * i + 1 < size) {
                int child = 2 * i + 1;
                if (child + 1 < size && isBefore(items[child + 1], items[child])) {
                    child++;
                }
                if (!isBefore(items[child], last)) {
                    break;
                }
                items[i] = items[child];
                i = child;
            }
            items[i] = last;
        }
    }
}
