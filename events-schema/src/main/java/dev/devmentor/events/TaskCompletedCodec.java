package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class TaskCompletedCodec extends Codec<TaskCompleted> {
    private static final int MINUTES_PER_YEAR = 366 * 24 * 60;

    @Override
    TaskCompleted read(JsonInput in) throws IOException {
        @Nullable String taskId = null;
        @Nullable String learner = null;
        @Nullable List<String> skills = null;
        @Nullable Instant completedAt = null;
        @Nullable Integer minutesSpent = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "taskId" -> {
                    in.once(0);
                    taskId = in.string(128);
                }
                case "learner" -> {
                    in.once(1);
                    learner = in.string(64);
                }
                case "skills" -> {
                    in.once(2);
                    skills = in.skills();
                }
                case "completedAt" -> {
                    in.once(3);
                    completedAt = in.instant();
                }
                case "minutesSpent" -> {
                    in.once(4);
                    minutesSpent = in.integer(0, MINUTES_PER_YEAR);
                }
                default -> in.unknown();
            }
        }
        return new TaskCompleted(
                in.required(taskId, "taskId"),
                in.required(learner, "learner"),
                in.required(skills, "skills"),
                in.required(completedAt, "completedAt"),
                minutesSpent,
                in.extra());
    }

    @Override
    void write(JsonOutput out, TaskCompleted data) {
        out.string("taskId", data.taskId());
        out.string("learner", data.learner());
        out.requiredStrings("skills", data.skills());
        out.instant("completedAt", data.completedAt());
        out.integer("minutesSpent", data.minutesSpent());
        out.extra(data.extra());
    }

    @Override
    String key(TaskCompleted data) {
        return data.learner();
    }
}
