package dev.devmentor.bench.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.templates.LabelledLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What is looked for: paraphrases, lines of one log statement, files of a commit. */
final class Pools {

    private static final long SEED = 20_261_129;
    /** Queries of one log statement. */
    private static final int OF_ONE_EVENT = 10;
    /** Files of a commit, at most: more are no single change. */
    private static final int MOST_FILES = 10;
    /** One commit in so many is asked for. */
    private static final int EVERY = 5;
    /** Paths that can be found, at least. */
    private static final int LEAST_PATHS = 50;

    private static final ObjectReader JSON = new ObjectMapper().reader();

    private Pools() {}

    /** One half of the paraphrases: {@code development} or {@code held-out}. */
    static Pool paraphrases(String half) throws IOException, BenchmarkFailed {
        try (InputStream in = Pools.class.getResourceAsStream(half + ".txt")) {
            if (in == null) {
                throw new BenchmarkFailed("no paraphrases " + half);
            }
            return paraphrases(half, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Groups of lines with a blank line between them; what begins with # is a comment. */
    static Pool paraphrases(String name, String file) {
        Map<Integer, List<String>> groups = new LinkedHashMap<>();
        int group = 0;
        for (String line : file.lines().toList()) {
            if (line.isBlank()) {
                group++;
            } else if (!line.startsWith("#")) {
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(line);
            }
        }
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        groups.forEach((key, lines) -> lines.forEach(line -> {
            texts.add(line);
            labels.add(key.toString());
        }));
        return labelled(name, texts, labels, Integer.MAX_VALUE);
    }

    /** Different lines of each log; lines of the same event are relevant. What is variable in them is not told. */
    static List<Pool> logs(Path folder) throws IOException, BenchmarkFailed {
        List<Pool> pools = new ArrayList<>();
        for (LabelledLog log : LabelledLog.all(folder)) {
            Map<String, String> different = new LinkedHashMap<>();
            for (int i = 0; i < log.lines().size(); i++) {
                different.putIfAbsent(log.lines().get(i), log.templates().get(i));
            }
            pools.add(labelled(
                    log.name(), List.copyOf(different.keySet()), List.copyOf(different.values()), OF_ONE_EVENT));
        }
        return pools;
    }

    private static Pool labelled(String name, List<String> texts, List<String> labels, int most) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            members.computeIfAbsent(labels.get(i), key -> new ArrayList<>()).add(i);
        }
        List<Pool.Query> queries = new ArrayList<>();
        members.forEach((label, all) -> {
            if (all.size() > 1) {
                List<Integer> asked = new ArrayList<>(all);
                Collections.shuffle(asked, new Random(SEED));
                for (int i : asked.subList(0, Math.min(most, asked.size()))) {
                    List<Integer> relevant =
                            all.stream().filter(other -> other != i).toList();
                    queries.add(new Pool.Query(texts.get(i), i, label, relevant, texts.size()));
                }
            }
        });
        return new Pool(name, texts, queries);
    }

    /** The subject of a commit is asked; of all paths that were there before, those that it modified are relevant. */
    static List<Pool> subjects(Path folder) throws IOException, BenchmarkFailed {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new BenchmarkFailed("no *.jsonl.gz in " + folder);
        }
        List<Pool> pools = new ArrayList<>();
        for (Path file : files) {
            pools.add(subjectsOf(file));
        }
        return pools;
    }

    private static Pool subjectsOf(Path file) throws IOException {
        Map<String, Integer> paths = new HashMap<>();
        List<String> texts = new ArrayList<>();
        List<Pool.Query> queries = new ArrayList<>();
        int commits = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode commit = JSON.readTree(line);
                Set<Integer> modified = new LinkedHashSet<>();
                int known = texts.size();
                for (JsonNode change : commit.path("files")) {
                    String path = change.path(1).asText();
                    Integer index = paths.get(path);
                    if (index != null && change.path(0).asText().equals("M")) {
                        modified.add(index);
                    } else if (index == null) {
                        paths.put(path, texts.size());
                        texts.add(path);
                    }
                }
                String subject = commit.path("subject").asText();
                if (commits++ % EVERY == 0
                        && known >= LEAST_PATHS
                        && !modified.isEmpty()
                        && modified.size() <= MOST_FILES
                        && !subject.isBlank()) {
                    queries.add(new Pool.Query(subject, -1, Integer.toString(commits), List.copyOf(modified), known));
                }
            }
        }
        return new Pool(String.valueOf(file.getFileName()), texts, queries);
    }
}
