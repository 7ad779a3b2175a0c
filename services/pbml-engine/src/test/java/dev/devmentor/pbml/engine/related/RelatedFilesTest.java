package dev.devmentor.pbml.engine.related;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.confidence.Calibration;
import dev.devmentor.pbml.engine.related.Commit.Change;
import dev.devmentor.pbml.engine.related.Commit.Kind;
import dev.devmentor.pbml.engine.related.RelatedFiles.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelatedFilesTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private int number;

    private Commit commit(Kind kind, String... paths) {
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            changes.add(new Change(kind, path));
        }
        return commit(changes);
    }

    private Commit commit(List<Change> changes) {
        number++;
        return new Commit("c" + number, START.plus(Duration.ofHours(number)), "ada", changes);
    }

    private List<Related> ask(RelatedFiles engine, String... paths) {
        return engine.related(new Query(List.of(paths), "", START.plus(Duration.ofHours(number + 1L))), 10);
    }

    private static List<String> paths(List<Related> related) {
        return related.stream().map(Related::path).toList();
    }

    @Test
    void knowsNothingOfAnEmptyRepository() {
        assertThat(ask(new RelatedFiles(), "src/A.java")).isEmpty();
    }

    @Test
    void findsTheTestOfAClassThatWasNeverSeen() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(commit(
                Kind.ADDED,
                "src/main/java/a/Parser.java",
                "src/test/java/a/ParserTest.java",
                "src/main/java/a/Lexer.java",
                "src/test/java/a/LexerTest.java",
                "README.md",
                "pom.xml"));
        List<Related> related = ask(engine, "src/main/java/a/LexerImpl.java");
        assertThat(paths(related).subList(0, 2))
                .containsExactlyInAnyOrder("src/main/java/a/Lexer.java", "src/test/java/a/LexerTest.java");
        assertThat(related.getFirst().reason()).isEqualTo(Related.Reason.SAME_NAME);
        assertThat(related.getFirst().evidence()).containsExactly("c1");
    }

    @Test
    void learnsWhatChangesTogetherAndSaysFromWhichCommits() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(
                commit(Kind.ADDED, "app/Orders.java", "sql/schema.sql", "web/cart.ts", "docs/api.md", "app/Mail.java"));
        for (int i = 0; i < 8; i++) {
            engine.observe(commit(Kind.MODIFIED, "app/Orders.java", "sql/schema.sql"));
            engine.observe(commit(Kind.MODIFIED, "web/cart.ts", "docs/api.md"));
        }
        Related best = ask(engine, "app/Orders.java").getFirst();
        assertThat(best.path()).isEqualTo("sql/schema.sql");
        assertThat(best.reason()).isEqualTo(Related.Reason.CHANGED_TOGETHER);
        assertThat(best.together()).isEqualTo(9);
        assertThat(best.of()).isEqualTo(9);
        assertThat(best.evidence()).containsExactly("c16", "c14", "c12", "c10", "c8");
        assertThat(best.probability()).isGreaterThan(0.6);
    }

    @Test
    void anAnswerRestsOnItsEvidence() {
        List<Commit> history = new ArrayList<>();
        history.add(commit(Kind.ADDED, "a/Orders.java", "b/schema.sql", "c/cart.ts"));
        history.add(commit(Kind.MODIFIED, "a/Orders.java", "b/schema.sql"));
        history.add(commit(Kind.MODIFIED, "a/Orders.java", "b/schema.sql"));
        Related before = ask(after(history), "a/Orders.java").getFirst();
        Set<String> evidence = new HashSet<>(before.evidence());
        assertThat(history).extracting(Commit::id).containsAll(evidence);
        List<Commit> without =
                history.stream().filter(one -> !one.id().equals("c2")).toList();
        Related left = ask(after(without), "a/Orders.java").getFirst();
        assertThat(left.together()).isEqualTo(before.together() - 1);
        assertThat(left.probability()).isNotEqualTo(before.probability());
    }

    private static RelatedFiles after(List<Commit> history) {
        RelatedFiles engine = new RelatedFiles();
        history.forEach(engine::observe);
        return engine;
    }

    @Test
    void neverOffersTheQueryOrWhatIsDeleted() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(commit(Kind.ADDED, "a.c", "a.h", "b.c"));
        engine.observe(commit(Kind.MODIFIED, "a.c", "a.h", "b.c"));
        engine.observe(commit(Kind.DELETED, "a.h"));
        assertThat(paths(ask(engine, "a.c"))).containsExactly("b.c");
        assertThat(paths(ask(engine, "a.c", "b.c"))).isEmpty();
        assertThat(engine.files()).isEqualTo(2);
        engine.observe(commit(Kind.ADDED, "a.h"));
        assertThat(paths(ask(engine, "a.c"))).contains("a.h");
    }

    @Test
    void aRenamedFileKeepsItsHistory() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(commit(Kind.ADDED, "old/Orders.java", "sql/schema.sql", "web/cart.ts"));
        for (int i = 0; i < 5; i++) {
            engine.observe(commit(Kind.MODIFIED, "old/Orders.java", "sql/schema.sql"));
        }
        engine.observe(commit(
                List.of(new Change(Kind.DELETED, "old/Orders.java"), new Change(Kind.ADDED, "new/place/Orders.java"))));
        Related best = ask(engine, "new/place/Orders.java").getFirst();
        assertThat(best.path()).isEqualTo("sql/schema.sql");
        assertThat(best.together()).isEqualTo(6);
        assertThat(paths(ask(engine, "sql/schema.sql")).getFirst()).isEqualTo("new/place/Orders.java");
        assertThat(engine.files()).isEqualTo(3);
    }

    @Test
    void aDirectoryMayMoveOverItself() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(commit(Kind.ADDED, "a/X.java", "b/X.java"));
        engine.observe(commit(Kind.DELETED, "b/X.java"));
        engine.observe(commit(List.of(new Change(Kind.ADDED, "b/X.java"), new Change(Kind.DELETED, "a/X.java"))));
        engine.observe(commit(List.of(new Change(Kind.DELETED, "b/X.java"), new Change(Kind.ADDED, "a/X.java"))));
        assertThat(engine.files()).isEqualTo(1);
        assertThat(engine.history().known()).isEqualTo(1);
        assertThat(RelatedFiles.restore(engine.snapshot()).snapshot()).isEqualTo(engine.snapshot());
    }

    @Test
    void severalFilesSayMoreThanOne() {
        RelatedFiles engine = new RelatedFiles();
        engine.observe(commit(Kind.ADDED, "p/hub.c", "q/red.c", "r/red.conf", "s/blue.c", "t/blue.conf"));
        for (int i = 0; i < 6; i++) {
            engine.observe(commit(Kind.MODIFIED, "p/hub.c", "q/red.c", "r/red.conf"));
            engine.observe(commit(Kind.MODIFIED, "p/hub.c", "s/blue.c", "t/blue.conf"));
        }
        assertThat(paths(ask(engine, "p/hub.c", "q/red.c")).getFirst()).isEqualTo("r/red.conf");
        assertThat(paths(ask(engine, "p/hub.c", "s/blue.c")).getFirst()).isEqualTo("t/blue.conf");
    }

    @Test
    void theSameCommitsGiveTheSameBytes() {
        List<Commit> history = generated(new SplittableRandom(1), 400);
        RelatedFiles one = after(history);
        RelatedFiles other = after(history);
        assertThat(other.snapshot()).isEqualTo(one.snapshot());
    }

    @Test
    void questionsLeaveNoTrace() {
        List<Commit> history = generated(new SplittableRandom(2), 200);
        RelatedFiles asked = new RelatedFiles();
        for (Commit commit : history) {
            asked.related(Query.of(commit.changes().getFirst().path(), commit.at()), 10);
            asked.observe(commit);
        }
        assertThat(asked.snapshot()).isEqualTo(after(history).snapshot());
    }

    @Test
    void aRestoredOneContinuesBitByBit() {
        SplittableRandom random = new SplittableRandom(3);
        RelatedFiles engine = new RelatedFiles(new Bounds(300, 400, 2_000, 5, 200), Prior.shipped());
        RelatedFiles other = engine;
        for (Commit commit : generated(random, 1_500)) {
            Query query = new Query(List.of(commit.changes().getFirst().path()), commit.author(), commit.at());
            assertThat(other.related(query, 20)).isEqualTo(engine.related(query, 20));
            engine.observe(commit);
            if (other != engine) {
                other.observe(commit);
            }
            if (random.nextInt(150) == 0) {
                byte[] snapshot = engine.snapshot();
                assertThat(other.snapshot()).isEqualTo(snapshot);
                other = RelatedFiles.restore(snapshot);
            }
        }
        assertThat(other).isNotSameAs(engine);
        assertThat(other.snapshot()).isEqualTo(engine.snapshot());
    }

    @Test
    void learnsTheHabitsOfAGeneratedRepository() {
        RelatedFiles engine = new RelatedFiles();
        Calibration calibration = new Calibration();
        int queries = 0;
        int hits = 0;
        for (Commit commit : generated(new SplittableRandom(4), 1_500)) {
            List<String> modified = RelatedFiles.modified(commit, engine.history());
            for (String path : modified) {
                List<Related> related = engine.related(Query.of(path, commit.at()), 5);
                assertThat(related).extracting(Related::probability).isSortedAccordingTo(Comparator.reverseOrder());
                related.forEach(one -> calibration.add(one.probability(), modified.contains(one.path())));
                if (modified.size() > 1) {
                    queries++;
                    hits += !related.isEmpty()
                                    && modified.contains(related.getFirst().path())
                            ? 1
                            : 0;
                }
            }
            engine.observe(commit);
        }
        assertThat(queries).isGreaterThan(2_000);
        assertThat((double) hits / queries).isGreaterThan(0.8);
        assertThat(calibration.error()).isLessThanOrEqualTo(0.04);
    }

    @Test
    void memoryStaysWithinItsBounds() {
        Bounds bounds = new Bounds(500, 300, 1_000, 10, 100);
        RelatedFiles engine = new RelatedFiles(bounds, Prior.shipped());
        SplittableRandom random = new SplittableRandom(5);
        int most = 0;
        for (int i = 0; i < (LONG ? 200_000 : 3_000); i++) {
            List<Change> changes = new ArrayList<>();
            for (int j = random.nextInt(1, 12); j > 0; j--) {
                changes.add(new Change(
                        Kind.values()[random.nextInt(3)], "d" + random.nextInt(50) + "/f" + random.nextInt(1_000_000)));
            }
            engine.observe(new Commit("c" + i, START.plusSeconds(i), "a" + random.nextInt(100), changes));
            assertThat(engine.history().known()).isLessThanOrEqualTo(bounds.files());
            assertThat(engine.history().entries()).isLessThanOrEqualTo(bounds.entries());
            assertThat(engine.history().steps()).isLessThanOrEqualTo(bounds.commits());
            if (i % 500 == 499) {
                most = Math.max(most, engine.snapshot().length);
            }
        }
        assertThat(most).isLessThan(150_000);
    }

    @Test
    void aHugeCommitIsRememberedButRelatesNothing() {
        RelatedFiles engine = new RelatedFiles();
        String[] paths = IntStream.range(0, 20_000)
                .mapToObj(i -> "m" + i % 40 + "/File" + i + ".java")
                .toArray(String[]::new);
        engine.observe(commit(Kind.ADDED, paths));
        engine.observe(commit(Kind.MODIFIED, paths));
        assertThat(engine.files()).isEqualTo(20_000);
        assertThat(engine.history().entries()).isZero();
        assertThat(ask(engine, "m1/File1.java"))
                .allSatisfy(one -> assertThat(one.together()).isZero());
    }

    @Test
    void hostilePathsDoNoHarm() {
        RelatedFiles engine = new RelatedFiles();
        String large = "x/".repeat(32 * 1_024);
        String[] paths = {
            "",
            "/",
            "//",
            "../../../etc/passwd",
            ".",
            "..",
            "a\u0000b",
            "\ud800",
            "a/\udc00/b",
            "😀/😀.java",
            large,
            "A".repeat(65_536),
            "-".repeat(1_000),
            "/".repeat(1_000),
            "aB".repeat(500),
            "日本語/テスト.java",
            " ",
            "\n",
            "a\tb"
        };
        engine.observe(commit(Kind.ADDED, paths));
        engine.observe(commit(Kind.MODIFIED, paths));
        for (String path : paths) {
            assertThat(ask(engine, path))
                    .allSatisfy(one -> assertThat(one.probability()).isBetween(0.0, 1.0));
        }
        assertThat(ask(engine, paths)).hasSizeLessThanOrEqualTo(10);
        engine.observe(commit(Kind.DELETED, paths));
        assertThat(engine.files()).isZero();
        assertThat(RelatedFiles.restore(engine.snapshot()).snapshot()).isEqualTo(engine.snapshot());
    }

    @Test
    void anyCommitsAreTaken() {
        SplittableRandom random = new SplittableRandom(6);
        Bounds bounds = new Bounds(64, 64, 400, 4, 64);
        RelatedFiles engine = new RelatedFiles(bounds, Prior.shipped());
        int inputs = LONG ? 10_000_000 : 100_000;
        for (int taken = 0; taken < inputs; ) {
            List<Change> changes = new ArrayList<>();
            for (int j = random.nextInt(40); j >= 0; j--) {
                changes.add(new Change(Kind.values()[random.nextInt(3)], path(random)));
            }
            taken += changes.size();
            Instant at = START.plusSeconds(random.nextLong(-10_000_000_000L, 10_000_000_000L));
            engine.observe(new Commit(
                    "c" + random.nextInt(1_000), at, random.nextBoolean() ? "" : "a" + random.nextInt(9), changes));
            if (random.nextInt(20) == 0) {
                List<Related> related = engine.related(
                        new Query(List.of(path(random), path(random)), "a1", at), 1 + random.nextInt(60));
                assertThat(related)
                        .allSatisfy(one -> assertThat(one.probability()).isBetween(0.0, 1.0));
                assertThat(new HashSet<>(paths(related))).hasSameSizeAs(related);
            }
        }
        assertThat(RelatedFiles.restore(engine.snapshot()).snapshot()).isEqualTo(engine.snapshot());
    }

    private static String path(SplittableRandom random) {
        int length = random.nextInt(12);
        if (random.nextInt(3) > 0) {
            return "d" + random.nextInt(4) + "/F" + random.nextInt(30) + (random.nextBoolean() ? ".java" : "Test.java");
        }
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf("aB/._-1é\ud83d\ude00".charAt(random.nextInt(10))))
                .collect(Collectors.joining());
    }

    @Test
    void refusesWhatIsNoCommitAndNoQuery() {
        assertThatThrownBy(() -> new Commit("", START, "", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Commit("c".repeat(129), START, "", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Commit("c", START, "\ud800", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Query(List.of(), "", START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RelatedFiles.restore(new byte[] {7})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPriorIsItsText() {
        assertThat(Prior.of(Prior.shipped().text()).text())
                .isEqualTo(Prior.shipped().text());
        assertThatThrownBy(() -> Prior.of("AAAA")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPriorIsFoundFromOtherHistories() {
        List<List<Commit>> histories =
                List.of(generated(new SplittableRandom(7), 200), generated(new SplittableRandom(8), 200));
        Prior prior = Prior.fit(histories);
        assertThat(Prior.fit(histories).text()).isEqualTo(prior.text());
        assertThat(hits(prior)).isGreaterThan(0.7);
    }

    private static double hits(Prior prior) {
        RelatedFiles engine = new RelatedFiles(Bounds.DEFAULT, prior);
        int queries = 0;
        int hits = 0;
        for (Commit commit : generated(new SplittableRandom(9), 300)) {
            List<String> modified = RelatedFiles.modified(commit, engine.history());
            if (modified.size() > 1) {
                for (String path : modified) {
                    List<Related> related = engine.related(Query.of(path, commit.at()), 1);
                    queries++;
                    hits += !related.isEmpty()
                                    && modified.contains(related.getFirst().path())
                            ? 1
                            : 0;
                }
            }
            engine.observe(commit);
        }
        return (double) hits / queries;
    }

    /**
     * Thirty subjects of a class, its test and sometimes a page, in six modules; a change takes one subject, at times with a
     * second one or the changelog, and subjects move to another module now and then.
     */
    private static List<Commit> generated(SplittableRandom random, int count) {
        List<Commit> commits = new ArrayList<>();
        int[] module = IntStream.range(0, 30).map(subject -> subject % 6).toArray();
        Set<String> there = new HashSet<>();
        Instant at = START;
        for (int i = 0; i < count; i++) {
            at = at.plusSeconds(random.nextInt(100_000));
            List<Change> changes = new ArrayList<>();
            int subject = random.nextInt(30);
            if (random.nextInt(60) == 0
                    && there.contains(files(subject, module[subject]).getFirst())) {
                int to = random.nextInt(6);
                if (to != module[subject]) {
                    for (int f = 0; f < 2; f++) {
                        there.remove(files(subject, module[subject]).get(f));
                        there.add(files(subject, to).get(f));
                        changes.add(new Change(
                                Kind.DELETED, files(subject, module[subject]).get(f)));
                        changes.add(new Change(Kind.ADDED, files(subject, to).get(f)));
                    }
                    module[subject] = to;
                }
            }
            List<String> touched = new ArrayList<>(files(subject, module[subject]));
            if (random.nextInt(4) == 0) {
                touched.remove(1);
            }
            if (random.nextInt(6) == 0) {
                touched.addAll(files((subject + 1) % 30, module[(subject + 1) % 30]));
            }
            if (random.nextInt(5) == 0) {
                touched.add("CHANGELOG.md");
            }
            Set<String> done = changes.stream().map(Change::path).collect(Collectors.toSet());
            for (String path : touched) {
                if (!done.contains(path)) {
                    changes.add(new Change(there.add(path) ? Kind.ADDED : Kind.MODIFIED, path));
                }
            }
            commits.add(new Commit("g" + i, at, "dev" + subject % 4, changes));
        }
        return commits;
    }

    private static List<String> files(int subject, int module) {
        String name = "Subject" + (char) ('A' + subject % 26) + (char) ('a' + subject / 26);
        return List.of(
                "m" + module + "/src/main/java/x/" + name + ".java",
                "m" + module + "/src/test/java/x/" + name + "Test.java");
    }
}
