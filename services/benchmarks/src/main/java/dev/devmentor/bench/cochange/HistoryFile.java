package dev.devmentor.bench.cochange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.pbml.engine.related.Commit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A history: one commit a line, {@code {"commit", "ts", "dev", "subject", "files": [["M", path], …]}}, gzipped.
 *
 * @param name of the file, without its ending
 * @param commits in the order of the file
 */
record HistoryFile(String name, List<Commit> commits) {

    private static final String ENDING = ".jsonl.gz";
    private static final ObjectReader JSON = new ObjectMapper().reader();

    /** All histories of a folder, by name. */
    static List<HistoryFile> all(Path folder) throws IOException, BenchmarkFailed {
        List<Path> paths;
        try (Stream<Path> files = Files.list(folder)) {
            paths = files.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        if (paths.isEmpty()) {
            throw new BenchmarkFailed("no *" + ENDING + " in " + folder);
        }
        List<HistoryFile> histories = new ArrayList<>();
        for (Path path : paths) {
            histories.add(read(path));
        }
        return histories;
    }

    static HistoryFile read(Path path) throws IOException, BenchmarkFailed {
        List<Commit> commits = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    commits.add(commit(JSON.readTree(line)));
                }
            }
        }
        String name = path.getFileName().toString();
        return new HistoryFile(name.substring(0, name.length() - ENDING.length()), commits);
    }

    private static Commit commit(JsonNode json) throws BenchmarkFailed {
        List<Commit.Change> changes = new ArrayList<>();
        for (JsonNode file : json.path("files")) {
            changes.add(
                    new Commit.Change(kind(file.path(0).asText()), file.path(1).asText()));
        }
        return new Commit(
                json.path("commit").asText(),
                OffsetDateTime.parse(json.path("ts").asText()).toInstant(),
                json.path("dev").asText(),
                changes);
    }

    private static Commit.Kind kind(String letter) throws BenchmarkFailed {
        return switch (letter) {
            case "A" -> Commit.Kind.ADDED;
            case "M" -> Commit.Kind.MODIFIED;
            case "D" -> Commit.Kind.DELETED;
            default -> throw new BenchmarkFailed("a file with the change " + letter);
        };
    }
}
