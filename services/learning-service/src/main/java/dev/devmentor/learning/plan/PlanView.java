package dev.devmentor.learning.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan as shown.
 *
 * @param id null of a preview
 * @param state preview, applied or undone
 * @param moved how many cards it moves
 * @param figures numbers of its kind
 * @param notes what can't be done, or should be known
 * @param load reviews by day, without and with the plan, when it was made
 * @param backlog of a backlog, day by day
 * @param moves the first of them, by new day and item
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        @Nullable UUID id,
        String kind,
        String state,
        Instant at,
        @Nullable Instant undoneAt,
        JsonNode parameters,
        int moved,
        JsonNode figures,
        List<String> notes,
        @Nullable List<Load> load,
        @Nullable List<BacklogDay> backlog,
        @Nullable List<MoveView> moves) {

    /** Reviews of a day. */
    public record Load(LocalDate date, int before, int after) {}

    /**
     * A day of a backlog.
     *
     * @param dueAnyway reviews that fall due on it without the backlog
     * @param worked cards of the backlog that it takes
     * @param remaining cards of the backlog that are left after it
     */
    public record BacklogDay(LocalDate date, int dueAnyway, int worked, int remaining) {}

    /**
     * A card that moves.
     *
     * @param recallBefore predicted recall on the day it would have come
     * @param recallAfter predicted recall on the day it comes now
     */
    public record MoveView(
            String item, LocalDate from, LocalDate to, double recallBefore, double recallAfter, String reason) {}

    /** One page, newest first. */
    public record Page(
            List<PlanView> plans,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}
}
