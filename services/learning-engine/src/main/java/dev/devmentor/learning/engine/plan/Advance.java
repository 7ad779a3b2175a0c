package dev.devmentor.learning.engine.plan;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Brings forward to today some of what is due later, those cards first for which the review comes least too early.
 *
 * <p>Source: FSRS Helper, {@code schedule/advance.py}. They are taken in the order of −{@linkplain PlannedCard#strainOn
 * strain} today, and among equals long intervals go first. A card that was answered today is not brought forward.
 *
 * @param count how many to bring forward, at least 0
 */
public record Advance(int count) {
    /** How far recall may be from the wanted one for a review that is still worth its time, as strain. */
    public static final double WORTH_IT = -0.13;

    /**
     * The plan, and how much could be brought forward at little loss.
     *
     * @param worthIt cards that are due later and whose strain is above {@link #WORTH_IT}
     * @param later all cards that are due later and were not answered today
     */
    public record Result(Plan plan, int worthIt, int later) {}

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Advance {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count);
        }
    }

    /**
     * @param cards all cards of the learner that wait
     */
    public Result plan(Collection<PlannedCard> cards, int today) {
        List<PlannedCard> later = new ArrayList<>();
        int worthIt = 0;
        for (PlannedCard card : PlannedCard.sorted(cards)) {
            if (card.dueDay() > today && card.lastDay() < today) {
                later.add(card);
                if (card.strainOn(today) > WORTH_IT) {
                    worthIt++;
                }
            }
        }
        Comparator<PlannedCard> order = comparingDouble(card -> -card.strainOn(today));
        later.sort(order.thenComparing(comparingInt(PlannedCard::intervalDays).reversed())
                .thenComparing(PlannedCard::item));
        List<Move> moves = new ArrayList<>();
        for (PlannedCard card : later.subList(0, Math.min(count, later.size()))) {
            moves.add(Move.of(card, today, today, "brought forward: of what comes later it is nearest to its time"));
        }
        List<String> notes = new ArrayList<>();
        if (moves.size() < count) {
            notes.add("only " + moves.size() + " of " + count + " can be brought forward: no more is due later");
        }
        if (moves.size() > worthIt) {
            notes.add(Count.of(moves.size() - worthIt, "review") + " so early that little is learned by it");
        }
        return new Result(Plan.of(cards, today, moves, notes), worthIt, later.size());
    }
}
