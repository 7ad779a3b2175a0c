package dev.devmentor.learning.engine.choice;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to choose the next question. */
public enum Strategy {
    /** What is about to be forgotten; of those the review that settles most others. */
    DUE_REVIEW(0),
    /** The skill that goes worst, of those whose prerequisites are there. */
    WEAKEST_SKILL(1),
    /** The question that is right with the wanted probability. */
    OPTIMAL_CHALLENGE(2),
    /** A weak prerequisite of a skill that goes badly. */
    PREREQUISITE_REPAIR(3),
    /** A skill that little is known of, unlike the last ones. */
    INTERLEAVED_EXPLORATION(4);

    private final int place;

    Strategy(int place) {
        this.place = place;
    }

    /** Where it stands in lists of all strategies; never changes, since states are stored. */
    public int place() {
        return place;
    }

    /** The name in events and over HTTP: lower case, with hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The strategy of a wire name; null if there is none. */
    public static @Nullable Strategy ofWireName(@Nullable String name) {
        for (Strategy strategy : values()) {
            if (strategy.wireName().equals(name)) {
                return strategy;
            }
        }
        return null;
    }
}
