package dev.devmentor.learning.path;

import dev.devmentor.learning.bank.Level;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A path as stored.
 *
 * @param goal id of the ready-made goal; null for a skill, an area or a text
 * @param wanted the most wanted first
 * @param untilDay day since 1970-01-01 at the learner; null if none is wanted
 * @param plannedOrder skills of the steps when it was last planned
 * @param plannedMet skills that needed none then
 */
record StoredPath(
        UUID id,
        String title,
        @Nullable String goal,
        List<Wanted> wanted,
        double hoursPerWeek,
        @Nullable Integer untilDay,
        long createdMicros,
        long plannedMicros,
        List<String> plannedOrder,
        List<String> plannedMet) {
    StoredPath {
        wanted = List.copyOf(wanted);
        plannedOrder = List.copyOf(plannedOrder);
        plannedMet = List.copyOf(plannedMet);
    }

    /**
     * A wanted skill.
     *
     * @param lines of the text that ask for it
     */
    record Wanted(String skill, Level level, String reason, List<Line> lines) {
        Wanted {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line of a text.
     *
     * @param line counted from 1
     */
    record Line(int line, String term, String text) {}

    StoredPath planned(long micros, List<String> order, List<String> met) {
        return new StoredPath(id, title, goal, wanted, hoursPerWeek, untilDay, createdMicros, micros, order, met);
    }
}
