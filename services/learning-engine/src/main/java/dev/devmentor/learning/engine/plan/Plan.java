package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be moved, and what that does to the days.
 *
 * @param moves in the order of new days and items; at most one of each card
 * @param load of each day from today to the last one that the plan touches, of 366 days at most; never empty
 * @param notes what can't be done, or should be known, with numbers, for people
 */
public record Plan(List<Move> moves, List<DayLoad> load, List<String> notes) {
    private static final int MOST_DAYS = 366;
    private static final Comparator<Move> ORDER =
            Comparator.comparingInt(Move::toDay).thenComparing(Move::item);

    /** Takes copies. */
    public Plan {
        moves = List.copyOf(moves);
        load = List.copyOf(load);
        notes = List.copyOf(notes);
    }

    /**
     * @param cards all cards of the learner, moved or not: they make the load
     */
    static Plan of(Collection<PlannedCard> cards, int today, List<Move> moves, List<String> notes) {
        List<Move> ordered = new ArrayList<>(moves);
        ordered.sort(ORDER);
        Map<String, Integer> movedTo = HashMap.newHashMap(moves.size());
        int last = today;
        for (Move move : moves) {
            if (movedTo.put(move.item(), move.toDay()) != null) {
                throw new IllegalArgumentException("moved twice: " + move.item());
            }
            last = Math.max(last, Math.max(move.fromDay(), move.toDay()));
        }
        Loads before = new Loads(today);
        Loads after = new Loads(today);
        for (PlannedCard card : cards) {
            before.add(card.dueDay(), 1);
            after.add(movedTo.getOrDefault(card.item(), card.dueDay()), 1);
        }
        last = Math.min(last, today + MOST_DAYS - 1);
        List<DayLoad> load = new ArrayList<>();
        for (int day = today; day <= last; day++) {
            load.add(new DayLoad(day, before.on(day), after.on(day)));
        }
        return new Plan(ordered, load, notes);
    }
}
