package dev.devmentor.learning.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
@Schema(examples = """
        {"id": "5a0c7c1e-3f52-4d0b-9a3c-6c1b7f2e9d10", "kind": "vacation", "state": "applied",
         "at": "2026-07-20T08:30:00Z",
         "parameters": {"from": "2026-08-03", "to": "2026-08-14", "perDay": 80, "daysBefore": 7, "daysAfter": 7},
         "moved": 1,
         "figures": {"inBreak": 1, "unplaced": 0, "neededPerDay": 80, "lossBefore": 0.24, "lossAfter": 0.08},
         "notes": [],
         "load": [{"date": "2026-08-02", "before": 12, "after": 13}, {"date": "2026-08-03", "before": 1, "after": 0}],
         "moves": [{"item": "sql-joins-1", "from": "2026-08-03", "to": "2026-08-02", "recallBefore": 0.76,
          "recallAfter": 0.92, "reason": "answered before the break"}]}""")
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
    @Schema(examples = """
            {"plans": [{"id": "5a0c7c1e-3f52-4d0b-9a3c-6c1b7f2e9d10", "kind": "vacation", "state": "applied",
              "at": "2026-07-20T08:30:00Z",
              "parameters": {"from": "2026-08-03", "to": "2026-08-14", "perDay": 80, "daysBefore": 7, "daysAfter": 7},
              "moved": 1,
              "figures": {"inBreak": 1, "unplaced": 0, "neededPerDay": 80, "lossBefore": 0.24, "lossAfter": 0.08},
              "notes": []}],
             "next": null}""")
    public record Page(
            List<PlanView> plans,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}
}
