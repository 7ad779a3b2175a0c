package dev.devmentor.cli.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.cli.history.ReviewLogCsv.Bad;
import dev.devmentor.cli.history.ReviewLogCsv.Line;
import dev.devmentor.cli.history.ReviewLogCsv.Review;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.events.EventTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ReviewLogCsvTest {
    @Test
    void readsTheDemoHistoryWhole() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ReviewLogCsvTest.class.getResourceAsStream("/demo/revlog.csv")),
                StandardCharsets.UTF_8))) {
            ReviewLogCsv.read(in, lines::add);
        }
        assertThat(lines).hasSize(12_580).allMatch(Review.class::isInstance);
        assertThat(lines.getFirst()).isEqualTo(new Review(2, "1711684180217", 1_711_744_352_250L, 1, 25_060));
    }

    @Test
    void namesEveryBadLineAndLosesNoGoodOne() throws IOException {
        List<Line> lines = read("""
                \uFEFFcard_id,review_time_ms,rating,duration_ms
                a,1711744352250,3,100
                b,1711744352250,7,100
                c,yesterday,3,100

                d,1711744352250,3
                ,1711744352250,3,1
                e,1711744352250,3,-1
                f,-5,3,1
                g,1711744352250,4,999999999999
                h,1711744352250,2,
                """);
        assertThat(lines)
                .containsExactly(
                        new Review(2, "a", 1_711_744_352_250L, 3, 100),
                        new Bad(3, "rating is \"7\", not 1 to 4"),
                        new Bad(4, "review_time_ms is \"yesterday\""),
                        new Bad(6, "3 columns instead of 4"),
                        new Bad(7, "card_id is \"\""),
                        new Bad(8, "duration_ms is \"-1\""),
                        new Bad(9, "review_time_ms is \"-5\""),
                        new Review(10, "g", 1_711_744_352_250L, 4, 86_400_000),
                        new Review(11, "h", 1_711_744_352_250L, 2, null));
    }

    @Test
    void refusesAFileThatIsNoReviewLog() {
        assertThatThrownBy(() -> read("a,b,c\n1,2,3\n"))
                .isInstanceOf(Failed.class)
                .hasMessage("the first line has no column card_id: is this a review log?");
        assertThatThrownBy(() -> read("")).hasMessage("the file is empty");
    }

    @Test
    void writesTheEventAsTheContractHasIt() {
        Review review = new Review(2, "1711684180217", 1_711_744_352_250L, 1, 25_060);
        ProducerRecord<byte[], byte[]> record =
                QuizAnsweredEvent.of(review, "demo", "/devmentor/import/x", ZoneId.of("UTC"), Duration.ofDays(1));
        String id = QuizAnsweredEvent.id(review);
        assertThat(record.topic()).isEqualTo("quiz.answered");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("demo");
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"answerId\":\"" + id
                        + "\",\"learner\":\"demo\",\"item\":\"card-1711684180217\",\"answeredAt\":"
                        + "\"2024-03-30T20:32:32.250Z\",\"correct\":false,\"grade\":1,\"zone\":\"UTC\","
                        + "\"responseTimeMs\":25060,\"source\":\"import\"}");
        assertThat(record.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=" + id,
                        "ce_source=/devmentor/import/x",
                        "ce_type=quiz.answered",
                        "ce_time=2024-03-30T20:32:32.250Z",
                        "ce_dataschema=" + EventTypes.QUIZ_ANSWERED.schemaUri(),
                        "content-type=application/json");
    }

    @Test
    void derivesIdsFromContentAloneSoThatAShiftChangesNone() {
        Review review = new Review(2, "a", 5, 3, null);
        assertThat(QuizAnsweredEvent.id(new Review(99, "a", 5, 3, null))).isEqualTo(QuizAnsweredEvent.id(review));
        assertThat(QuizAnsweredEvent.id(new Review(2, "a", 5, 4, null))).isNotEqualTo(QuizAnsweredEvent.id(review));
        byte[] content = {1, 2, 3};
        assertThat(QuizAnsweredEvent.source(content, "demo"))
                .isEqualTo(QuizAnsweredEvent.source(content, "demo"))
                .isNotEqualTo(QuizAnsweredEvent.source(content, "other"))
                .matches("/devmentor/import/[0-9a-f]{16}");
    }

    private static List<Line> read(String text) throws IOException {
        List<Line> lines = new ArrayList<>();
        ReviewLogCsv.read(new BufferedReader(new StringReader(text)), lines::add);
        return lines;
    }
}
