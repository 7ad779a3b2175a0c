package dev.devmentor.learning.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
@Schema(examples = """
        {"id": "c1f7a5f2-8d0e-4b8b-9a55-3f1e0f6f2c40", "title": "Backend engineer", "goal": "backend-engineer",
         "hoursPerWeek": 6.0, "until": "2027-03-31", "createdAt": "2026-12-01T10:00:00Z",
         "plannedAt": "2026-12-08T18:30:00Z", "hours": 1.5, "hoursAtMost": 2.4, "end": "2026-12-10",
         "hoursPerWeekNeeded": 0.1, "inTime": true,
         "steps": [{"skill": "kafka.partitions", "name": "Partitions and keys", "level": "basic", "wanted": false,
          "reason": "comes before Consumer groups", "lines": [], "neededFor": ["kafka.consumers"], "unlocks": 1,
          "success": 0.58, "answers": 7, "checked": true, "hours": 1.5, "hoursAtMost": 2.4, "from": "2026-12-08",
          "to": "2026-12-10"}],
         "met": [{"skill": "sql.joins", "name": "Joins", "why": "shown"}]}""")
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
    @Schema(examples = """
            {"goals": [{"id": "backend-engineer", "title": "Backend engineer",
              "summary": "Services that other programs rely on.", "skills": 48}],
             "paths": [{"id": "c1f7a5f2-8d0e-4b8b-9a55-3f1e0f6f2c40", "title": "Backend engineer",
              "goal": "backend-engineer", "stepsLeft": 1, "met": 47, "hours": 1.5, "end": "2026-12-10", "inTime": true,
              "next": "kafka.partitions"}]}""")
    public record Paths(List<GoalView> goals, List<Summary> paths) {}
}
