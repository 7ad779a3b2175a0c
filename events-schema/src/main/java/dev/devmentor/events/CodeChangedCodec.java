package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class CodeChangedCodec extends Codec<CodeChanged> {
    private static final int MAX_FILES = 1000;
    private static final ChangeOrigin[] ORIGINS = ChangeOrigin.values();
    private static final FileChangeKind[] CHANGES = FileChangeKind.values();

    @Override
    CodeChanged read(JsonInput in) throws IOException {
        @Nullable String changeId = null;
        @Nullable String learner = null;
        @Nullable String repository = null;
        @Nullable String branch = null;
        @Nullable String commit = null;
        @Nullable Instant changedAt = null;
        @Nullable ChangeOrigin origin = null;
        @Nullable String subject = null;
        @Nullable List<FileChange> files = null;
        List<String> skills = List.of();
        @Nullable String team = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "changeId" -> {
                    in.once(0);
                    changeId = in.string(128);
                }
                case "learner" -> {
                    in.once(1);
                    learner = in.string(64);
                }
                case "repository" -> {
                    in.once(2);
                    repository = in.repository();
                }
                case "branch" -> {
                    in.once(3);
                    branch = in.sharedString(256);
                }
                case "commit" -> {
                    in.once(4);
                    commit = in.commit();
                }
                case "changedAt" -> {
                    in.once(5);
                    changedAt = in.instant();
                }
                case "origin" -> {
                    in.once(6);
                    origin = in.oneOf(ORIGINS);
                }
                case "subject" -> {
                    in.once(7);
                    subject = in.string(300);
                }
                case "files" -> {
                    in.once(8);
                    files = in.objects(1, MAX_FILES, CodeChangedCodec::readFile);
                }
                case "skills" -> {
                    in.once(9);
                    skills = in.skills();
                }
                case "team" -> {
                    in.once(10);
                    team = in.sharedString(64);
                }
                default -> in.unknown();
            }
        }
        return new CodeChanged(
                in.required(changeId, "changeId"),
                in.required(learner, "learner"),
                in.required(repository, "repository"),
                branch,
                commit,
                in.required(changedAt, "changedAt"),
                in.required(origin, "origin"),
                subject,
                in.required(files, "files"),
                skills,
                team,
                in.extra());
    }

    @Override
    void write(JsonOutput out, CodeChanged data) {
        out.string("changeId", data.changeId());
        out.string("learner", data.learner());
        out.string("repository", data.repository());
        out.string("branch", data.branch());
        out.string("commit", data.commit());
        out.instant("changedAt", data.changedAt());
        out.wire("origin", data.origin());
        out.string("subject", data.subject());
        out.objects("files", data.files(), CodeChangedCodec::writeFile);
        out.strings("skills", data.skills());
        out.string("team", data.team());
        out.extra(data.extra());
    }

    @Override
    String key(CodeChanged data) {
        return data.learner();
    }

    private static FileChange readFile(JsonInput in) throws IOException {
        @Nullable String path = null;
        @Nullable FileChangeKind change = null;
        @Nullable String from = null;
        @Nullable Integer linesAdded = null;
        @Nullable Integer linesDeleted = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "path" -> {
                    in.once(0);
                    path = in.string(1024);
                }
                case "change" -> {
                    in.once(1);
                    change = in.oneOf(CHANGES);
                }
                case "from" -> {
                    in.once(2);
                    from = in.string(1024);
                }
                case "linesAdded" -> {
                    in.once(3);
                    linesAdded = in.integer(0, Integer.MAX_VALUE);
                }
                case "linesDeleted" -> {
                    in.once(4);
                    linesDeleted = in.integer(0, Integer.MAX_VALUE);
                }
                default -> in.unknown();
            }
        }
        FileChange result = new FileChange(
                in.required(path, "path"), in.required(change, "change"), from, linesAdded, linesDeleted, in.extra());
        if (result.change() == FileChangeKind.RENAMED) {
            in.required(from, "from");
        }
        return result;
    }

    private static void writeFile(JsonOutput out, FileChange file) {
        out.string("path", file.path());
        out.wire("change", file.change());
        out.string("from", file.from());
        out.integer("linesAdded", file.linesAdded());
        out.integer("linesDeleted", file.linesDeleted());
        out.extra(file.extra());
    }
}
