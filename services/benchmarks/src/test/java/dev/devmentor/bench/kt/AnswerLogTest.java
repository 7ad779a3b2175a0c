package dev.devmentor.bench.kt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerLogTest {

    private static final String HEADER = "user_id,item_id,timestamp,correct,skill_id\n";

    @Test
    void rowsOfOneAnswerAreMergedWhereverTheyStand() throws Exception {
        AnswerLog log = read("u,i,100,1,a\nu,j,160,0,a\nu,i,100,1,b\nu,i,300,1,b\n");
        assertThat(log.rows()).isEqualTo(4);
        assertThat(log.answers()).hasSize(3);
        assertThat(log.answers().getFirst().skills()).containsExactly(0, 1);
        assertThat(log.answers().get(1).right()).isFalse();
        assertThat(log.answers().get(2).second()).isEqualTo(300);
    }

    @Test
    void severalSkillsMayStandInOneCell() throws Exception {
        AnswerLog log = read("u,i,100,1,a~b;c\nu,j,101,1,\n");
        assertThat(log.answers().getFirst().skills()).containsExactly(0, 1, 2);
        assertThat(log.answers().get(1).skills()).isEmpty();
    }

    @Test
    void withoutAClockOnlyNeighboursWithNewSkillsAreOneAnswer() throws Exception {
        AnswerLog log = read("u,i,0,1,a\nu,i,0,1,b\nu,i,0,1,a\nu,j,0,1,a\nu,i,0,1,b\n");
        assertThat(log.hasClock()).isFalse();
        assertThat(log.answers()).hasSize(4);
        assertThat(log.answers().getFirst().skills()).containsExactly(0, 1);
    }

    @Test
    void readsTheClocksThatFilesHave() throws Exception {
        assertThat(read("u,i,1700000000,1,a\nu,j,1700000060,1,a\n")
                        .answers()
                        .get(1)
                        .second())
                .isEqualTo(1_700_000_060L);
        assertThat(read("u,i,1700000000000,1,a\nu,j,1700000060000,1,a\n")
                        .answers()
                        .get(1)
                        .second())
                .isEqualTo(1_700_000_060L);
        assertThat(read("u,i,2023-11-14 22:13:20,1,a\nu,j,2023-11-14T22:14:20Z,1,a\n")
                        .answers()
                        .get(1)
                        .second())
                .isEqualTo(1_700_000_060L);
    }

    /** Riiid: each person's clock begins at 0, and the median is far below that of milliseconds since 1970. */
    @Test
    void aClockOfMillisecondsSinceAPersonsFirstAnswerIsNotReadAsSeconds() throws Exception {
        AnswerLog log = read("u,a,0,1,s\nu,b,23000,0,s\nu,c,23000,1,s\nu,d,86400000,1,s\nu,e,86431000,1,s\n"
                + "v,a,0,1,s\nv,b,19500,0,s\nv,c,30000000000,0,s\nv,d,30000018000,0,s\n");
        assertThat(seconds(log)).containsExactly(0L, 23L, 23L, 86_400L, 86_431L, 0L, 19L, 30_000_000L, 30_000_018L);
    }

    @Test
    void aClockOfSecondsSinceAnyBeginningStaysOneOfSeconds() throws Exception {
        assertThat(seconds(read("u,a,0,1,s\nu,b,40,0,s\nu,c,95,1,s\nu,d,2600000,1,s\n")))
                .containsExactly(0L, 40L, 95L, 2_600_000L);
    }

    @Test
    void aClockSince1970IsToldByItsSizeHoweverFarItsAnswersAreApart() throws Exception {
        assertThat(seconds(read("u,a,1300000000,1,s\nu,b,1400000000,0,s\nu,c,1700000000,0,s\n")))
                .containsExactly(1_300_000_000L, 1_400_000_000L, 1_700_000_000L);
        assertThat(seconds(read("u,a,1500000000000000,1,s\nu,b,1500000001000000,0,s\n")))
                .containsExactly(1_500_000_000L, 1_500_000_001L);
    }

    @Test
    void badRowsAreSkippedAndCounted() throws Exception {
        AnswerLog log = read("u,i,100,1,a\nu,j,110,0.5,b\nu,j,120,,b\n,j,130,1,b\nu,,140,1,b\nu,j,soon,1,b\n"
                + "u,j,NaN,1,b\nu,j,150\nu,\"j,160,1,b\n\nu,k,170,0.0,c\n");
        assertThat(log.rows()).isEqualTo(2);
        assertThat(log.items()).containsExactly("i", "k");
        assertThat(log.skills()).containsExactly("a", "c");
        assertThat(log.skipped().count()).isEqualTo(8);
        assertThat(log.skipped().sentence())
                .isEqualTo(" 8 rows were skipped, the first: line 3: correct is \"0.5\", not 0 or 1.");
    }

    @Test
    void aMarkQuotesCarriageReturnsAndMoreColumnsInAnyOrderAreNoObstacle() throws Exception {
        AnswerLog log = parse("\uFEFF\"Correct\",school,\"user_id\",skill_id,timestamp,hint,item_id\r\n"
                + "\"1\",\"x, y\",\"u\",\"a;b\",\"100\",,i\r\nfalse,,u,,160,2,j\r\n");
        assertThat(log.skipped().count()).isZero();
        assertThat(log.users()).containsExactly("u");
        assertThat(log.skills()).containsExactly("a", "b");
        assertThat(log.answers().getFirst().right()).isTrue();
        assertThat(log.answers().getLast().right()).isFalse();
    }

    @Test
    void quotedCellsMayHoldCommas() throws Exception {
        AnswerLog log = read("\"u, v\",i,1,1,\"a \"\"b\"\"\"\nw,i,2,0,a\n");
        assertThat(log.users()).containsExactly("u, v", "w");
        assertThat(log.skills()).containsExactly("a \"b\"", "a");
    }

    @Test
    void badFilesEndWithOneLine(@TempDir Path directory) throws Exception {
        refuses("", "log.csv is empty");
        refuses(
                "user,item\n",
                "log.csv, line 1: no column user_id; the header must have "
                        + "user_id,item_id,timestamp,correct,skill_id");
        refuses(HEADER, "log.csv has no row below its header");
        String unusable = "log.csv: none of its 1 rows can be used; line 2: ";
        refuses(HEADER + "u,i,1,1\n", unusable + "4 cells, but the header has 5");
        refuses(HEADER + "u,i,1,2,a\n", unusable + "correct is \"2\", not 0 or 1");
        refuses(HEADER + "u,i,then,1,a\n", unusable + "timestamp \"then\" is no number and no time");
        refuses(HEADER + ",i,1,1,a\n", unusable + "user_id or item_id is empty");
        Path binary = Files.write(directory.resolve("x.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> AnswerLog.read(binary))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage(binary + " is not UTF-8 text");
        Path none = directory.resolve("none.csv");
        assertThatThrownBy(() -> AnswerLog.read(none))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("cannot read " + none + " (NoSuchFileException)");
    }

    @Test
    void aFileWithTooFewPeopleIsRefused() throws Exception {
        AnswerLog log = read("u,i,1,1,a\n");
        assertThatThrownBy(() -> KtBenchmark.score(log, "log.csv"))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("log.csv has too few people: 1");
    }

    private static List<Long> seconds(AnswerLog log) {
        return log.answers().stream().map(AnswerLog.Answer::second).toList();
    }

    private static AnswerLog read(String rows) throws Exception {
        return parse(HEADER + rows);
    }

    private static AnswerLog parse(String text) throws Exception {
        return AnswerLog.parse("log.csv", new BufferedReader(new StringReader(text)));
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage(message);
    }
}
