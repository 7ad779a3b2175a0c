package dev.devmentor.learning.plan;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan as stored.
 *
 * @param parameters JSON
 * @param outcome JSON: figures, notes and load
 * @param undoneMicros when it was taken back; null if it was not
 */
record StoredPlan(
        UUID id,
        PlanKind kind,
        String parameters,
        long atMicros,
        int moved,
        String outcome,
        @Nullable Long undoneMicros) {}
