package dev.devmentor.bench.kt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
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
        refuses(HEADER + "u,i,1,1\n", "log.csv, line 2: 4 cells, but the header has 5");
        refuses(HEADER + "u,i,1,2,a\n", "log.csv, line 2: correct is \"2\", not 0 or 1");
        refuses(HEADER + "u,i,then,1,a\n", "log.csv, line 2: timestamp \"then\" is no number and no time");
        refuses(HEADER + ",i,1,1,a\n", "log.csv, line 2: user_id or item_id is empty");
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
