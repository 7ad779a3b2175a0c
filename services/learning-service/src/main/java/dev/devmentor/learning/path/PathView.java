package dev.devmentor.learning.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A path as of now.
 *
 * @param goal id of the ready-made goal; absent for a skill, an area or a text
 * @param until wanted end
 * @param plannedAt when its steps last changed
 * @param hours of all steps, estimated from how far each ability lies below what is wanted
 * @param hoursAtMost the same if every ability lies a standard deviation below its estimate
 * @param end day on which the last step ends at this pace
 * @param hoursPerWeekNeeded to be done until the wanted end; absent without one or if it has passed
 * @param inTime whether this pace meets the wanted end; absent without one
 * @param steps to take, in their order
 * @param met skills that need no step
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PathView(
        UUID id,
        String title,
        @Nullable String goal,
        double hoursPerWeek,
        @Nullable LocalDate until,
        Instant createdAt,
        Instant plannedAt,
        double hours,
        double hoursAtMost,
        LocalDate end,
        @Nullable Double hoursPerWeekNeeded,
        @Nullable Boolean inTime,
        List<Step> steps,
        List<Met> met) {

    /**
     * A skill to learn.
     *
     * @param level wanted: basic, solid or strong
     * @param wanted whether the goal asks for it, and not only what builds on it
     * @param reason why it is a step
     * @param lines of the text that ask for it
     * @param neededFor wanted skills that build on it
     * @param unlocks further steps that build on it
     * @param success predicted now at questions of the wanted level, 0 to 1; three of four are wanted
     * @param checked whether enough answers stand behind that; otherwise the step begins with finding out
     */
    public record Step(
            String skill,
            String name,
            String level,
            boolean wanted,
            String reason,
            List<Line> lines,
            List<String> neededFor,
            int unlocks,
            double success,
            int answers,
            boolean checked,
            double hours,
            double hoursAtMost,
            LocalDate from,
            LocalDate to) {}

    /**
     * A line of the text that the goal was given as.
     *
     * @param line counted from 1
     */
    public record Line(int line, String term, String text) {}

    /**
     * A skill that needs no step.
     *
     * @param why shown: the answers in it say so; implied: what builds on it goes well
     */
    public record Met(String skill, String name, String why) {}

    /**
     * A path in a list.
     *
     * @param next skill of the next step; absent if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            UUID id,
            String title,
            @Nullable String goal,
            int stepsLeft,
            int met,
            double hours,
            LocalDate end,
            @Nullable Boolean inTime,
            @Nullable String next) {}

    /** A ready-made goal. */
    public record GoalView(String id, String title, String summary, int skills) {}

    /** Ready-made goals, and the caller's paths. */
    public record Paths(List<GoalView> goals, List<Summary> paths) {}
}
