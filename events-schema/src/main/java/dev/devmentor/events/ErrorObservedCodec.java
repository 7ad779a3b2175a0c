package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ErrorObservedCodec extends Codec<ErrorObserved> {
    private static final int MAX_FILES = 200;
    private static final ErrorOrigin[] ORIGINS = ErrorOrigin.values();
    private static final ErrorStatus[] STATUSES = ErrorStatus.values();

    @Override
    ErrorObserved read(JsonInput in) throws IOException {
        @Nullable String observationId = null;
        @Nullable String learner = null;
        @Nullable String repository = null;
        @Nullable Instant observedAt = null;
        @Nullable ErrorOrigin origin = null;
        @Nullable ErrorStatus status = null;
        @Nullable String run = null;
        @Nullable String command = null;
        @Nullable String text = null;
        @Nullable Integer exitCode = null;
        List<String> changedFiles = List.of();
        @Nullable String commit = null;
        @Nullable String team = null;
        List<String> skills = List.of();
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "observationId" -> {
                    in.once(0);
                    observationId = in.string(128);
                }
                case "learner" -> {
                    in.once(1);
                    learner = in.string(64);
                }
                case "repository" -> {
                    in.once(2);
                    repository = in.repository();
                }
                case "observedAt" -> {
                    in.once(3);
                    observedAt = in.instant();
                }
                case "origin" -> {
                    in.once(4);
                    origin = in.oneOf(ORIGINS);
                }
                case "status" -> {
                    in.once(5);
                    status = in.oneOf(STATUSES);
                }
                case "run" -> {
                    in.once(6);
                    run = in.string(128);
                }
                case "command" -> {
                    in.once(7);
                    command = in.sharedString(1024);
                }
                case "text" -> {
                    in.once(8);
                    text = in.string(65_536);
                }
                case "exitCode" -> {
                    in.once(9);
                    exitCode = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
                }
                case "changedFiles" -> {
                    in.once(10);
                    changedFiles = in.strings(MAX_FILES, 1024);
                }
                case "commit" -> {
                    in.once(11);
                    commit = in.commit();
                }
                case "team" -> {
                    in.once(12);
                    team = in.sharedString(64);
                }
                case "skills" -> {
                    in.once(13);
                    skills = in.skills();
                }
                default -> in.unknown();
            }
        }
        return new ErrorObserved(
                in.required(observationId, "observationId"),
                learner,
                repository,
                in.required(observedAt, "observedAt"),
                in.required(origin, "origin"),
                in.required(status, "status"),
                run,
                command,
                in.required(text, "text"),
                exitCode,
                changedFiles,
                commit,
                team,
                skills,
                in.extra());
    }

    @Override
    void write(JsonOutput out, ErrorObserved data) {
        out.string("observationId", data.observationId());
        out.string("learner", data.learner());
        out.string("repository", data.repository());
        out.instant("observedAt", data.observedAt());
        out.wire("origin", data.origin());
        out.wire("status", data.status());
        out.string("run", data.run());
        out.string("command", data.command());
        out.string("text", data.text());
        out.integer("exitCode", data.exitCode());
        out.strings("changedFiles", data.changedFiles());
        out.string("commit", data.commit());
        out.string("team", data.team());
        out.strings("skills", data.skills());
        out.extra(data.extra());
    }

    @Override
    String key(ErrorObserved data) {
        String learner = data.learner();
        String repository = data.repository();
        return learner != null
                ? learner
                : repository != null ? repository : data.origin().wire();
    }
}
