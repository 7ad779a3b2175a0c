package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.ReviewScheduled;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What {@code review.scheduled} tells, read as a consumer that drops repeated event ids does.
 *
 * @param byLearner distinct announcements of each learner, as they lie in the topic
 * @param repeated records that only repeated an event id
 */
record Announcements(Map<String, List<Announcement>> byLearner, int repeated) {

    /** An announcement and when it was made. */
    record Announcement(Instant at, ReviewScheduled data) {
        CardName card() {
            return new CardName(data.learner(), data.item());
        }
    }

    static Announcements read(TestTopics topics) {
        EventDecoder decoder = new EventDecoder();
        Map<String, List<Announcement>> byLearner = new HashMap<>();
        Set<String> seen = new HashSet<>();
        int repeated = 0;
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll("review.scheduled")) {
            Event<ReviewScheduled> event = decode(decoder, record);
            Envelope envelope = event.envelope();
            if (!seen.add(envelope.source() + ' ' + envelope.id())) {
                repeated++;
                continue;
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(key).as("key of the record").isEqualTo(event.data().learner());
            byLearner
                    .computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(new Announcement(Objects.requireNonNull(envelope.time()), event.data()));
        }
        return new Announcements(byLearner, repeated);
    }

    private static Event<ReviewScheduled> decode(EventDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        Decoded<ReviewScheduled> decoded = decoder.decode(
                EventTypes.REVIEW_SCHEDULED,
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                },
                record.value());
        assertThat(decoded).as("a record of review.scheduled").isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted<ReviewScheduled>) decoded).event();
    }

    int distinct() {
        return byLearner.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Of one learner, what was decided later stands later; of one card, each announcement knows more answers than the
     * one before, because every one of them follows from at least one more.
     */
    void assertInOrder() {
        byLearner.forEach((learner, announcements) -> {
            Map<CardName, Integer> answers = new HashMap<>();
            Instant before = Instant.MIN;
            for (Announcement announcement : announcements) {
                assertThat(announcement.at())
                        .as("time of an announcement for %s, after the one before it", learner)
                        .isAfterOrEqualTo(before);
                before = announcement.at();
                Integer known =
                        answers.put(announcement.card(), announcement.data().repetitions());
                assertThat(announcement.data().repetitions())
                        .as("answers known at an announcement for %s", announcement.card())
                        .isGreaterThan(known == null ? 0 : known);
            }
        });
    }

    /** The last that was said of each card is how it stands. */
    void assertLastOf(Map<CardName, Card> expected) {
        Map<CardName, ReviewScheduled> last = new HashMap<>();
        byLearner.values().forEach(all -> all.forEach(one -> last.put(one.card(), one.data())));
        assertThat(last).as("announced cards").hasSameSizeAs(expected);
        expected.forEach((name, card) -> {
            ReviewScheduled said = last.get(name);
            boolean same = said != null
                    && Load.micros(said.dueAt()) == card.state().dueAtMicros()
                    && said.intervalDays() == card.state().scheduledDays()
                    && said.repetitions() == card.state().answers()
                    && said.lapses() == card.state().lapses()
                    && Objects.equals(
                            said.stability(),
                            card.state().isReviewed() ? card.state().stability(Models.DEFAULT) : null);
            if (!same) {
                assertThat(said)
                        .as("last announcement of %s, whose state is %s", name, card.state())
                        .isNull();
            }
        });
    }
}
