package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed between the last run that had an error and the run that had it no more.
 *
 * @param known whether both states of the project are known; if not, the rest is empty
 * @param files those that changed, the likeliest first, at most {@link #FILES}
 * @param total how many files changed
 * @param commits those that were made in between, the newest first
 */
record Fix(boolean known, List<Changed> files, int total, List<Git.Commit> commits) {
    static final int FILES = 20;

    /** Nobody knows any more what changed. */
    static final Fix UNKNOWN = new Fix(false, List.of(), 0, List.of());

    /** Why a file is thought to be what made the error go; the order is the order of likelihood. */
    enum Why {
        /** The error names it: in its own frames, as its place, or as the name it misses. */
        NAMED,
        /** It says what the project is built of. */
        BUILD,
        /** It lies beside one that the error names, or is its test. */
        NEAR,
        OTHER
    }

    /**
     * A file that changed.
     *
     * @param added lines; -1 if not known
     * @param removed lines; -1 if not known
     * @param lines the first lines that changed, {@code +} or {@code -} before each, secrets masked
     */
    record Changed(String path, Why why, int added, int removed, List<String> lines) {
        Changed {
            lines = List.copyOf(lines);
        }
    }

    Fix {
        files = List.copyOf(files);
        commits = List.copyOf(commits);
    }

    void write(ObjectNode json) {
        json.put("known", known);
        json.put("total", total);
        ArrayNode list = json.putArray("files");
        for (Changed file : files) {
            ObjectNode entry = list.addObject();
            entry.put("path", file.path());
            entry.put("why", file.why().name());
            if (file.added() >= 0) {
                entry.put("added", file.added());
                entry.put("removed", file.removed());
            }
            if (!file.lines().isEmpty()) {
                file.lines().forEach(entry.putArray("lines")::add);
            }
        }
        ArrayNode made = json.putArray("commits");
        for (Git.Commit commit : commits) {
            made.addObject().put("hash", commit.hash()).put("subject", commit.subject());
        }
    }

    static Fix read(JsonNode json) {
        List<Changed> files = new ArrayList<>();
        for (JsonNode file : json.path("files")) {
            List<String> lines = new ArrayList<>();
            file.path("lines").forEach(line -> lines.add(line.asText()));
            files.add(new Changed(
                    file.path("path").asText(),
                    why(file.path("why").asText()),
                    file.path("added").asInt(-1),
                    file.path("removed").asInt(-1),
                    lines));
        }
        List<Git.Commit> commits = new ArrayList<>();
        json.path("commits")
                .forEach(commit -> commits.add(new Git.Commit(
                        commit.path("hash").asText(), commit.path("subject").asText())));
        return new Fix(json.path("known").asBoolean(), files, json.path("total").asInt(), commits);
    }

    private static Why why(String name) {
        for (Why why : Why.values()) {
            if (why.name().equals(name)) {
                return why;
            }
        }
        return Why.OTHER;
    }
}
