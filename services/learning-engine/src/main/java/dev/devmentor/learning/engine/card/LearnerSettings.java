package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a learner chose.
 *
 * @param scheduler the model that decides intervals
 * @param desiredRetention wanted probability of recall at the due date, 0.70 to 0.99 (used by FSRS)
 * @param zone the learner's zone, a region of the time zone database or an offset
 * @param rolloverHour the hour at which the learner's day begins, 0 to 23
 * @param againDelayMinutes minutes until a failed card comes back, 1 to 1 440
 * @param maximumIntervalDays the longest interval, 1 to 36 500
 * @param fuzz whether intervals are varied a little, so that cards learned together do not fall due together for ever
 * @param decks what differs in a deck, by its name; at most 200
 * @param skillRetention wanted probability of recall of single skills, by id; at most 500. Of a card with several the
 *     highest counts, and it goes before the deck's
 */
public record LearnerSettings(
        Scheduler scheduler,
        double desiredRetention,
        String zone,
        int rolloverHour,
        int againDelayMinutes,
        int maximumIntervalDays,
        boolean fuzz,
        Map<String, Deck> decks,
        Map<String, Double> skillRetention) {

    /** FSRS-7, 90 %, UTC, a day that begins at 04:00, ten minutes after Again, at most a hundred years, no fuzz. */
    public static final LearnerSettings DEFAULT = new LearnerSettings(Scheduler.FSRS7, 0.9, "UTC", 4, 10, 36_500);

    private static final int MOST_DECKS = 200;
    private static final int MOST_SKILLS = 500;

    /**
     * What differs in a deck; null is as everywhere.
     *
     * @param scheduler the model that decides intervals
     * @param desiredRetention wanted probability of recall at the due date, 0.70 to 0.99
     */
    public record Deck(
            @Nullable Scheduler scheduler, @Nullable Double desiredRetention) {
        /** Checks the retention. */
        public Deck {
            if (desiredRetention != null) {
                requireRetention("desiredRetention of a deck", desiredRetention);
            }
        }
    }

    /** Without fuzz, and the same in every deck and skill. */
    public LearnerSettings(
            Scheduler scheduler,
            double desiredRetention,
            String zone,
            int rolloverHour,
            int againDelayMinutes,
            int maximumIntervalDays) {
        this(
                scheduler,
                desiredRetention,
                zone,
                rolloverHour,
                againDelayMinutes,
                maximumIntervalDays,
                false,
                Map.of(),
                Map.of());
    }

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is outside its range, or the zone does not exist; the message names it
     */
    public LearnerSettings {
        requireRetention("desiredRetention", desiredRetention);
        requireWithin("rolloverHour", rolloverHour, 0, 23);
        requireWithin("againDelayMinutes", againDelayMinutes, 1, 1_440);
        requireWithin("maximumIntervalDays", maximumIntervalDays, 1, 36_500);
        LocalDays.requireZone(zone);
        decks = Map.copyOf(decks);
        skillRetention = Map.copyOf(skillRetention);
        requireWithin("number of decks with settings of their own", decks.size(), 0, MOST_DECKS);
        requireWithin("number of skills with a retention of their own", skillRetention.size(), 0, MOST_SKILLS);
        for (double retention : skillRetention.values()) {
            requireRetention("skillRetention", retention);
        }
    }

    /** The model that decides the intervals of a deck. */
    public Scheduler schedulerOf(String deck) {
        Deck own = decks.isEmpty() ? null : decks.get(deck);
        return own == null || own.scheduler() == null ? scheduler : own.scheduler();
    }

    /** The wanted probability of recall of a card. */
    public double retentionOf(String deck, List<String> skills) {
        double highest = 0;
        if (!skillRetention.isEmpty()) {
            for (String skill : skills) {
                highest = Math.max(highest, skillRetention.getOrDefault(skill, 0.0));
            }
        }
        if (highest > 0) {
            return highest;
        }
        Deck own = decks.isEmpty() ? null : decks.get(deck);
        return own == null || own.desiredRetention() == null ? desiredRetention : own.desiredRetention();
    }

    private static void requireRetention(String name, double value) {
        if (!(value >= 0.70 && value <= 0.99)) {
            throw new IllegalArgumentException(name + " is 0.70 to 0.99, not " + value);
        }
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
