package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.Query;
import dev.devmentor.pbml.engine.related.Related;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A history of commits: on each line a letter (added, modified, deleted, query) and a path; an empty line ends a commit.
 */
final class RelatedTarget implements Target {

    private static final RelatedFiles.Bounds SMALL = new RelatedFiles.Bounds(64, 32, 400, 4, 256);
    /** The engine's part of the time: a query ranks hundreds of candidates, whatever the bytes are. */
    private static final int QUERIES = 4;
    /** So is a commit, however short: an input of nothing but ends of lines is no parser's matter. */
    private static final int COMMITS = 500;

    @Override
    public String name() {
        return "related";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of("""
                A src/main/java/a/Shop.java
                A src/test/java/a/ShopTest.java

                M src/main/java/a/Shop.java
                M src/test/java/a/ShopTest.java

                D src/main/java/a/Shop.java
                A src/main/java/b/Shop.java

                Q src/test/java/a/ShopTest.java
                """.getBytes(StandardCharsets.UTF_8), """
                A docs/README.de.md
                A lib/http2_client-test.spec.ts
                M docs/README.md
                M .github/workflows/ci.yml

                Q //..//x
                Q HTTPServerÉcole2.c
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void accept(byte[] input) {
        List<String> lines = Texts.lines(Texts.of(input, 0));
        Cost.withinTime(input.length, () -> play(lines));
    }

    private static void play(List<String> lines) {
        RelatedFiles engine = new RelatedFiles(SMALL, Prior.shipped());
        List<Commit.Change> changes = new ArrayList<>();
        Instant at = Instant.EPOCH;
        int commits = 0;
        int queries = 0;
        for (String line : lines) {
            if (line.isEmpty()) {
                if (commits == COMMITS) {
                    break;
                }
                engine.observe(new Commit("c" + commits, at, "a" + commits % 7, changes));
                at = at.plusSeconds(60);
                commits++;
                changes.clear();
                continue;
            }
            String path = line.substring(Math.min(2, line.length()));
            switch (line.charAt(0)) {
                case 'A' -> changes.add(new Commit.Change(Commit.Kind.ADDED, path));
                case 'M' -> changes.add(new Commit.Change(Commit.Kind.MODIFIED, path));
                case 'D' -> changes.add(new Commit.Change(Commit.Kind.DELETED, path));
                default -> {
                    if (queries++ < QUERIES) {
                        answer(engine.related(Query.of(path, at), 10), path);
                    }
                }
            }
        }
        promise(engine.files() <= SMALL.files(), "no more files than allowed");
        byte[] snapshot = engine.snapshot();
        promise(Arrays.equals(RelatedFiles.restore(snapshot).snapshot(), snapshot), "a restored engine is the old one");
    }

    private static void answer(List<Related> answer, String asked) {
        double before = 1;
        Set<String> paths = new HashSet<>();
        for (Related related : answer) {
            promise(
                    related.probability() >= 0 && related.probability() <= before,
                    "no probability rises down the list");
            before = related.probability();
            promise(paths.add(related.path()), "each file once");
            promise(!related.path().equals(asked), "not the file itself");
        }
    }
}
