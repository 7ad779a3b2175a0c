package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class TaskCreatedCodec extends Codec<TaskCreated> {
    @Override
    TaskCreated read(JsonInput in) throws IOException {
        @Nullable String taskId = null;
        @Nullable String learner = null;
        @Nullable String project = null;
        @Nullable String title = null;
        @Nullable List<String> skills = null;
        @Nullable Instant createdAt = null;
        @Nullable Instant dueAt = null;
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
                case "project" -> {
                    in.once(2);
                    project = in.sharedString(128);
                }
                case "title" -> {
                    in.once(3);
                    title = in.string(300);
                }
                case "skills" -> {
                    in.once(4);
                    skills = in.skills();
                }
                case "createdAt" -> {
                    in.once(5);
                    createdAt = in.instant();
                }
                case "dueAt" -> {
                    in.once(6);
                    dueAt = in.instant();
                }
                default -> in.unknown();
            }
        }
        return new TaskCreated(
                in.required(taskId, "taskId"),
                learner,
                in.required(project, "project"),
                in.required(title, "title"),
                in.required(skills, "skills"),
                in.required(createdAt, "createdAt"),
                dueAt,
                in.extra());
    }

    @Override
    void write(JsonOutput out, TaskCreated data) {
        out.string("taskId", data.taskId());
        out.string("learner", data.learner());
        out.string("project", data.project());
        out.string("title", data.title());
        out.requiredStrings("skills", data.skills());
        out.instant("createdAt", data.createdAt());
        out.instant("dueAt", data.dueAt());
        out.extra(data.extra());
    }

    @Override
    String key(TaskCreated data) {
        String learner = data.learner();
        return learner != null ? learner : data.taskId();
    }
}
