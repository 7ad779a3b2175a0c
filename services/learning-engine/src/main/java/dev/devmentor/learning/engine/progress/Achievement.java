package dev.devmentor.learning.engine.progress;

import java.util.function.Predicate;

/** What can be achieved, each once. Ids are public and never change; the order is that in which they are shown. */
public enum Achievement {
    FIRST_STEP(
            "first-step",
            "First step",
            "Answer a question right",
            p -> p.tally().right() >= 1),
    HUNDRED(
            "hundred",
            "A hundred right",
            "Give 100 right answers",
            p -> p.tally().right() >= 100),
    THOUSAND(
            "thousand",
            "A thousand right",
            "Give 1 000 right answers",
            p -> p.tally().right() >= 1_000),
    TEN_IN_A_ROW(
            "ten-in-a-row",
            "Ten in a row",
            "Give 10 right answers in a row",
            p -> p.tally().longestRun() >= 10),
    HARD_WON(
            "hard-won",
            "Hard won",
            "Give 10 right answers that were expected in less than 40 %",
            p -> p.tally().hard() >= 10),
    DEEP_THINKER(
            "deep-thinker",
            "Deep thinker",
            "Give 25 right answers to questions that ask to analyze, evaluate or create",
            p -> p.tally().deep() >= 25),
    COMEBACK(
            "comeback",
            "Comeback",
            "Answer right what you had wrong three times",
            p -> p.tally().comebacks() >= 1),
    LONG_MEMORY(
            "long-memory",
            "Long memory",
            "Answer right 90 days after the item's last answer",
            p -> p.tally().remembered() >= 1),
    ELEPHANT(
            "elephant",
            "Elephant",
            "Answer right 25 times 90 days after the item's last answer",
            p -> p.tally().remembered() >= 25),
    WELCOME_BACK(
            "welcome-back",
            "Welcome back",
            "Come back after two weeks",
            p -> p.tally().returns() >= 1),
    EXPLORER(
            "explorer",
            "Explorer",
            "Give right answers in 10 skills",
            p -> p.tally().skills() >= 10),
    POLYMATH(
            "polymath",
            "Polymath",
            "Give right answers in 50 skills",
            p -> p.tally().skills() >= 50),
    WEEK("week", "A week", "Keep a streak of 7 days", p -> p.streak().longest() >= 7),
    MONTH("month", "A month", "Keep a streak of 30 days", p -> p.streak().longest() >= 30),
    HUNDRED_DAYS(
            "hundred-days",
            "A hundred days",
            "Keep a streak of 100 days",
            p -> p.streak().longest() >= 100),
    SAVED_BY_THE_FREEZE(
            "saved-by-the-freeze",
            "Saved by the freeze",
            "Keep a streak by a freeze",
            p -> p.streak().freezesUsed() >= 1),
    LEVEL_5("level-5", "Level 5", "Reach level 5", p -> p.level() >= 5),
    LEVEL_10("level-10", "Level 10", "Reach level 10", p -> p.level() >= 10),
    LEVEL_25("level-25", "Level 25", "Reach level 25", p -> p.level() >= 25),
    SHIPPED("shipped", "Shipped", "Complete a task", p -> p.tally().tasks() >= 1),
    DEPENDABLE("dependable", "Dependable", "Complete 25 tasks", p -> p.tally().tasks() >= 25);

    private final String id;
    private final String title;
    private final String condition;
    private final Predicate<FoldingProgress> reached;

    Achievement(String id, String title, String condition, Predicate<FoldingProgress> reached) {
        this.id = id;
        this.title = title;
        this.condition = condition;
        this.reached = reached;
    }

    /** The public id. */
    public String id() {
        return id;
    }

    /** A name for people. */
    public String title() {
        return title;
    }

    /** What to do for it, one sentence. */
    public String condition() {
        return condition;
    }

    boolean isReached(FoldingProgress progress) {
        return reached.test(progress);
    }
}
