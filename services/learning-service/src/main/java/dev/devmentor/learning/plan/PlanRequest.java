package dev.devmentor.learning.plan;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A plan that is wanted. Which parameters there are depends on the kind; others are refused. */
@Schema(
        description =
                "A plan that is wanted. Besides kind, dryRun and easyDays: count of postpone and advance; from, to,"
                        + " perDay, daysBefore, daysAfter of vacation; rate, perDay, order, seed of backlog; date, skills,"
                        + " targetRecall, lastDays, perDay of exam; horizonDays of balance.",
        examples = {
            "{\"kind\":\"vacation\",\"dryRun\":true,\"from\":\"2026-08-03\",\"to\":\"2026-08-14\",\"perDay\":80}",
            "{\"kind\":\"exam\",\"date\":\"2026-09-01\",\"skills\":[\"kafka.partitions\"],\"targetRecall\":0.95}"
        })
public record PlanRequest(
        @Schema(description = "postpone, advance, vacation, backlog, exam or balance") @Nullable String kind,

        @Schema(description = "whether to show only what would be done; false if absent") @Nullable Boolean dryRun,

        @Schema(description = "postpone, advance: how many cards, 1 to 10 000") @Nullable Integer count,

        @Schema(description = "vacation: its first day, such as 2026-08-03") @Nullable String from,

        @Schema(description = "vacation: its last day") @Nullable String to,

        @Schema(description = "vacation, backlog, exam: most reviews on a normal day, 1 to 10 000") @Nullable Integer perDay,

        @Schema(description = "vacation: days before it that take cards, 0 to 30; 7 if absent") @Nullable Integer daysBefore,

        @Schema(description = "vacation: days after it that take cards, 0 to 30; 7 if absent") @Nullable Integer daysAfter,

        @Schema(description = "backlog: most overdue cards on a normal day, 1 to 10 000") @Nullable Integer rate,

        @Schema(
                description = "backlog: due-date, recall-ascending, recall-descending, relative-overdueness,"
                        + " difficulty-ascending, difficulty-descending, skill-weakness or random; due-date if absent")
        @Nullable String order,

        @Schema(description = "backlog: of the random order; 0 if absent") @Nullable Long seed,

        @Schema(description = "exam: its day") @Nullable String date,

        @Schema(description = "exam: 1 to 100 skills") @Nullable List<@Nullable String> skills,

        @Schema(description = "exam: wanted probability of recall on the day, 0.5 to 0.99; 0.9 if absent") @Nullable Double targetRecall,

        @Schema(description = "exam: days before it that count as shortly before, 1 to 30; 7 if absent") @Nullable Integer lastDays,

        @Schema(description = "balance: days that are evened out, 2 to 365; 30 if absent") @Nullable Integer horizonDays,

        @Nullable EasyDaysRequest easyDays) {

    /** On which days the learner wants to do less. */
    @Schema(
            description = "1 is a normal day, 0.5 one with half the work, 0 one that stays as free as it can",
            examples = "{\"weekdays\":[1,1,1,1,1,0.5,0],\"dates\":{\"2026-12-24\":0}}")
    public record EasyDaysRequest(
            @Schema(description = "seven weights from 0 to 1, Monday first") @Nullable List<@Nullable Double> weekdays,

            @Schema(description = "weights of single dates, at most 400") @Nullable Map<String, @Nullable Double> dates) {}
}
