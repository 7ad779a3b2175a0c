package dev.devmentor.bench.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewFileTest {

    private static final String CLOCK = "card_id,review_time_ms,rating,elapsed_days_cutoff4utc,elapsed_seconds\n";
    private static final String PLAIN = "card_id,i,delta_t_days,rating,y\n";

    @Test
    void withAClockRowsAreInTheOrderOfTime() throws Exception {
        ReviewHistory history = parse(CLOCK + "b,90000,3,-1,-1\na,1000,1,-1,-1\na,86401000,4,1,86400\n")
                .history();
        assertThat(history.hasClock()).isTrue();
        assertThat(history.cards()).isEqualTo(2);
        assertThat(grades(history)).containsExactly(1, 3, 4);
        assertThat(history.days(2)).isEqualTo(1);
        assertThat(history.elapsed(2)).isEqualTo(1);
        assertThat(history.days(0)).isZero();
    }

    @Test
    void withoutAClockACardsRowsAreInTheOrderOfI() throws Exception {
        ReviewHistory history =
                parse(PLAIN + "a,2,4,1,0\nb,1,0,4,1\na,1,-1,3,1\na,3,0,3,1\n").history();
        assertThat(history.hasClock()).isFalse();
        assertThat(grades(history)).containsExactly(3, 1, 3, 4);
        assertThat(history.card(2)).isEqualTo(history.card(0));
        assertThat(history.days(1)).isEqualTo(4);
        assertThat(history.days(2)).isZero();
        assertThat(history.elapsed(2)).isEqualTo(10.0 / 1_440);
    }

    @Test
    void bothFormsMayHaveAMarkQuotesCarriageReturnsBlankLinesAndMoreColumns() throws Exception {
        ReviewFile plain = parse("\uFEFF\"Y\",deck,\"card_id\",i,delta_t_days,rating\r\n\r\n"
                + "\"1\",\"x, y\",\"a, b\",1,0,\"3\"\r\n0,,\"a, b\",2,5.0,1.0\r\n\r\n");
        assertThat(grades(plain.history())).containsExactly(3, 1);
        assertThat(plain.history().cards()).isEqualTo(1);
        assertThat(plain.history().days(1)).isEqualTo(5);
        assertThat(plain.skipped().sentence()).isEmpty();

        ReviewFile clock = parse("\uFEFFelapsed_seconds,note,rating,elapsed_days_cutoff4utc,card_id,review_time_ms\r\n"
                + "-1,\"said \"\"no\"\"\",\"2\",-1,7,\"1000\"\r\n43200,,3.0,0,7,43201000.0\r\n");
        assertThat(grades(clock.history())).containsExactly(2, 3);
        assertThat(clock.history().elapsed(1)).isEqualTo(0.5);
        assertThat(clock.skipped().count()).isZero();
    }

    @Test
    void badRowsOfAPlainFileAreSkippedAndCounted() throws Exception {
        ReviewFile file = parse(PLAIN + "a,1,0,3,1\nnobody,1,0,0,0\na,2,1,5,1\na,3,1,3,\na,4,x,3,1\na,5,1,3,0\n"
                + ",1,0,3,1\na,6,1,2.5,1\na,7,NaN,3,1\na,8,1e9,3,1\na,9,1\na,10,7,1,0\nb,1,0,4,1\n");
        assertThat(grades(file.history())).containsExactly(3, 1, 4);
        assertThat(file.history().cards()).isEqualTo(2);
        assertThat(file.skipped().count()).isEqualTo(10);
        assertThat(file.skipped().sentence())
                .isEqualTo(" 10 rows were skipped, the first: line 3: rating is 0, not 1 to 4.");
    }

    @Test
    void badRowsOfAFileWithAClockAreSkippedAndCounted() throws Exception {
        ReviewFile file = parse(CLOCK + "a,then,3,-1,-1\na,1000,3,-1,-1\na,2000,0,0,1\na,3000,5,0,1\na,4000,3,,1\n"
                + "a,5000,3,0,\na,86401000,2,1,86400\n");
        assertThat(grades(file.history())).containsExactly(3, 2);
        assertThat(file.skipped().count()).isEqualTo(5);
        assertThat(file.skipped().sentence()).contains("line 2: review_time_ms is \"then\", no number");
    }

    @Test
    void aFileWithoutAUsableRowIsOneClearError(@TempDir Path directory) throws Exception {
        refuses("", "log.csv is empty");
        refuses(
                "card,rating\n1,3\n",
                "log.csv has neither the columns [card_id, review_time_ms, rating, elapsed_days_cutoff4utc,"
                        + " elapsed_seconds] nor [card_id, i, delta_t_days, rating, y]");
        refuses(PLAIN + "\n", "log.csv has no row below its header");
        refuses(PLAIN + "\na,1,0,3,\na,2,1,3,2\n", "log.csv: none of its 2 rows can be used; line 3: y is empty");
        refuses(CLOCK + "a,1000,9,-1,-1\n", "log.csv: none of its 1 rows can be used; line 2: rating is 9, not 1 to 4");
        Path binary = Files.write(directory.resolve("x.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> ReviewFile.read(binary))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage(binary + " is not UTF-8 text");
        Path none = directory.resolve("none.csv");
        assertThatThrownBy(() -> ReviewFile.read(none))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("there is no file " + none);
    }

    private static int[] grades(ReviewHistory history) {
        int[] grades = new int[history.size()];
        for (int r = 0; r < grades.length; r++) {
            grades[r] = history.grade(r);
        }
        return grades;
    }

    private static ReviewFile parse(String text) throws Exception {
        return ReviewFile.parse("log.csv", new BufferedReader(new StringReader(text)));
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage(message);
    }
}
