package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The learning service's instances, and what must be true of what they stored and said. */
final class LearningSystem extends ServiceSystem {
    static final String SERVICE = "learning-service";
    static final List<String> CONSUMED = List.of(
            "quiz.answered", "task.created", "task.completed", "memory.updated", "user.erased", "pattern.learned");
    private static final List<String> PRODUCED =
            List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed");

    LearningSystem(TestPlatform platform) {
        super(platform, SERVICE, CONSUMED, PRODUCED);
        // What is compared is a fold under the default weights.
        with("DEVMENTOR_LEARNING_FIT_BACKGROUND", "false");
    }

    @Override
    LearningSystem with(String variable, String value) {
        super.with(variable, value);
        return this;
    }

    long entries() {
        return number("SELECT count(*) FROM entry");
    }

    /** Waits until the log holds so many entries. */
    void awaitEntries(long atLeast) {
        Conditions.await(atLeast + " entries", Counts.HANGS, () -> entries() >= atLeast);
    }

    /** Waits until the group has no more to settle and its members hold every partition of the answers. */
    void awaitStableGroup() {
        awaitStableGroup(Answer.TOPIC);
    }

    // ── what must be true ──────────────────────────────────────────────────────────────────────────────────────

    /**
     * Everything is stored once, cards are to the bit what the answers add up to, the service finds so too, nothing went
     * to the dead letters, and the topic tells the final due date of every card, in order.
     *
     * @return announcements that were sent more than once, which is allowed, by the same event id
     */
    Announcements assertHolds(Load load, LocalService asked) {
        Map<CardName, Card> expected = load.folded();
        assertNoDeadLetters();
        assertThat(number("SELECT count(DISTINCT (source, event_id)) FROM entry"))
                .as("different events in the log")
                .isEqualTo(load.answers().size());
        assertThat(entries()).as("entries").isEqualTo(load.answers().size());
        assertCards(StoredCards.read(this), expected);
        assertVerifies(asked, expected);
        Announcements announcements = Announcements.read(platform().topics());
        announcements.assertInOrder();
        announcements.assertLastOf(expected);
        return announcements;
    }

    /** The service's own check finds nothing, and its checksum is that of the expected cards. */
    private void assertVerifies(LocalService asked, Map<CardName, Card> expected) {
        HttpResponse<String> response =
                post(asked, "/api/learning/verify", platform().tokens().operator());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String last = response.body().strip().lines().reduce((_, line) -> line).orElse("");
        long checksum = 0;
        for (Map.Entry<CardName, Card> card : expected.entrySet()) {
            long hash = card.getValue().state().checksum();
            hash = hash * 31 + card.getKey().learner().hashCode();
            hash = hash * 31 + card.getKey().item().hashCode();
            checksum += hash * 31 + card.getValue().skills().hashCode();
        }
        assertThat(last)
                .contains("\"done\":true", "\"mismatches\":0,", "\"cards\":" + expected.size() + ",")
                .contains("\"checksum\":\"" + Long.toHexString(checksum) + "\"");
    }

    /** Whatever is in the log now, the cards are what it adds up to: true at any moment, and after any crash. */
    void assertCardsFollowFromLog() {
        assertCards(StoredCards.read(this), Load.fold(StoredCards.readLog(this)));
    }

    private static void assertCards(Map<CardName, Card> stored, Map<CardName, Card> expected) {
        List<String> different = expected.entrySet().stream()
                .filter(card -> !card.getValue().equals(stored.get(card.getKey())))
                .limit(5)
                .map(card ->
                        card.getKey() + "\n  expected " + card.getValue() + "\n  stored   " + stored.get(card.getKey()))
                .collect(Collectors.toList());
        assertThat(different).as("cards that differ from the fold").isEmpty();
        Collection<CardName> more = new ArrayList<>(stored.keySet());
        more.removeAll(expected.keySet());
        assertThat(more).as("cards of which there is no answer").isEmpty();
    }
}
