package dev.devmentor.learning.engine.plan;

import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** In which order cards that are due are taken. Cards that are equal in it follow in the order of their items. */
public enum ReviewOrder {
    /** Longest due first. */
    DUE_DATE("due-date"),
    /** Least likely to be recalled first. */
    RECALL_ASCENDING("recall-ascending"),
    /** Most likely to be recalled first: what is nearly forgotten waits, what can be saved is saved. */
    RECALL_DESCENDING("recall-descending"),
    /** Longest overdue beside its interval first, measured by the odds of forgetting. */
    RELATIVE_OVERDUENESS("relative-overdueness"),
    /** Easy cards first; what has no difficulty comes last. */
    DIFFICULTY_ASCENDING("difficulty-ascending"),
    /** Difficult cards first; what has no difficulty comes last. */
    DIFFICULTY_DESCENDING("difficulty-descending"),
    /** Cards of the skills in which the learner is weakest first. */
    SKILL_WEAKNESS("skill-weakness"),
    /** By chance, but by the same chance every time. */
    RANDOM("random");

    private final String wireName;

    ReviewOrder(String wireName) {
        this.wireName = wireName;
    }

    /** The name outside. */
    public String wireName() {
        return wireName;
    }

    /**
     * The order of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static ReviewOrder ofWireName(String name) {
        StringBuilder all = new StringBuilder();
        for (ReviewOrder order : values()) {
            if (order.wireName.equals(name)) {
                return order;
            }
            all.append(all.isEmpty() ? "" : ", ").append(order.wireName);
        }
        throw new IllegalArgumentException("an order is one of " + all);
    }

    /**
     * Compares cards.
     *
     * @param today the day on which recall counts
     * @param weakness of a card: of its weakest skill, larger if weaker; asked by {@link #SKILL_WEAKNESS} only
     * @param seed of {@link #RANDOM}
     */
    public Comparator<PlannedCard> comparator(int today, ToDoubleFunction<PlannedCard> weakness, long seed) {
        Comparator<PlannedCard> order = switch (this) {
            case DUE_DATE -> Comparator.comparingInt(PlannedCard::dueDay);
            case RECALL_ASCENDING -> Comparator.comparingDouble(card -> card.recallOn(today));
            case RECALL_DESCENDING -> Comparator.comparingDouble(card -> -card.recallOn(today));
            case RELATIVE_OVERDUENESS -> Comparator.comparingDouble(card -> -card.strainOn(today));
            case DIFFICULTY_ASCENDING -> Comparator.comparingDouble(PlannedCard::difficulty);
            case DIFFICULTY_DESCENDING -> Comparator.comparingDouble(card -> -card.difficulty());
            case SKILL_WEAKNESS -> Comparator.comparingDouble(card -> -weakness.applyAsDouble(card));
            case RANDOM -> Comparator.comparingLong(card -> Seed.of(card.item(), seed));
        };
        return order.thenComparing(PlannedCard::item);
    }
}
