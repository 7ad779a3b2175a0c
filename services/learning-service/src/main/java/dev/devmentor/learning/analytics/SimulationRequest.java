package dev.devmentor.learning.analytics;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.analytics.Habits;
import dev.devmentor.learning.engine.analytics.Plan;
import dev.devmentor.learning.engine.analytics.Wanted;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What to simulate; what is absent is as it is with the learner. */
@Schema(
        description = "What to simulate; what is absent is as it is with the learner.",
        examples = "{\"days\": 365, \"newPerDay\": 10, \"wantedRetention\": 0.9, \"everyDay\": true}")
public record SimulationRequest(
        @Schema(description = "1 to 1826; 365 if absent", examples = "365") @Nullable Integer days,

        @Schema(
                description = "new cards on each day of work, 0 to 500; as in the last 28 days if absent",
                examples = "10")
        @Nullable Double newPerDay,

        @Schema(
                description = "new cards there are in all, 0 to 100000; as many as can be used if absent",
                examples = "500")
        @Nullable Integer newCards,

        @Schema(description = "most reviews of a day, 0 to 100000; no limit if absent", examples = "200") @Nullable Integer reviewLimit,

        @Schema(description = "0.70 to 0.99", examples = "0.9") @Nullable Double wantedRetention,

        @Schema(description = "1 to 36500 days", examples = "365") @Nullable Integer maximumIntervalDays,

        @Schema(
                description =
                        "whether the learner works on every day; otherwise, or if absent, as often as in the last 28 days")
        @Nullable Boolean everyDay) {

    private static final SimulationRequest AS_IT_IS = new SimulationRequest(null, null, null, null, null, null, null);
    private static final int DAYS = 365;
    private static final int MOST_NEW_PER_DAY = 500;
    private static final int MOST = 100_000;
    private static final int LONGEST_INTERVAL = 36_500;
    private static final long SEED = 2_024;

    static SimulationRequest orAsItIs(@Nullable SimulationRequest request) {
        return request == null ? AS_IT_IS : request;
    }

    /** Refuses what is out of range, before anything is read. */
    SimulationRequest checked() {
        within("days", days, 1, Plan.MOST_DAYS);
        within("newPerDay", newPerDay, 0, MOST_NEW_PER_DAY);
        within("newCards", newCards, 0, MOST);
        within("reviewLimit", reviewLimit, 0, MOST);
        within("wantedRetention", wantedRetention, 0.70, 0.99);
        within("maximumIntervalDays", maximumIntervalDays, 1, LONGEST_INTERVAL);
        return this;
    }

    Habits habits(Snapshot snapshot) {
        Habits habits = Habits.of(snapshot.history(), snapshot.today());
        return Boolean.TRUE.equals(everyDay) ? habits.everyDay() : habits;
    }

    Plan plan(Snapshot snapshot, Habits habits) {
        return new Plan(
                snapshot.today(),
                Objects.requireNonNullElse(days, DAYS),
                Objects.requireNonNullElse(newPerDay, habits.newPerDay()),
                Objects.requireNonNullElse(newCards, MOST),
                Objects.requireNonNullElse(reviewLimit, MOST),
                Wanted.of(Objects.requireNonNullElse(
                        wantedRetention, snapshot.memory().settings().desiredRetention())),
                Objects.requireNonNullElse(
                        maximumIntervalDays, snapshot.memory().settings().maximumIntervalDays()),
                SEED);
    }

    private static void within(String name, @Nullable Number value, double least, double most) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw ProblemException.invalid("'" + name + "' is " + text(least) + " to " + text(most));
        }
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
