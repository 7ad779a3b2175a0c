package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.trace.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Style TERMINAL = new Style(true, true, 80);
    private static final Fix FIX = new Fix(
            true,
            List.of(
                    new Fix.Changed(
                            "src/main/java/demo/Greeter.java",
                            Fix.Why.NAMED,
                            1,
                            1,
                            List.of("-import a.StringUtils;", "+import org.apache.commons.lang3.StringUtils;")),
                    new Fix.Changed("pom.xml", Fix.Why.BUILD, 5, 0, List.of("+<dependency>"))),
            2,
            List.of(new Git.Commit("1a2b3c4", "Use commons-lang")));

    private static Finding finding(String title) {
        return new Finding(
                Finding.Kind.COMPILER, new Fingerprint("1f3c9a2b00000000", "b", "c"), title, "text", List.of(), "");
    }

    private static KnownError known(Fix fix) {
        KnownError error = new KnownError(
                "1f3c9a2b", finding("cannot find symbol StringUtils (Greeter.java)"), NOW.minus(Duration.ofDays(3)));
        error.seen(null, "r1", NOW.minus(Duration.ofDays(3)));
        error.seen(null, "r2", NOW.minus(Duration.ofMinutes(2)));
        error.counted("r2", 2);
        if (fix.known()) {
            error.gone(new KnownError.Gone("r3", NOW.minus(Duration.ofMinutes(1)), "success", fix));
        }
        return error;
    }

    private static List<String> plain(Note note) {
        return new NoteLines(Style.PLAIN).of(note, NOW);
    }

    @Test
    void inAPipeEveryLineBeginsWithTheSameWordAndNoneHasAnEscape() {
        Note.Seen seen =
                new Note.Seen("1f3c9a2b", finding("cannot find symbol StringUtils (Greeter.java)"), known(FIX), null);
        assertThat(plain(seen))
                .containsExactly(
                        "patterns: error: cannot find symbol StringUtils (Greeter.java)  [1f3c9a2b]",
                        "patterns:   seen before: first 3 days ago, last 2 min ago, 3 times in 2 runs",
                        "patterns:   came back: last fixed 1 min ago by src/main/java/demo/Greeter.java (+1 -1)"
                                + "  import org.apache.commons.lang3.StringUtils;",
                        "patterns:   also changed: pom.xml",
                        "patterns:   in commit 1a2b3c4 Use commons-lang");
        assertThat(plain(new Note.Gone(known(Fix.UNKNOWN), "success", FIX)))
                .containsExactly(
                        "patterns: gone: cannot find symbol StringUtils (Greeter.java) - failed 2 min ago, 3 times in"
                                + " 2 runs",
                        "patterns:   fixed by: src/main/java/demo/Greeter.java (+1 -1)  import"
                                + " org.apache.commons.lang3.StringUtils;",
                        "patterns:   also changed: pom.xml",
                        "patterns:   in commit 1a2b3c4 Use commons-lang");
    }

    @Test
    void onATerminalOfEightyColumnsItIsCutInTheMiddleAndColoured() {
        assertThat(new NoteLines(TERMINAL).of(new Note.Gone(known(Fix.UNKNOWN), "success", FIX), NOW))
                .containsExactly(
                        "\u001b[32m▌ \u001b[0m\u001b[32m✔ gone: \u001b[0m"
                                + "\u001b[1mcannot find symbol StringUtils (Greeter.java)\u001b[0m",
                        "\u001b[32m▌ \u001b[0m  failed 2 min ago, 3 times in 2 runs",
                        "\u001b[32m▌ \u001b[0m  fixed by: \u001b[1msrc/main/java/demo/Greeter.java\u001b[0m (+1 −1)",
                        "\u001b[32m▌ \u001b[0m    \u001b[31m− import a.StringUtils;\u001b[0m",
                        "\u001b[32m▌ \u001b[0m    \u001b[32m+ import org.apache.commons.lang3.StringUtils;\u001b[0m",
                        "\u001b[32m▌ \u001b[0m  also changed: pom.xml",
                        "\u001b[32m▌ \u001b[0m  in commit 1a2b3c4 Use commons-lang");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        String longTitle = "cannot find symbol " + "VeryLongNameOfSomething".repeat(10) + " 漢字漢字 (Greeter.java)";
        Fix many = new Fix(
                true,
                Stream.iterate(0, i -> i + 1)
                        .limit(12)
                        .map(i -> new Fix.Changed(
                                "src/main/java/" + "deep/".repeat(30) + "File" + i + ".java",
                                Fix.Why.OTHER,
                                40,
                                2,
                                List.of("+" + "x".repeat(190))))
                        .toList(),
                30,
                List.of(new Git.Commit("1a2b3c4", "s".repeat(120)), new Git.Commit("2a2b3c4", "t")));
        KnownError error = new KnownError("1f3c9a2b", finding(longTitle), NOW);
        error.seen(null, "r1", NOW);
        error.gone(new KnownError.Gone("r2", NOW, "success", many));
        List<String> lines = new ArrayList<>();
        for (Note note : List.of(
                new Note.Seen("1f3c9a2b", finding(longTitle), error, null),
                new Note.Seen("1f3c9a2b", finding(longTitle), null, error),
                new Note.Gone(error, "passed", many),
                new Note.NotSeen(error),
                new Note.Elsewhere("p1", "exact", longTitle, 12, NOW, List.of("a/".repeat(60))),
                new Note.Remark(longTitle))) {
            lines.addAll(new NoteLines(TERMINAL).of(note, NOW));
        }
        assertThat(lines)
                .hasSizeGreaterThan(12)
                .allSatisfy(
                        line -> assertThat(Texts.width(AnsiText.strip(line))).isLessThanOrEqualTo(80));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("fixed by: one of 30 files"));
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThat(plain(new Note.Gone(known(Fix.UNKNOWN), "success", Fix.UNKNOWN))
                        .getLast())
                .isEqualTo("patterns:   what had changed is not known any more");
        assertThat(plain(new Note.Seen("1f3c9a2b", finding("x"), known(Fix.UNKNOWN), null)))
                .contains("patterns:   never fixed so far");
    }

    @Test
    void ofASmallNewFileTheLineThatSaysSomethingIsShown() {
        Fix fix = new Fix(
                true,
                List.of(new Fix.Changed(
                        "demo/StringUtil.java",
                        Fix.Why.NAMED,
                        2,
                        0,
                        List.of("+package demo;", "+class StringUtil {}"))),
                1,
                List.of());
        assertThat(plain(new Note.Gone(known(Fix.UNKNOWN), "success", fix)).getLast())
                .isEqualTo("patterns:   fixed by: demo/StringUtil.java (+2 -0)  class StringUtil {}");
    }

    @Test
    void cutsInTheMiddleByColumnsAndNeverThroughACharacter() {
        assertThat(Texts.cutMiddle("abcdefghij", 10, "…")).isEqualTo("abcdefghij");
        assertThat(Texts.cutMiddle("abcdefghijk", 10, "…")).isEqualTo("abcdef…ijk");
        assertThat(Texts.width("漢字")).isEqualTo(4);
        assertThat(Texts.cutMiddle("漢字漢字漢字", 7, "…")).isEqualTo("漢字…字");
        assertThat(Texts.cutMiddle("😀😀😀😀😀", 5, "…")).isEqualTo("😀…😀");
        assertThat(Texts.cutEnd("a😀", 2)).isEqualTo("a");
    }

    @Test
    void agesReadAsPeopleSayThem() {
        assertThat(List.of(1, 42, 120, 7_200, 100_000, 1_000_000).stream()
                        .map(seconds -> Texts.ago(NOW.minusSeconds(seconds), NOW)))
                .containsExactly("just now", "42 s ago", "2 min ago", "2 h ago", "yesterday", "11 days ago");
    }

    @Test
    void theStatusLineIsShorterThanTheTerminal() {
        Display.Status status = new Display.Status(Duration.ofSeconds(12), 4120, 56, 2, 1);
        assertThat(LinesDisplay.statusLine(status, TERMINAL))
                .isEqualTo(
                        "\u001b[31m  12.0 s · 4 120 lines, 343/s · 56 templates · 2 errors (1 seen before)\u001b[0m");
        assertThat(Texts.width(AnsiText.strip(LinesDisplay.statusLine(status, new Style(true, true, 30)))))
                .isLessThan(30);
    }

    @Test
    void theStatusLineIsWipedBeforeAnythingElseAndNeverDrawnIntoALine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(out, new ByteArrayOutputStream(), true, true);
        screen.status("S");
        screen.pass("half".getBytes(StandardCharsets.UTF_8), false);
        screen.status("never");
        screen.lines(List.of("note"));
        screen.status("S");
        screen.wipe();
        screen.flush();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[KS\r\u001b[Khalf\n\u001b[0mnote\n\r\u001b[KS\r\u001b[K");
    }

    @Test
    void inAPipeNothingIsDrawnOver() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(out, err, false, false);
        screen.status("S");
        screen.pass("half".getBytes(StandardCharsets.UTF_8), false);
        screen.pass("oops\n".getBytes(StandardCharsets.UTF_8), true);
        screen.lines(List.of("note"));
        screen.control("\u001b[2J");
        screen.flush();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("half\nnote\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("oops\n");
    }

    private static Templates templates(Templates templates, String... lines) {
        for (String line : lines) {
            templates.learn(line);
        }
        return templates;
    }

    @Test
    void templatesStandBesideThoseOfTheLastRun() {
        Templates first = templates(
                Templates.fresh(), "Connected to 10.0.0.1 in 12ms", "Connected to 10.0.0.2 in 9ms", "Cache is cold");
        assertThat(first.comparable()).isFalse();
        assertThat(first.rows())
                .extracting(Templates.Row::typed, Templates.Row::count, Templates.Row::change)
                .containsExactly(
                        tuple("Connected to <ADDRESS> in <DURATION>", 2L, Templates.Change.SAME),
                        tuple("Cache is cold", 1L, Templates.Change.SAME));

        Templates second = templates(
                Templates.read(first.text(true)).orElseThrow(),
                "Connected to 10.0.0.3 in 7ms",
                "WARN Retrying 3 times",
                "Listening on 8080");
        assertThat(second.comparable()).isTrue();
        assertThat(new TemplateLines(Style.PLAIN).of(second.rows()))
                .containsExactly(
                        "patterns: new  1x  WARN Retrying <NUMBER> times",
                        "patterns: new  1x  Listening on <NUMBER>",
                        "patterns:      1x  Connected to <ADDRESS> in <DURATION>",
                        "patterns: gone 1x  Cache is cold");
        assertThat(new TemplateLines(TERMINAL).of(second.rows().subList(0, 1)))
                .containsExactly("\u001b[2m▌ \u001b[0m\u001b[32mnew \u001b[0m 1×  \u001b[33mWARN Retrying \u001b[0m"
                        + "\u001b[36m<NUMBER>\u001b[0m\u001b[33m times\u001b[0m");
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    @Test
    void aRunIsComparedWithTheLastOneThatCameToItsEnd() {
        Templates whole = templates(Templates.fresh(), "Compiling sources", "Packaging the jar");
        Templates broken =
                templates(Templates.read(whole.text(true)).orElseThrow(), "Compiling sources", "Something is missing");
        Templates again =
                templates(Templates.read(broken.text(false)).orElseThrow(), "Compiling sources", "Packaging the jar");
        assertThat(again.rows()).extracting(Templates.Row::change).containsOnly(Templates.Change.SAME);
    }

    @Test
    void templatesThatCannotBeReadAreLearntAnew() {
        assertThat(Templates.read("")).isEmpty();
        assertThat(Templates.read("{\"templates\":2}\nAAAA\n")).isEmpty();
        assertThat(Templates.read("{\"templates\":1,\"counts\":{}}\n%%%\n")).isEmpty();
        assertThat(Templates.read("{\"templates\":1,\"counts\":{}}\nAAAA\n")).isEmpty();
    }

    @Test
    void aFloodOfLinesThatNeverComeAgainStaysWithinItsBounds() {
        Templates templates = Templates.fresh();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            word.setLength(0);
            for (int n = i, k = 0; k < 4; k++, n /= 26) {
                word.append((char) ('a' + n % 26)).append("qx");
            }
            templates.learn(word + " went " + word.reverse() + " by itself");
        }
        assertThat(templates.size()).isLessThanOrEqualTo(20_001);
        assertThat(templates.rows().size()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void theSummaryFitsTheTerminalAndSaysWhatItLeavesOut() {
        Templates templates = Templates.fresh();
        for (char c = 'a'; c <= 'z'; c++) {
            templates.learn(("" + c).repeat(6) + " is done");
            templates.learn(("" + c).repeat(6) + " is done");
        }
        Summary summary = new Summary(
                "mvn test",
                OptionalInt.of(1),
                Duration.ofMillis(12_340),
                4120,
                List.of(new RunMemory.Count(new Note.Seen("1f3c9a2b", finding("broken"), null, null))),
                1,
                List.of(),
                List.of(),
                templates);
        List<String> lines = new SummaryLines(Style.PLAIN, 12, false).of(summary, NOW);
        assertThat(lines.getFirst())
                .isEqualTo("patterns: mvn test failed (exit 1), 12.3 s, 4 120 lines, " + templates.size()
                        + (templates.size() == 1 ? " template" : " templates") + ", 1 error (new)");
        assertThat(lines.size()).isLessThanOrEqualTo(12);
        Summary narrow = new Summary(
                "mvn -o -q --settings /some/where/else/settings.xml verify",
                OptionalInt.of(0),
                Duration.ofMillis(12_340),
                4120,
                List.of(),
                0,
                List.of(),
                List.of("nothing is remembered of this run: disk full"),
                Templates.fresh());
        assertThat(new SummaryLines(TERMINAL, 24, false)
                        .of(narrow, NOW).stream().map(AnsiText::strip).toList())
                .containsExactly(
                        "▌ mvn -o -q --settings /some/…ttings.xml verify succeeded · 12.3 s · 4 120 lines",
                        "▌ note: nothing is remembered of this run: disk full");
    }

    @Test
    void listAndShowFitTheWidth() {
        KnownError error = known(FIX);
        assertThat(ListCommand.lines(List.of(error), 120, NOW, null))
                .containsExactly("1f3c9a2b  fixed  3x  2 min ago  cannot find symbol StringUtils (Greeter.java)"
                        + "  fixed by Greeter.java and 1 more");
        assertThat(ListCommand.lines(List.of(error), 80, NOW, null))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(ShowCommand.lines(error, Memory.of(List.of()), Style.PLAIN, NOW, ZoneOffset.UTC))
                .containsExactly(
                        "cannot find symbol StringUtils (Greeter.java)  fixed  [1f3c9a2b]",
                        "  3 times in 2 runs, first 2026-11-26 12:00, last 2026-11-29 11:58 (2 min ago)",
                        "  | text",
                        "  2026-11-26 12:00  seen   1 time in a run",
                        "  2026-11-29 11:58  seen   2 times in a run",
                        "  2026-11-29 11:59  fixed  the command succeeded",
                        "                     by src/main/java/demo/Greeter.java (+1 -1)  import"
                                + " org.apache.commons.lang3.StringUtils;",
                        "                     also changed: pom.xml",
                        "                     in commit 1a2b3c4 Use commons-lang");
    }

    @Test
    void asksATerminalForItsSizeAndDoesWithoutAnAnswer() {
        assertThat(TerminalSize.parse("30 100")).isEqualTo(new TerminalSize(100, 30));
        assertThat(TerminalSize.parse("0 0")).isEqualTo(TerminalSize.USUAL);
        assertThat(TerminalSize.parse("stty: no")).isEqualTo(TerminalSize.USUAL);
    }

    @Test
    void aRepositoryIsNamedWithoutItsAddress() {
        assertThat(Git.nameOf("git@github.com:org/project.git")).isEqualTo("org/project");
        assertThat(Git.nameOf("https://ada:pw@host/org/project")).isEqualTo("org/project");
        assertThat(Git.nameOf("/srv/git/project.git/")).isEqualTo("git/project");
        assertThat(Git.nameOf("ssh://git@host:22/a/b/c.git")).isEqualTo("b/c");
    }
}
