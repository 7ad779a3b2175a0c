package dev.devmentor.learning.interview;

import java.util.UUID;

/**
 * A preparation as stored.
 *
 * @param day of the interview, counted from 1970-01-01
 * @param evidence whether lines of the documents are kept
 */
record Interview(
        UUID id,
        long createdMicros,
        long plannedMicros,
        String title,
        int day,
        int minutesPerDay,
        boolean evidence,
        Findings findings,
        Planned planned) {}
