package dev.devmentor.gateway.graphql;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.jspecify.annotations.Nullable;

/** What learning-service says, as GraphQL types. */
final class LearningTypes {
    private static final String NEXT = "give it as 'cursor' for the page after this one; null on the last one";

    private LearningTypes() {}

    @RegisterForReflection
    @Description("Something to review now.")
    public record DueReview(
            String item,

            @Description("first line of the saved note") @Nullable String title,

            @Nullable Instant dueAt,
            long overdueDays,
            @Nullable String state,
            @Nullable List<String> skills,

            @Description("probability of recalling it now, 0 to 1") @Nullable Double predictedRecall,

            @Nullable DueReason reason) {}

    @RegisterForReflection
    @Description("Why something is to be reviewed.")
    public record DueReason(
            @Description("scheduled, failed, moved, task or note")
            String kind,

            @Description("the same for people") @Nullable String text,
            @Nullable String task,
            @Nullable String skill) {}

    @RegisterForReflection
    @Description("One page of what is due.")
    public record DueReviewPage(
            int total,
            @Nullable Instant at,
            @Nullable List<DueReview> items,
            @Description(NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Description("How able the caller is in one skill.")
    public record Skill(
            String skill,

            @Description("ability in logits: 0 answers half of the questions of average difficulty right")
            double rating,

            @Description("standard deviation of the rating, in logits")
            double uncertainty,

            @Description("probability of answering a question of average difficulty right")
            double expected,

            @Description("unknown, novice, beginner, intermediate, advanced or expert") @Nullable String level,

            @Description("rising, steady or falling") @Nullable String trend,

            int answers,
            int right,
            @Description("finished tasks that needed it") int tasks,
            @Nullable Instant lastPractisedAt,
            @Nullable List<BloomEvidence> bloom) {}

    @RegisterForReflection
    @Description("Answers at one of Bloom's levels.")
    public record BloomEvidence(@Nullable String level, int answers, int right) {}

    @RegisterForReflection
    @Description("One page of skills, in the order of their ids.")
    public record SkillPage(
            int total,
            @Nullable @JsonAlias("skills") List<Skill> items,
            @Description(NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Description("What the caller has done.")
    public record Progress(
            long answers,
            long correct,
            int cards,
            int dueNow,
            @Ignore @Nullable Map<String, Integer> byState,
            int activeDays,
            long answersToday,

            @Description("share of right answers of the last 30 days with answers") @Nullable Double recentAccuracy,

            @Nullable Instant lastAnsweredAt,
            @Nullable List<SkillProgress> skills,
            @Nullable Xp xp,
            @Nullable Streak streak,

            @Description("ids of those reached, in the order of reaching") @Nullable List<String> achievements,

            @Nullable Load load) {}

    @RegisterForReflection
    @Description("How many cards are in a state.")
    public record CardsInState(String state, int cards) {}

    @RegisterForReflection
    @Description("A skill as its cards show it.")
    public record SkillProgress(
            String skill, int cards, int dueNow, @Nullable Double predictedRecall) {}

    @RegisterForReflection
    @Description("Points, and the level that they make.")
    public record Xp(long points, int today, int level, long levelFrom, long nextLevelFrom) {}

    @RegisterForReflection
    @Description("Days in a row.")
    public record Streak(int days, int longest, int freezes, int freezesUsed, boolean activeToday) {}

    @RegisterForReflection
    @Description("How much the mind carries in the session under way; shares are 0 to 1.")
    public record Load(
            double load,
            double slowness,
            double errors,
            double complexity,
            double length,
            int minutes,
            int answers,
            double hardShare,
            @Nullable Pause pause) {}

    @RegisterForReflection
    @Description("A proposed break.")
    public record Pause(@Nullable String reason, @Nullable String text, int minutes) {}

    @RegisterForReflection
    @Description("An achievement, reached or not.")
    public record Achievement(
            String id,
            @Nullable String title,
            @Nullable String condition,
            @Nullable Instant unlockedAt) {}

    /** All of them. */
    @RegisterForReflection
    public record Achievements(@Nullable List<Achievement> achievements) {}

    @RegisterForReflection
    @Description("Something that was learned of how the caller learns.")
    public record Hint(
            String patternId,

            @Description("mistake, confusion or rhythm") @Nullable String kind,

            @Description("candidate, active, stale or retired") @Nullable String state,

            int version,
            @Nullable String title,
            double confidence,
            int support,
            @Nullable Instant since,
            @Nullable List<NamedItem> items,
            @Nullable List<NamedSkill> skills,
            @Nullable Integer sessionMinutes,
            @Description("whether it changes what is asked") boolean acts,
            @Nullable String whyNot) {}

    @RegisterForReflection
    @Description("An item, and the first line of what it asks.")
    public record NamedItem(String item, @Nullable String title) {}

    @RegisterForReflection
    @Description("A skill and its name.")
    public record NamedSkill(String skill, @Nullable String name) {}

    @RegisterForReflection
    @Description("One page of hints, the newest first.")
    public record HintPage(
            long total,
            @Nullable @JsonAlias("hints") List<Hint> items,
            @Description(NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Description("What to do next.")
    public record Recommendation(
            @Nullable Instant at,
            @Nullable Load load,
            @Nullable List<StrategyShare> strategies,
            @Nullable List<RecommendedItem> items,
            @Nullable String note,
            @Nullable List<MissingItems> missing,
            @Nullable List<NextPathStep> paths) {}

    @RegisterForReflection
    @Description("A way of choosing, and how often it is drawn.")
    public record StrategyShare(String strategy, double share, double help) {}

    @RegisterForReflection
    @Description("Something to do, and why.")
    public record RecommendedItem(
            String item,

            @Description("review, question or path-step") @Nullable String kind,

            @Nullable String prompt,
            @Nullable List<String> skills,
            @Nullable String strategy,
            @Nullable String reason,
            @Nullable String because,
            double predictedSuccess,
            @Nullable Double predictedRecall,
            @Nullable Integer seconds,
            @Nullable String path) {}

    @RegisterForReflection
    @Description("Questions that the bank lacks.")
    public record MissingItems(
            String skill,
            double difficultyFrom,
            double difficultyTo,
            @Nullable String reason) {}

    @RegisterForReflection
    @Description("Where a path goes on.")
    public record NextPathStep(
            String id, @Nullable String title, @Nullable String skill) {}

    @RegisterForReflection
    @Description("Ready-made goals, and the caller's paths.")
    public record Paths(
            @Nullable List<Goal> goals, @Nullable List<PathSummary> paths) {}

    @RegisterForReflection
    @Description("A ready-made goal.")
    public record Goal(
            String id, @Nullable String title, @Nullable String summary, int skills) {}

    @RegisterForReflection
    @Description("A path in a list.")
    public record PathSummary(
            String id,
            @Nullable String title,
            @Nullable String goal,
            int stepsLeft,
            int met,
            double hours,
            @Nullable LocalDate end,
            @Nullable Boolean inTime,
            @Description("skill of the next step") @Nullable String next) {}

    @RegisterForReflection
    @Description("A path with its steps, planned with the answers so far.")
    public record Path(
            String id,
            @Nullable String title,
            @Nullable String goal,
            double hoursPerWeek,
            @Nullable LocalDate until,
            @Nullable Instant createdAt,
            @Nullable Instant plannedAt,
            double hours,
            double hoursAtMost,
            @Nullable LocalDate end,
            @Nullable Double hoursPerWeekNeeded,
            @Nullable Boolean inTime,
            @Nullable List<PathStep> steps,
            @Nullable List<MetSkill> met) {}

    @RegisterForReflection
    @Description("A skill to learn.")
    public record PathStep(
            String skill,
            @Nullable String name,

            @Description("wanted: basic, solid or strong") @Nullable String level,

            boolean wanted,
            @Nullable String reason,
            @Nullable List<String> neededFor,
            int unlocks,
            double success,
            int answers,
            boolean checked,
            double hours,
            double hoursAtMost,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    @RegisterForReflection
    @Description("A skill that needs no step.")
    public record MetSkill(
            String skill, @Nullable String name, @Nullable String why) {}

    @RegisterForReflection
    @Description("One page of the caller's quizzes, the newest first, and the ready-made ones.")
    public record QuizPage(
            @Nullable List<ReadyQuiz> ready,
            long total,
            @Nullable List<QuizSummary> items,
            @Description(NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Description("A quiz that anybody can take.")
    public record ReadyQuiz(
            String id,
            @Nullable String title,
            @Nullable String description,
            int size,
            @Nullable List<String> skills) {}

    @RegisterForReflection
    @Description("A quiz in a list.")
    public record QuizSummary(
            String id,
            @Nullable String title,
            @Description("open, done or expired") @Nullable String state,
            @Nullable String madeFrom,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            int asked,
            int answered,
            int correct) {}

    @RegisterForReflection
    @Description("A quiz with its questions, without their solutions.")
    public record Quiz(
            String id,
            @Nullable String title,
            @Nullable String state,
            @Nullable String madeFrom,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            int asked,
            int answered,
            int minutes,
            @Nullable String note,
            @Nullable List<Question> questions) {}

    @RegisterForReflection
    @Description("A question of a quiz.")
    public record Question(
            String id,
            @Nullable String type,
            @Nullable String bloom,
            double difficulty,
            int seconds,
            @Nullable List<String> skills,
            @Description("Markdown") @Nullable String prompt,
            @Nullable Code code,
            @Description("to choose from") @Nullable List<Choice> options,
            @Description("to put in order") @Nullable List<Choice> items,

            @Description("how many texts a fill-in wants") @Nullable Integer blanks,

            @Nullable String strategy,
            @Nullable String reason) {}

    @RegisterForReflection
    @Description("Code that belongs to a question.")
    public record Code(@Nullable String language, @Nullable String text) {}

    @RegisterForReflection
    @Description("Something to choose or to put in order.")
    public record Choice(String id, @Nullable String text) {}

    @RegisterForReflection
    @Description("A card, why it is due when it is, and its history, the newest first.")
    public record Card(
            String item,
            @Nullable String title,
            @Nullable String state,
            @Nullable List<String> skills,
            @Nullable Instant dueAt,
            int intervalDays,
            @Nullable String scheduler,
            @Nullable Double desiredRetention,
            @Nullable Double predictedRecall,
            @Nullable Double stabilityDays,
            @Nullable String deck,
            int answers,
            int lapses,
            @Nullable Instant lastAnsweredAt,
            @Nullable WhyDue why,
            @Nullable List<CardEntry> history,
            boolean historyComplete) {}

    @RegisterForReflection
    @Description("Why a card is due when it is.")
    public record WhyDue(
            @Description("never-answered, failed, interval or moved") @Nullable String reason,

            @Nullable String text,
            @Nullable Double predictedRecallNow,
            @Nullable Double predictedRecallWhenDue,
            double elapsedDays) {}

    @RegisterForReflection
    @Description("Something that was done with a card.")
    public record CardEntry(
            @Nullable String kind,
            @Nullable Instant at,
            @Nullable String answerId,
            @Nullable Integer grade,
            @Nullable LocalDate localDay,
            @Nullable Integer responseTimeMs) {}
}
