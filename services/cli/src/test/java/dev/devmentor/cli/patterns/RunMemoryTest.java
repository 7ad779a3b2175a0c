package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMemoryTest {
    private static final String PASSES = "[INFO] BUILD SUCCESS\n";
    private static final String BROKEN = "class Greeter {\n  StringUtils s;\n}\n";
    private static final String MENDED = "import org.apache.StringUtils;\nclass Greeter {\n  StringUtils s;\n}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void prepare() throws IOException {
        shop = new Shop(directory);
        shop.write("src/demo/Greeter.java", BROKEN);
        shop.write("src/demo/Cart.java", "class Cart {}\n");
        shop.write("pom.xml", "<project/>\n");
    }

    @Test
    void anErrorThatNobodySawSaysSo() {
        assertThat(shop.lines(shop.run(Shop.FAILS, 1)))
                .containsExactly(
                        "patterns: error: cannot find symbol StringUtils (Greeter.java)  [" + id() + "]",
                        "patterns:   never seen here before");
    }

    @Test
    void theRunThatSucceedsNamesWhatFixedTheError() {
        shop.run(Shop.FAILS, 1);
        shop.run(Shop.FAILS + Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);

        assertThat(shop.lines(shop.run(PASSES, 0)))
                .containsExactly(
                        "patterns: gone: cannot find symbol StringUtils (Greeter.java) - failed 1 min ago, 3 times in"
                                + " 2 runs",
                        "patterns:   fixed by: src/demo/Greeter.java (+1 -0)  import org.apache.StringUtils;");
        assertThat(shop.run(PASSES, 0).notes()).isEmpty();
    }

    @Test
    void whenItComesBackItSaysWhatFixedItThen() {
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);
        shop.run(PASSES, 0);
        shop.write("src/demo/Greeter.java", BROKEN);

        assertThat(shop.lines(shop.run(Shop.FAILS.replace("[5,16]", "[77,1]"), 1)))
                .containsExactly(
                        "patterns: error: cannot find symbol StringUtils (Greeter.java)  [" + id() + "]",
                        "patterns:   seen before: 2 min ago, 1 time in 1 run",
                        "patterns:   came back: last fixed 1 min ago by src/demo/Greeter.java (+1 -0)  import"
                                + " org.apache.StringUtils;");
    }

    @Test
    void aFileThatTheErrorNamesComesBeforeTheBuildAndTheBuildBeforeTheRest() {
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);
        shop.write("pom.xml", "<project>\n<dependency/>\n</project>\n");
        shop.write("src/demo/Cart.java", "class Cart { int n; }\n");
        shop.write("docs/a.md", "text\n");

        Fix fix = shop.run(PASSES, 0).of(Note.Gone.class).getFirst().fix();
        assertThat(fix.files())
                .extracting(Fix.Changed::path)
                .containsExactly("src/demo/Greeter.java", "pom.xml", "src/demo/Cart.java", "docs/a.md");
        assertThat(fix.files())
                .extracting(Fix.Changed::why)
                .containsExactly(Fix.Why.NAMED, Fix.Why.BUILD, Fix.Why.NEAR, Fix.Why.OTHER);
    }

    @Test
    void theFileThatWasMissingIsTheOneThatTheErrorSpeaksOf() {
        shop.run(Shop.FAILS, 1);
        shop.write("lib/text/StringUtils.java", "class StringUtils {}\n");
        shop.write("src/demo/Cart.java", "class Cart { int n; }\n");

        Fix fix = shop.run(PASSES, 0).of(Note.Gone.class).getFirst().fix();
        assertThat(fix.files().getFirst())
                .isEqualTo(new Fix.Changed(
                        "lib/text/StringUtils.java", Fix.Why.NAMED, 1, 0, List.of("+class StringUtils {}")));
    }

    @Test
    void whatGoesWithoutAnyChangeMayComeAndGoByItself() {
        shop.run(Shop.FAILS, 1);
        assertThat(shop.lines(shop.run(PASSES, 0)).getLast())
                .isEqualTo("patterns:   no file of the project changed in between: it may come and go by itself");
    }

    @Test
    void aRunThatFailsEarlierClaimsNothing() {
        shop.run(Shop.FAILS, 1);
        Shop.Told other = shop.run("""
            [ERROR] Failed to execute goal on project shop: Could not resolve dependencies: offline -> [Help 1]
            """, 1);
        assertThat(other.of(Note.Gone.class)).isEmpty();
        assertThat(shop.lines(other).getLast())
                .isEqualTo("patterns: not seen this time: cannot find symbol StringUtils (Greeter.java)"
                        + " - last 1 min ago, not known to be fixed");
        assertThat(shop.run(PASSES, 0).of(Note.Gone.class)).hasSize(2);
    }

    @Test
    void aRunThatFailsLaterShowsThatTheErrorIsGone() {
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);
        Shop.Told later = shop.run("""
            [INFO] --- compiler:3.14.1:compile (default-compile) @ shop ---
            [INFO] --- surefire:3.5.4:test (default-test) @ shop ---
            [ERROR] demo.CartTest.sums -- Time elapsed: 0.018 s <<< FAILURE!
            java.lang.AssertionError: 3
            \tat demo.CartTest.sums(CartTest.java:14)
            [INFO] BUILD FAILURE
            """, 1);
        assertThat(later.of(Note.Gone.class)).extracting(Note.Gone::how).containsExactly("passed");
        assertThat(later.of(Note.Seen.class)).hasSize(1);
    }

    @Test
    void anotherCommandThatSucceedsFixesNothing() {
        shop.run(Shop.FAILS, 1);
        shop.command = "mvn clean";
        assertThat(shop.run(PASSES, 0).notes()).isEmpty();
        assertThat(shop.run(Shop.FAILS, 1).of(Note.Seen.class).getFirst().before())
                .isNotNull();
    }

    @Test
    void aLogHasNoEndThatCouldFixAnything() {
        shop.command = "log app.log";
        shop.run("2026-11-29 10:00:00 ERROR cannot save\n", null);
        Shop.Told second = shop.run("2026-11-29 10:00:00 INFO all is well\n", null);
        assertThat(second.of(Note.Gone.class)).isEmpty();
        assertThat(second.of(Note.NotSeen.class)).hasSize(1);
    }

    @Test
    void withGitCommitsInBetweenAreNamed() throws Exception {
        shop.git("init", "-q");
        shop.git("add", "-A");
        shop.git("commit", "-qm", "Start");
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);
        shop.git("commit", "-qam", "Import what greeting needs");

        Fix fix = shop.run(PASSES, 0).of(Note.Gone.class).getFirst().fix();
        assertThat(fix.commits()).extracting(Git.Commit::subject).containsExactly("Import what greeting needs");
        assertThat(fix.files())
                .containsExactly(new Fix.Changed(
                        "src/demo/Greeter.java", Fix.Why.NAMED, 1, 0, List.of("+import org.apache.StringUtils;")));
    }

    @Test
    void withGitAChangeThatWasNeverCommittedIsKnownByItsLines() throws Exception {
        shop.write("src/demo/Greeter.java", MENDED);
        shop.write(".gitignore", "target/\n");
        shop.git("init", "-q");
        shop.git("add", "-A");
        shop.git("commit", "-qm", "Start");
        shop.write("src/demo/Greeter.java", BROKEN);
        shop.write("target/Greeter.class", "1");
        shop.run(Shop.FAILS, 1);
        shop.git("checkout", "-q", "src/demo/Greeter.java");
        shop.write("target/Greeter.class", "2");
        shop.write("new file.java", "class New {}\n");

        Fix fix = shop.run(PASSES, 0).of(Note.Gone.class).getFirst().fix();
        assertThat(fix.commits()).isEmpty();
        assertThat(fix.files())
                .extracting(Fix.Changed::path, Fix.Changed::added, Fix.Changed::removed)
                .containsExactly(tuple("src/demo/Greeter.java", 1, 0), tuple("new file.java", 1, 0));
    }

    @Test
    void aRunThatWasKilledHasItsErrorsInTheLedger() throws IOException {
        shop.run(Shop.FAILS, 1);
        Path file = shop.home.resolve("ledger.jsonl");
        String all = Files.readString(file);
        String end = all.lines()
                .filter(line -> line.contains("\"t\":\"end\""))
                .findFirst()
                .orElseThrow();
        // The kill came while the end was being written.
        Files.writeString(file, all.replace(end + "\n", end.substring(0, 20)));

        Shop.Told next = shop.run(Shop.FAILS, 1);
        assertThat(next.memory().remarks())
                .containsExactly("the last line of the ledger was cut off by a kill and is left out");
        KnownError before = next.of(Note.Seen.class).getFirst().before();
        assertThat(before).isNotNull();
        assertThat(before.times()).isEqualTo(1);
        assertThat(shop.ledger().read().torn()).isFalse();
    }

    @Test
    void whatIsForgottenIsNeverSeenBefore() {
        shop.run(Shop.FAILS, 1);
        shop.ledger()
                .append(new JsonMapper().createObjectNode().put("t", "forget").put("id", id()));
        assertThat(shop.run(Shop.FAILS, 1).of(Note.Seen.class).getFirst().before())
                .isNull();
    }

    @Test
    void compactionKeepsWhatIsKnownOfEachError() {
        shop.run(Shop.FAILS, 1);
        shop.write("src/demo/Greeter.java", MENDED);
        shop.run(PASSES, 0);
        shop.run(Shop.FAILS + Shop.FAILS, 1);
        List<JsonNode> whole = shop.ledger().read().records();
        Memory before = Memory.of(whole);
        List<JsonNode> fewer = before.compacted();
        Memory after = Memory.of(fewer);

        assertThat(ErrorLook.json(after.errors().iterator().next(), true))
                .isEqualTo(ErrorLook.json(before.errors().iterator().next(), true));
        assertThat(after.untold()).containsExactlyElementsOf(before.untold());
        assertThat(after.compacted()).isEqualTo(fewer);
    }

    @Test
    void neverKeepsMoreErrorsThanItsLimitAndTheLatestOnes() {
        StringBuilder many = new StringBuilder();
        String words = "abcdefghijklmnopqrstuvwxyz";
        for (int i = 0; i < Memory.ERRORS + 50; i++) {
            String name = "" + words.charAt(i / 26 % 26) + words.charAt(i % 26) + words.charAt(i / 676);
            many.append("Cart")
                    .append(name)
                    .append(".java:1: error: broken ")
                    .append(name)
                    .append('\n');
        }
        shop.run(many.toString(), 1);
        shop.run(Shop.FAILS, 1);
        Memory memory = Memory.of(Memory.of(shop.ledger().read().records()).compacted());
        assertThat(memory.errors()).hasSize(Memory.ERRORS);
        assertThat(memory.error(id())).isPresent();
    }

    @Test
    void contentsThatAreKeptStayWithinTheirLimit() throws IOException {
        ObjectStore store = new ObjectStore(directory.resolve("objects"), 10_000);
        byte[] noise = new byte[3_000];
        for (int i = 0; i < 20; i++) {
            new Random(i).nextBytes(noise);
            store.put("o" + i, noise);
        }
        store.trim();
        try (Stream<Path> files = Files.list(directory.resolve("objects"))) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThanOrEqualTo(10_000).isGreaterThan(6_000);
        }
        store.put("last", "text".getBytes(StandardCharsets.UTF_8));
        assertThat(store.get("last"))
                .hasValueSatisfying(content -> assertThat(content).hasSize(4));
        assertThat(store.get("never")).isEmpty();
    }

    @Test
    void aFlutterOfManyErrorsIsBounded() {
        StringBuilder many = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                for (char c = 'a'; c <= 'c'; c++) {
                    names.add("" + a + b + c);
                }
            }
        }
        names.forEach(name -> many.append("X").append(name).append(".java:1: error: broken\n"));
        Shop.Told told = shop.run(many.toString(), 1);
        assertThat(told.of(Note.Seen.class)).hasSize(RunMemory.ERRORS);
        assertThat(told.memory().times()).isEqualTo(names.size());
    }

    private String id() {
        return Recognition.of(Shop.FAILS.formatted("/home/ada/shop"))
                .getFirst()
                .identity()
                .exact()
                .substring(0, 8);
    }
}
