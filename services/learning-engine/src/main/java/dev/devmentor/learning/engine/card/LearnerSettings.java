package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.schedule.Scheduler;

/**
 * What a learner chose.
 *
 * @param scheduler the model that decides intervals
 * @param desiredRetention wanted probability of recall at the due date, 0.70 to 0.99 (used by FSRS)
 * @param zone the learner's zone, a region of the time zone database or an offset
 * @param rolloverHour the hour at which the learner's day begins, 0 to 23
 * @param againDelayMinutes minutes until a failed card comes back, 1 to 1 440
 * @param maximumIntervalDays the longest interval, 1 to 36 500
 */
public record LearnerSettings(
        Scheduler scheduler,
        double desiredRetention,
        String zone,
        int rolloverHour,
        int againDelayMinutes,
        int maximumIntervalDays) {

    /** FSRS-6, 90 %, UTC, a day that begins at 04:00, ten minutes after Again, at most a hundred years. */
    public static final LearnerSettings DEFAULT = new LearnerSettings(Scheduler.FSRS6, 0.9, "UTC", 4, 10, 36_500);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is outside its range, or the zone does not exist; the message names it
     */
    public LearnerSettings {
        if (!(desiredRetention >= 0.70 && desiredRetention <= 0.99)) {
            throw new IllegalArgumentException("desiredRetention is 0.70 to 0.99, not " + desiredRetention);
        }
        requireWithin("rolloverHour", rolloverHour, 0, 23);
        requireWithin("againDelayMinutes", againDelayMinutes, 1, 1_440);
        requireWithin("maximumIntervalDays", maximumIntervalDays, 1, 36_500);
        LocalDays.requireZone(zone);
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
