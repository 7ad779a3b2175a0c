package dev.devmentor.events;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every type of event that has a released schema. */
public final class EventTypes {
    public static final EventType<QuizAnswered> QUIZ_ANSWERED =
            new EventType<>("quiz.answered", 1, QuizAnswered.class, new QuizAnsweredCodec());
    public static final EventType<TaskCreated> TASK_CREATED =
            new EventType<>("task.created", 1, TaskCreated.class, new TaskCreatedCodec());
    public static final EventType<TaskCompleted> TASK_COMPLETED =
            new EventType<>("task.completed", 1, TaskCompleted.class, new TaskCompletedCodec());
    public static final EventType<MemoryUpdated> MEMORY_UPDATED =
            new EventType<>("memory.updated", 1, MemoryUpdated.class, new MemoryUpdatedCodec());
    public static final EventType<ReviewScheduled> REVIEW_SCHEDULED =
            new EventType<>("review.scheduled", 1, ReviewScheduled.class, new ReviewScheduledCodec());
    public static final EventType<AchievementUnlocked> ACHIEVEMENT_UNLOCKED =
            new EventType<>("achievement.unlocked", 1, AchievementUnlocked.class, new AchievementUnlockedCodec());
    public static final EventType<UserErased> USER_ERASED =
            new EventType<>("user.erased", 1, UserErased.class, new UserErasedCodec());
    public static final EventType<UserErasureCompleted> USER_ERASURE_COMPLETED =
            new EventType<>("user.erasure-completed", 1, UserErasureCompleted.class, new UserErasureCompletedCodec());
    public static final EventType<UserRegistered> USER_REGISTERED =
            new EventType<>("user.registered", 1, UserRegistered.class, new UserRegisteredCodec());

    public static final EventType<CodeChanged> CODE_CHANGED =
            new EventType<>("code.changed", 1, CodeChanged.class, new CodeChangedCodec());
    public static final EventType<ErrorObserved> ERROR_OBSERVED =
            new EventType<>("error.observed", 1, ErrorObserved.class, new ErrorObservedCodec());
    public static final EventType<PatternLearned> PATTERN_LEARNED =
            new EventType<>("pattern.learned", 1, PatternLearned.class, new PatternLearnedCodec());
    public static final EventType<PatternDrifted> PATTERN_DRIFTED =
            new EventType<>("pattern.drifted", 1, PatternDrifted.class, new PatternDriftedCodec());

    private static final List<EventType<?>> ALL = List.of(
            QUIZ_ANSWERED,
            TASK_CREATED,
            TASK_COMPLETED,
            MEMORY_UPDATED,
            REVIEW_SCHEDULED,
            ACHIEVEMENT_UNLOCKED,
            USER_ERASED,
            USER_ERASURE_COMPLETED,
            USER_REGISTERED,
            CODE_CHANGED,
            ERROR_OBSERVED,
            PATTERN_LEARNED,
            PATTERN_DRIFTED);
    private static final Map<String, EventType<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private EventTypes() {}

    public static List<EventType<?>> all() {
        return ALL;
    }

    public static @Nullable EventType<?> byName(String name) {
        return BY_NAME.get(name);
    }
}
