package dev.devmentor.learning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TodaysQueueIT extends LearningIT {

    private static ProducerRecord<byte[], byte[]> note(String learner, String id, String group) {
        String data =
                "{\"memoryId\":\"%s\",\"learner\":\"%s\",\"version\":1,\"kind\":\"note\",\"title\":\"%s\",\"review\":true,\"skills\":[],"
                                .formatted(id, learner, id)
                        + "\"updatedAt\":\"2026-03-01T00:00:00Z\",\"group\":\"%s\"}".formatted(group);
        return record(
                EventTypes.MEMORY_UPDATED.topic(),
                null,
                learner,
                utf8(data),
                EventEncoder.binaryHeaders(envelope(EventTypes.MEMORY_UPDATED, id + "-" + learner)));
    }

    private void choose(String learner, String settings) {
        ok(as(learner).body(settings).put("/api/learning/settings"));
    }

    private List<String> dueItems(String learner, String at) {
        JsonNode due = due(learner, at);
        assertThat(due.get("total").intValue()).isEqualTo(due.get("items").size());
        return texts(due.get("items"), "item");
    }

    /** Five cards, due on some day of March: two notes of a group, two of another, one of none. */
    private String learnerWithNotes() {
        String learner = newLearner("queue");
        sendAndAwait(
                note(learner, "a1", "a"), note(learner, "a2", "a"), note(learner, "b1", "b"), note(learner, "b2", "b"));
        int minute = 10;
        for (String item : List.of("note:a1", "note:a2", "note:b1", "note:b2", "alone")) {
            answer(learner, item, 3, "2026-03-01T10:%d:00Z".formatted(minute++));
        }
        return learner;
    }

    @Test
    void withoutAChoiceEverythingThatIsDueComes() {
        assertThat(dueItems(learnerWithNotes(), "2026-03-20T10:00:00Z"))
                .containsExactlyInAnyOrder("note:a1", "note:a2", "note:b1", "note:b2", "alone");
    }

    @Test
    void ofSiblingsOneComesADayAndTheOtherTheNext() {
        String learner = learnerWithNotes();
        choose(learner, "{\"burySiblings\":true}");

        assertThat(dueItems(learner, "2026-03-20T10:00:00Z")).containsExactlyInAnyOrder("note:a1", "note:b1", "alone");
        answer(learner, "note:a1", 3, "2026-03-20T11:00:00Z");
        assertThat(dueItems(learner, "2026-03-20T12:00:00Z")).containsExactlyInAnyOrder("note:b1", "alone");
        assertThat(dueItems(learner, "2026-03-21T12:00:00Z"))
                .contains("note:a2")
                .doesNotContain("note:b2");
    }

    @Test
    void aCardThatFailedComesBackOnItsDay() {
        String learner = learnerWithNotes();
        choose(learner, "{\"burySiblings\":true,\"reviewsPerDay\":1}");

        answer(learner, "note:a1", 1, "2026-03-20T11:00:00Z");

        assertThat(dueItems(learner, "2026-03-20T12:00:00Z")).containsExactly("note:a1");
    }

    @Test
    void theDailyLimitCountsWhatWasAnsweredAndNotTakenBack() {
        String learner = learnerWithNotes();
        choose(learner, "{\"reviewsPerDay\":2}");

        assertThat(dueItems(learner, "2026-03-20T10:00:00Z")).hasSize(2);
        answer(learner, "alone", 3, "2026-03-20T11:00:00Z");
        assertThat(dueItems(learner, "2026-03-20T12:00:00Z")).hasSize(1);
        ok(post(learner, "/api/learning/cards/alone/actions", "{\"action\":\"undo\"}"));
        assertThat(dueItems(learner, "2026-03-20T12:00:00Z")).hasSize(2);
        assertThat(dueItems(learner, "2026-03-21T12:00:00Z")).hasSize(2);
    }
}
