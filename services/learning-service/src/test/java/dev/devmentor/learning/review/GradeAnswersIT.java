package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class GradeAnswersIT extends LearningIT {
    private static final String REVIEWS = "/api/learning/reviews";
    private static final String BATCH = REVIEWS + "/batch";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"grade\":1|1|2026-03-01T10:10:00Z|0|learning",
                "\"grade\":2|2|2026-03-02T04:00:00Z|1|review",
                "\"grade\":3|3|2026-03-06T04:00:00Z|5|review",
                "\"grade\":4|4|2026-04-24T04:00:00Z|54|review",
                "\"correct\":false|1|2026-03-01T10:10:00Z|0|learning",
                "\"correct\":true|3|2026-03-06T04:00:00Z|5|review",
                "\"correct\":true,\"grade\":2|2|2026-03-02T04:00:00Z|1|review",
                "\"correct\":false,\"grade\":1|1|2026-03-01T10:10:00Z|0|learning",
            })
    void anAnswerGivesItsCardANewDueDate(String given, int grade, String dueAt, int days, String state) {
        String learner = newLearner("answers");

        JsonNode result = ok(
                post(learner, REVIEWS, "{\"item\":\"joins\",\"answeredAt\":\"2026-03-01T10:00:00Z\"," + given + "}"));

        assertThat(result.get("status").intValue()).isEqualTo(200);
        assertThat(result.get("item").textValue()).isEqualTo("joins");
        assertThat(result.get("answerId").textValue()).isNotBlank();
        assertThat(result.get("repeated").booleanValue()).isFalse();
        assertThat(result.get("dueAt").textValue()).isEqualTo(dueAt);
        assertThat(result.get("intervalDays").intValue()).isEqualTo(days);
        assertThat(result.get("state").textValue()).isEqualTo(state);
        assertThat(result.get("scheduler").textValue()).isEqualTo("fsrs7");
        assertThat(requireCard(learner, "joins").state().lastGrade()).isEqualTo(grade);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":\"i\",\"grade\":1,\"correct\":true}",
                "{\"item\":\"i\",\"grade\":2,\"correct\":false}",
                "{\"item\":\"i\",\"grade\":4,\"correct\":false}",
                "{\"item\":\"i\"}",
                "{\"grade\":3}",
                "{\"item\":\"\",\"grade\":3}",
                "{\"item\":\"a\\u0000b\",\"grade\":3}",
                "{\"item\":\"i\",\"grade\":0}",
                "{\"item\":\"i\",\"grade\":5}",
                "{\"item\":\"i\",\"grade\":2.5}",
                "{\"item\":\"i\",\"grade\":\"3\"}",
                "{\"item\":\"i\",\"correct\":\"true\"}",
                "{\"item\":\"i\",\"correct\":1}",
                "{\"item\":7,\"grade\":3}",
                "{\"item\":\"i\",\"grade\":3,\"answerId\":\"\"}",
                "{\"item\":\"i\",\"grade\":3,\"answeredAt\":\"2026-03-01\"}",
                "{\"item\":\"i\",\"grade\":3,\"answeredAt\":\"1969-12-31T23:59:59Z\"}",
                "{\"item\":\"i\",\"grade\":3,\"answeredAt\":\"-999999999-01-01T00:00:00Z\"}",
                "{\"item\":\"i\",\"grade\":3,\"answeredAt\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"item\":\"i\",\"grade\":3,\"zone\":\"Europe/Atlantis\"}",
                "{\"item\":\"i\",\"grade\":3,\"zone\":\"+01:00\"}",
                "{\"item\":\"i\",\"grade\":3,\"responseTimeMs\":-1}",
                "{\"item\":\"i\",\"grade\":3,\"responseTimeMs\":86400001}",
                "{\"item\":\"i\",\"grade\":3,\"bloom\":\"analyse\"}",
                "{\"item\":\"i\",\"grade\":3,\"difficulty\":1.1}",
                "{\"item\":\"i\",\"grade\":3,\"skills\":[\"a\",\"a\"]}",
                "{\"item\":\"i\",\"grade\":3,\"skills\":[null]}",
                "{\"item\":\"i\",\"grade\":3,\"strategy\":\"\"}",
                "{\"item\":\"i\",\"grade\":3,\"strategy\":\"a-name-of-thirty-three-characters\"}",
                "{\"item\":\"i\",\"grade\":3,\"learner\":\"somebody-else\"}",
                "{\"item\":\"i\",\"item\":\"j\",\"grade\":3}",
                "{\"item\":\"i\",\"grade\":3} {}",
                "{\"item\":\"i\",\"grade\":3",
                "[]",
                "null",
                "",
            })
    void refusesWhatTheContractOfTheEventRefuses(String body) {
        String learner = newLearner("refused");

        problem(post(learner, REVIEWS, body), 400, "invalid-request");

        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void refusesABodyThatIsNotJson() {
        problem(as("refused").contentType("text/plain").body("grade 3").post(REVIEWS), 415, "unsupported-media-type");
    }

    @Test
    void answeringTwiceUnderOneAnswerIdChangesNothing() {
        String learner = newLearner("repeats");
        String body = "{\"item\":\"i\",\"grade\":3,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:00Z\"}";
        JsonNode first = ok(post(learner, REVIEWS, body));
        Card card = requireCard(learner, "i");

        JsonNode second = ok(post(learner, REVIEWS, body));

        assertThat(second.get("repeated").booleanValue()).isTrue();
        assertThat(second.get("dueAt")).isEqualTo(first.get("dueAt"));
        assertThat(second.get("answerId").textValue()).isEqualTo("a-1");
        assertThat(card(learner, "i")).isEqualTo(card);
        assertThat(entries(learner)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":\"i\",\"grade\":4,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:00Z\"}",
                "{\"item\":\"j\",\"grade\":3,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:00Z\"}",
                "{\"item\":\"i\",\"grade\":3,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:01Z\"}",
                "{\"item\":\"i\",\"grade\":3,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:00Z\",\"quiz\":\"q\"}",
            })
    void anotherAnswerUnderTheSameAnswerIdIsAConflict(String other) {
        String learner = newLearner("conflicts");
        ok(post(
                learner,
                REVIEWS,
                "{\"item\":\"i\",\"grade\":3,\"answerId\":\"a-1\",\"answeredAt\":\"2026-03-01T10:00:00Z\"}"));
        Card card = requireCard(learner, "i");

        problem(post(learner, REVIEWS, other), 409, "conflicting-duplicate");

        assertThat(card(learner, "i")).isEqualTo(card);
        assertThat(entries(learner)).isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyMakesARetrySafe() {
        String learner = newLearner("retries");
        String body = "{\"item\":\"i\",\"correct\":true}";
        JsonNode first =
                ok(as(learner).header("Idempotency-Key", "k-1").body(body).post(REVIEWS));

        JsonNode retried =
                ok(as(learner).header("Idempotency-Key", "k-1").body(body).post(REVIEWS));

        assertThat(first.get("repeated").booleanValue()).isFalse();
        assertThat(retried.get("repeated").booleanValue()).isTrue();
        assertThat(retried.get("answerId")).isEqualTo(first.get("answerId"));
        assertThat(retried.get("dueAt")).isEqualTo(first.get("dueAt"));
        assertThat(entries(learner)).isEqualTo(1);
        problem(
                as(learner)
                        .header("Idempotency-Key", "k-1")
                        .body("{\"item\":\"i\",\"correct\":false}")
                        .post(REVIEWS),
                409,
                "conflicting-duplicate");
        assertThat(ok(as(learner).header("Idempotency-Key", "k-2").body(body).post(REVIEWS))
                        .get("repeated")
                        .booleanValue())
                .isFalse();
        String other = newLearner("retries");
        assertThat(ok(as(other).header("Idempotency-Key", "k-1").body(body).post(REVIEWS))
                        .get("repeated")
                        .booleanValue())
                .as("a key belongs to one person")
                .isFalse();
        problem(
                as(learner)
                        .header("Idempotency-Key", "k".repeat(129))
                        .body(body)
                        .post(REVIEWS),
                400,
                "invalid-request");
    }

    @Test
    void aTimeAheadOfTheClockIsRefusedFromFiveMinutesOn() {
        String learner = newLearner("ahead");
        Instant now = Instant.now();

        problem(answerAt(learner, now.plus(Duration.ofMinutes(6))), 400, "invalid-request");
        ok(answerAt(learner, now.plus(Duration.ofMinutes(4))));
    }

    private Response answerAt(String learner, Instant at) {
        return post(learner, REVIEWS, "{\"item\":\"i\",\"grade\":3,\"answeredAt\":\"" + at + "\"}");
    }

    @Test
    void aBackDatedAnswerMakesItsCardBeFoldedAgain() {
        String learner = newLearner("late");
        answer(learner, "i", 3, "2026-03-01T10:00:00Z");
        answer(learner, "i", 4, "2026-03-12T10:00:00Z");

        answer(learner, "i", 1, "2026-03-03T10:00:00Z");

        List<Entry> log = List.of(
                entry(learner, "2026-03-01T10:00:00Z", 3),
                entry(learner, "2026-03-03T10:00:00Z", 1),
                entry(learner, "2026-03-12T10:00:00Z", 4));
        assertThat(requireCard(learner, "i").state()).isEqualTo(new CardFold(List.of()).replay(log));
        assertThat(requireCard(learner, "i").state().lapses()).isEqualTo(1);
        assertStateFollowsFromTheLog();
    }

    /** The entry of an answer, with ids as in the log. */
    private Entry entry(String learner, String at, int grade) {
        long micros = Micros.of(Instant.parse(at));
        String eventId = text(
                "SELECT event_id FROM entry JOIN learner ON learner_id = id WHERE sub = ? AND at_us = ?",
                learner,
                micros);
        String answerId = text(
                "SELECT ref FROM entry JOIN learner ON learner_id = id WHERE sub = ? AND at_us = ?", learner, micros);
        return new Entry.Answer(
                new EntryKey(micros, EventSource.URI, eventId),
                answerId,
                LocalDays.localDay(micros, ZoneOffset.UTC, 4),
                "UTC",
                Grade.of(grade),
                -1);
    }

    @Test
    void itsOwnEventComesBackFromKafkaAsADuplicate() {
        String learner = newLearner("echo");
        awaitQuiet();
        double duplicates = counted(QUIZ, "duplicate");
        double applied = counted(QUIZ, "applied");
        try (Tail sent = new Tail(topics, QUIZ)) {
            JsonNode result = answer(learner, "i", 3, "2026-03-01T10:00:00Z", "sql");
            Card card = requireCard(learner, "i");

            ConsumerRecord<byte[], byte[]> event = sent.await(1).getFirst();
            awaitQuiet();

            assertThat(new String(event.key(), StandardCharsets.UTF_8)).isEqualTo(learner);
            assertThat(TestTopics.header(event, "ce_source")).isEqualTo(EventSource.URI);
            assertThat(TestTopics.header(event, "ce_id"))
                    .isEqualTo(EventEncoder.contentId(
                            "answer", learner, result.get("answerId").textValue()));
            JsonNode data = json(new String(event.value(), StandardCharsets.UTF_8));
            assertThat(data.get("item").textValue()).isEqualTo("i");
            assertThat(data.get("answeredAt").textValue()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(data.get("grade").intValue()).isEqualTo(3);
            assertThat(data.get("correct").booleanValue()).isTrue();
            assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(1);
            assertThat(counted(QUIZ, "applied") - applied).isZero();
            assertThat(card(learner, "i")).isEqualTo(card);
            assertThat(entries(learner)).isEqualTo(1);
        }
    }

    @Test
    void aBatchTakesTwoHundredAnswersAndNoMore() {
        String learner = newLearner("batch");

        JsonNode results = ok(post(learner, BATCH, batchOf(200))).get("results");

        assertThat(results).hasSize(200);
        assertThat(texts(results, "status")).containsOnly("200");
        assertThat(texts(results, "item").getFirst()).isEqualTo("i-0");
        assertThat(texts(results, "item").getLast()).isEqualTo("i-199");
        assertThat(entries(learner)).isEqualTo(200);
        problem(post(learner, BATCH, batchOf(201)), 413, "too-large");
        problem(post(learner, BATCH, "{\"answers\":[]}"), 400, "invalid-request");
        problem(post(learner, BATCH, "{}"), 400, "invalid-request");
        problem(post(learner, BATCH, "{\"answers\":[null]}"), 400, "invalid-request");
        assertThat(entries(learner)).isEqualTo(200);
    }

    private static String batchOf(int answers) {
        StringBuilder body = new StringBuilder("{\"answers\":[");
        for (int i = 0; i < answers; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"item\":\"i-%d\",\"grade\":3,\"answeredAt\":\"2026-03-01T10:00:00Z\"}".formatted(i));
        }
        return body.append("]}").toString();
    }

    @Test
    void oneBadAnswerOfABatchLeavesTheOthersAlone() {
        String learner = newLearner("batch");
        answer(learner, "known", 3, "2026-03-01T10:00:00Z");
        ok(post(learner, REVIEWS, "{\"item\":\"x\",\"grade\":3,\"answerId\":\"a-1\"}"));

        JsonNode results = ok(post(learner, BATCH, """
                {"answers":[
                  {"item":"a","grade":3},
                  {"item":"b","grade":1,"correct":true},
                  {"item":"x","grade":4,"answerId":"a-1"},
                  {"item":"x","grade":3,"answerId":"a-1"},
                  {"item":"c","grade":3}]}""")).get("results");

        assertThat(texts(results, "status")).containsExactly("200", "400", "409", "200", "200");
        assertThat(results.get(1).get("problem").get("type").textValue())
                .isEqualTo("https://devmentor.dev/problems/invalid-request");
        assertThat(results.get(2).get("problem").get("type").textValue())
                .isEqualTo("https://devmentor.dev/problems/conflicting-duplicate");
        assertThat(results.get(3).get("repeated").booleanValue()).isTrue();
        assertThat(card(learner, "a")).isNotNull();
        assertThat(card(learner, "b")).isNull();
        assertThat(card(learner, "c")).isNotNull();
    }

    @Test
    void anIdempotencyKeyCoversAWholeBatch() {
        String learner = newLearner("batch");
        String body = "{\"answers\":[{\"item\":\"a\",\"grade\":3},{\"item\":\"a\",\"grade\":3}]}";

        JsonNode first = ok(as(learner)
                        .header("Idempotency-Key", "k")
                        .body(body)
                        .post(BATCH))
                .get("results");
        JsonNode again = ok(as(learner)
                        .header("Idempotency-Key", "k")
                        .body(body)
                        .post(BATCH))
                .get("results");

        assertThat(texts(first, "repeated")).containsExactly("false", "false");
        assertThat(texts(again, "repeated")).containsExactly("true", "true");
        assertThat(entries(learner)).isEqualTo(2);
    }
}
