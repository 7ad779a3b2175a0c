package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DueReviewsIT extends LearningIT {
    private static final String DUE = "/api/learning/reviews/due";

    @Test
    void listsWhatIsDueLongestDueFirst() {
        String learner = newLearner("due");
        answer(learner, "easy", 4, "2026-03-01T10:00:00Z");
        answer(learner, "good", 3, "2026-03-01T10:00:00Z");
        answer(learner, "hard", 2, "2026-03-01T10:00:00Z");
        answer(learner, "again", 1, "2026-03-01T10:00:00Z");

        JsonNode page = due(learner, "2026-04-24T04:00:00Z");

        assertThat(page.get("learner").textValue()).isEqualTo(learner);
        assertThat(page.get("at").textValue()).isEqualTo("2026-04-24T04:00:00Z");
        assertThat(page.get("total").intValue()).isEqualTo(4);
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(texts(page.get("items"), "item")).containsExactly("again", "hard", "good", "easy");
        assertThat(texts(page.get("items"), "dueAt"))
                .containsExactly(
                        "2026-03-01T10:10:00Z", "2026-03-02T04:00:00Z", "2026-03-06T04:00:00Z", "2026-04-24T04:00:00Z");
        assertThat(texts(page.get("items"), "overdueDays")).containsExactly("53", "53", "49", "0");
        assertThat(texts(page.get("items"), "state")).containsExactly("learning", "review", "review", "review");
        JsonNode failed = page.get("items").get(0).get("reason");
        assertThat(failed.get("kind").textValue()).isEqualTo("failed");
        assertThat(failed.get("text").textValue()).isEqualTo("the last answer, on 2026-03-01, was wrong");
        JsonNode scheduled = page.get("items").get(2).get("reason");
        assertThat(scheduled.get("kind").textValue()).isEqualTo("scheduled");
        assertThat(scheduled.get("text").textValue())
                .isEqualTo("5 days after the answer of 2026-03-01, by FSRS-7 for a retention of 90 %");
    }

    @Test
    void listsAtATimeWhatIsDueThenAndNothingThatComesLater() {
        String learner = newLearner("due");
        answer(learner, "hard", 2, "2026-03-01T10:00:00Z");
        answer(learner, "good", 3, "2026-03-01T10:00:00Z");

        assertThat(due(learner, "2026-03-02T03:59:59Z").get("total").intValue()).isZero();
        assertThat(texts(due(learner, "2026-03-02T04:00:00Z").get("items"), "item"))
                .containsExactly("hard");
        assertThat(texts(due(learner, "2026-03-02T05:00:00+01:00").get("items"), "item"))
                .containsExactly("hard");
        assertThat(texts(due(learner, "2026-03-06T04:00:00Z").get("items"), "item"))
                .containsExactly("hard", "good");
        assertThat(texts(get(learner, DUE).get("items"), "item")).as("now").containsExactly("hard", "good");
    }

    @Test
    void pagesByCursorLeaveNothingOutAndRepeatNothing() {
        String learner = newLearner("due");
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            answers.add("{\"item\":\"item:%02d ü\",\"grade\":%d,\"answeredAt\":\"2026-03-01T10:00:00Z\"}"
                    .formatted(i * 7 % 25, i % 3 + 1));
        }
        ok(post(learner, "/api/learning/reviews/batch", "{\"answers\":[" + String.join(",", answers) + "]}"));
        List<String> whole = texts(due(learner, "2026-03-10T00:00:00Z").get("items"), "item");
        assertThat(whole).hasSize(25).doesNotHaveDuplicates();

        for (int limit : List.of(1, 5, 7, 25)) {
            List<String> paged = new ArrayList<>();
            String cursor = null;
            int pages = 0;
            do {
                JsonNode page = cursor == null
                        ? get(learner, DUE + "?limit={l}&at={a}", limit, "2026-03-10T00:00:00Z")
                        : get(learner, DUE + "?limit={l}&at={a}&cursor={c}", limit, "2026-03-10T00:00:00Z", cursor);
                assertThat(page.get("total").intValue()).isEqualTo(25);
                paged.addAll(texts(page.get("items"), "item"));
                cursor = page.get("next").textValue();
                pages++;
            } while (cursor != null);
            assertThat(paged).as("limit %d", limit).isEqualTo(whole);
            assertThat(pages).isEqualTo((25 + limit - 1) / limit);
        }
    }

    @Test
    void aPageHasTwentyItemsUnlessToldOtherwise() {
        String learner = newLearner("due");
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            answers.append(i == 0 ? "" : ",")
                    .append("{\"item\":\"i-%02d\",\"grade\":3,\"answeredAt\":\"2026-03-01T10:00:00Z\"}".formatted(i));
        }
        ok(post(learner, "/api/learning/reviews/batch", "{\"answers\":[" + answers + "]}"));

        JsonNode page = get(learner, DUE);

        assertThat(page.get("items")).hasSize(20);
        assertThat(page.get("total").intValue()).isEqualTo(21);
        assertThat(page.get("next").textValue()).isNotEmpty();
    }

    @Test
    void oneSkillListsItsCardsAlone() {
        String learner = newLearner("due");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql");
        answer(learner, "b", 3, "2026-03-01T10:00:00Z", "java", "sql");
        answer(learner, "c", 3, "2026-03-01T10:00:00Z", "java");
        answer(learner, "d", 3, "2026-03-01T10:00:00Z");

        JsonNode page = get(learner, DUE + "?skill=sql");

        assertThat(texts(page.get("items"), "item")).containsExactly("a", "b");
        assertThat(page.get("total").intValue()).isEqualTo(2);
        assertThat(page.get("items").get(1).get("skills").toString()).isEqualTo("[\"java\",\"sql\"]");
        assertThat(get(learner, DUE + "?skill=cooking").get("total").intValue()).isZero();
    }

    @Test
    void somebodyWithoutCardsHasAnEmptyList() {
        String learner = newLearner("nobody");

        JsonNode page = get(learner, DUE);

        assertThat(page.get("total").intValue()).isZero();
        assertThat(page.get("items")).isEmpty();
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .as("reading makes no learner")
                .isZero();
    }

    /** A day of New York that begins at 05:00, which is 09:00 UTC in April. */
    @Test
    void newCardsOfALearnersDayAreLimitedOverAllItsListsAndPages() {
        String learner = newLearner("new");
        // An answer's day follows from the settings that held at its time.
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-03-01T00:00:00Z")));
        ok(as(learner)
                .body("{\"newPerDay\":3,\"zone\":\"America/New_York\",\"rolloverHour\":5}")
                .put("/api/learning/settings"));
        clock.moveTo(Duration.ZERO);
        List<ProducerRecord<byte[], byte[]>> notes = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            notes.add(note(learner, "n" + i, "2026-03-01T00:00:0%dZ".formatted(i)));
        }
        sendAndAwait(notes);
        String morning = "2026-04-10T10:00:00Z";
        assertThat(offered(learner, morning)).containsExactly("note:n1", "note:n2", "note:n3");

        answer(learner, "note:n1", 4, "2026-04-10T09:00:00Z");
        answer(learner, "note:n2", 4, "2026-04-11T08:59:59Z");
        assertThat(offered(learner, "2026-04-11T08:59:59Z"))
                .as("the same day, to its last second")
                .containsExactly("note:n3");
        JsonNode first = get(learner, DUE + "?limit=1&at={a}", morning);
        assertThat(texts(first.get("items"), "item")).containsExactly("note:n3");
        answer(learner, "note:n3", 4, "2026-04-10T11:00:00Z");
        assertThat(offered(learner, morning)).as("the day's three are taken up").isEmpty();
        assertThat(offered(learner, "2026-04-11T09:00:00Z"))
                .as("a new day")
                .containsExactly("note:n4", "note:n5", "note:n6");

        ok(post(learner, "/api/learning/cards/{i}/actions", "{\"action\":\"undo\"}", "note:n3"));
        assertThat(offered(learner, morning)).as("taken back").containsExactly("note:n3");
        answer(learner, "note:n2", 4, "2026-04-11T12:00:00Z");
        assertThat(offered(learner, "2026-04-11T13:00:00Z"))
                .as("a review is no new card")
                .hasSize(3);
    }

    private List<String> offered(String learner, String at) {
        return due(learner, at)
                .get("items")
                .valueStream()
                .filter(item -> item.get("state").textValue().equals("new"))
                .map(item -> item.get("item").textValue())
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> note(String learner, String id, String at) {
        return event(
                EventTypes.MEMORY_UPDATED,
                id + "-" + learner,
                learner,
                new MemoryUpdated(
                        id, learner, 1, MemoryKind.NOTE, id, "text", List.of(), true, Instant.parse(at), false, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=ten",
                "at=yesterday",
                "at=2026-03-01",
                "at=2026-03-01T10:00:00",
                "at=%2B999999999-01-01T00:00:00Z",
                "at=-999999999-01-01T00:00:00Z",
                "cursor=abc",
                "cursor=MTp4Onk",
                "cursor=***"
            })
    void refusesParametersThatAreNotAsDocumented(String query) {
        problem(as("due-refused").urlEncodingEnabled(false).get(DUE + "?" + query), 400, "invalid-request");
    }
}
