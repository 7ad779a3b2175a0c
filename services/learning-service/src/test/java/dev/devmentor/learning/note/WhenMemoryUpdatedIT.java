package dev.devmentor.learning.note;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WhenMemoryUpdatedIT extends LearningIT {
    private static ProducerRecord<byte[], byte[]> memory(
            String learner, String id, int version, boolean review, boolean deleted, String... skills) {
        return event(
                "memory-" + id + "-" + version,
                note(learner, id, version, "Version " + version + " of " + id, List.of(skills), review, deleted, null));
    }

    private static ProducerRecord<byte[], byte[]> inDeck(
            String learner, String id, int version, @Nullable String deck) {
        return event(
                "memory-" + learner + id + version, note(learner, id, version, "Title", List.of(), true, false, deck));
    }

    private static ProducerRecord<byte[], byte[]> event(String eventId, MemoryUpdated note) {
        return event(EventTypes.MEMORY_UPDATED, eventId, note.learner(), note);
    }

    private static MemoryUpdated note(
            String learner,
            String id,
            int version,
            String title,
            List<String> skills,
            boolean review,
            boolean deleted,
            @Nullable String deck) {
        return new MemoryUpdated(
                id,
                learner,
                version,
                MemoryKind.NOTE,
                title,
                "text",
                skills,
                review,
                Instant.parse("2026-03-01T10:00:00Z").plusSeconds(version),
                deleted,
                deck,
                null,
                null);
    }

    private JsonNode items(String learner) {
        return due(learner, "2026-04-01T00:00:00Z").get("items");
    }

    @Test
    void aNoteToBeReviewedIsOfferedAtTheEndOfTheList() {
        String learner = newLearner("note");
        answer(learner, "due", 3, "2026-03-01T10:00:00Z");

        sendAndAwait(memory(learner, "m-1", 1, true, false, "sql"), memory(learner, "m-2", 1, false, false));

        JsonNode items = items(learner);
        assertThat(texts(items, "item")).containsExactly("due", "note:m-1");
        JsonNode offer = items.get(1);
        assertThat(offer.get("title").textValue()).isEqualTo("Version 1 of m-1");
        assertThat(offer.get("state").textValue()).isEqualTo("new");
        assertThat(offer.get("dueAt").textValue()).isEqualTo("2026-03-01T10:00:01Z");
        assertThat(offer.get("skills").toString()).isEqualTo("[\"sql\"]");
        assertThat(offer.get("reason").get("kind").textValue()).isEqualTo("note");
        assertThat(due(learner, "2026-03-01T10:00:00Z").get("total").intValue())
                .as("before it was saved")
                .isZero();
    }

    @Test
    void answeringAnOfferTakesItUpAsACard() {
        String learner = newLearner("note");
        sendAndAwait(memory(learner, "m-1", 1, true, false));

        answer(learner, "note:m-1", 3, "2026-03-02T10:00:00Z");

        assertThat(texts(due(learner, "2026-03-03T00:00:00Z").get("items"), "item"))
                .isEmpty();
        JsonNode card = items(learner).get(0);
        assertThat(card.get("item").textValue()).isEqualTo("note:m-1");
        assertThat(card.get("title").textValue()).isEqualTo("Version 1 of m-1");
        assertThat(card.get("state").textValue()).isEqualTo("review");
        assertThat(card.get("reason").get("kind").textValue()).isEqualTo("scheduled");
        assertThat(get(learner, "/api/learning/cards/{i}", "note:m-1")
                        .get("title")
                        .textValue())
                .isEqualTo("Version 1 of m-1");
    }

    @Test
    void theHighestVersionWinsInWhateverOrderTheyCome() {
        String learner = newLearner("note");

        sendAndAwait(memory(learner, "m-1", 3, true, false));
        sendAndAwait(memory(learner, "m-1", 1, false, false));
        sendAndAwait(memory(learner, "m-1", 2, true, false));

        assertThat(texts(items(learner), "title")).containsExactly("Version 3 of m-1");

        sendAndAwait(memory(learner, "m-1", 5, false, false));
        sendAndAwait(memory(learner, "m-1", 4, true, false));
        assertThat(items(learner)).as("version 5 withdrew the offer").isEmpty();
    }

    @Test
    void itsCardIsScheduledAsItsDeckIs() {
        String learner = newLearner("note");
        ok(as(learner).body("{\"decks\":{\"Kata\":{\"scheduler\":\"sm2\"}}}").put("/api/learning/settings"));
        sendAndAwait(
                inDeck(learner, "m-1", 2, "Kata"), inDeck(learner, "m-1", 1, "Other"), inDeck(learner, "m-2", 1, null));
        assertThat(texts(items(learner), "item")).containsExactlyInAnyOrder("note:m-1", "note:m-2");

        answer(learner, "note:m-1", 3, Instant.now().toString());
        answer(learner, "note:m-2", 3, Instant.now().toString());

        JsonNode card = get(learner, "/api/learning/cards/{i}", "note:m-1");
        assertThat(card.get("deck").textValue()).isEqualTo("Kata");
        assertThat(card.get("scheduler").textValue()).isEqualTo("sm2");
        JsonNode other = get(learner, "/api/learning/cards/{i}", "note:m-2");
        assertThat(other.has("deck")).isFalse();
        assertThat(other.get("scheduler").textValue()).isEqualTo("fsrs7");
        assertStateFollowsFromTheLog();
    }

    @Test
    void aDeletedNoteIsNoLongerOffered() {
        String learner = newLearner("note");
        sendAndAwait(memory(learner, "m-1", 1, true, false));
        assertThat(items(learner)).hasSize(1);

        sendAndAwait(memory(learner, "m-1", 2, true, true));

        assertThat(items(learner)).isEmpty();
    }

    @Test
    void aNoteWhoseDeletionArrivesFirstIsNeverOffered() {
        String learner = newLearner("note");

        sendAndAwait(memory(learner, "m-1", 2, true, true));
        sendAndAwait(memory(learner, "m-1", 1, true, false));

        assertThat(items(learner)).isEmpty();
    }

    @Test
    void fiveOffersAreShownAtOnceAlsoWhenOneSkillIsAskedFor() {
        String learner = newLearner("note");
        List<ProducerRecord<byte[], byte[]>> notes = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            notes.add(memory(learner, "m-" + i, i, true, false, "java"));
        }
        notes.add(memory(learner, "m-7", 7, true, false, "sql"));

        sendAndAwait(notes);

        assertThat(texts(items(learner), "item"))
                .containsExactly("note:m-1", "note:m-2", "note:m-3", "note:m-4", "note:m-5");
        assertThat(texts(
                        get(learner, "/api/learning/reviews/due?skill=sql&at=2026-04-01T00:00:00Z")
                                .get("items"),
                        "item"))
                .containsExactly("note:m-7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoEventsOfOneVersionAndTimeTheOneWithTheGreaterIdHoldsInWhateverOrderTheyCome(boolean greaterFirst) {
        String learner = newLearner("note");
        List<ProducerRecord<byte[], byte[]>> both = new ArrayList<>();
        for (String id : greaterFirst ? List.of("b", "a") : List.of("a", "b")) {
            both.add(event("tie-" + id, note(learner, "m-1", 1, "Title " + id, List.of(), true, false, null)));
        }

        both.forEach(this::sendAndAwait);

        assertThat(texts(items(learner), "title")).containsExactly("Title b");
        assertStateFollowsFromTheLog();
    }
}
