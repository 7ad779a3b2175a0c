package dev.devmentor.learning.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.PatternKind;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternScope;
import dev.devmentor.events.PatternState;
import dev.devmentor.events.UserErased;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HintIT extends LearningIT {
    private static final String HINTS = "/api/learning/hints";
    private static final String TOPIC = "pattern.learned";
    private static final String LETTERS = "pattern.learned.dlq.learning-service";
    private static final String ONE = "bank:kafka-commit-before-the-work";
    private static final String TWO = "bank:kafka-position-after-a-restart";

    private static ProducerRecord<byte[], byte[]> event(String eventId, PatternLearned pattern) {
        String key = pattern.scopeId() == null ? pattern.patternId() : pattern.scopeId();
        return event(EventTypes.PATTERN_LEARNED, eventId, key, pattern);
    }

    private JsonNode hints(String learner) {
        return get(learner, HINTS).get("hints");
    }

    // The log

    @Test
    void aRepeatDoesNothing() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "p-1", ONE, TWO);
        double duplicates = counted(TOPIC, "duplicate");

        sendAndAwait(event("h-" + learner, pattern), event("h-" + learner, pattern));
        sendAndAwait(toPartition(3, event("h-" + learner, pattern)));

        assertThat(entries(learner)).isEqualTo(1);
        assertThat(texts(hints(learner), "patternId")).containsExactly("p-1");
        assertThat(counted(TOPIC, "duplicate") - duplicates).isEqualTo(2);
        assertStateFollowsFromTheLog();
    }

    @Test
    void theHighestVersionWinsInWhateverOrderAndOverWhateverPartitionTheyCome() {
        List<Integer> versions = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6));
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(versions, new Random(seed));
            String learner = newLearner("hint");
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int version : versions) {
                PatternState state = version == 6 ? PatternState.STALE : PatternState.ACTIVE;
                PatternLearned pattern =
                        Patterns.version(Patterns.confusion(learner, "p-1", ONE, TWO), version, state, version / 10.0);
                records.add(toPartition(version % PARTITIONS, event("h-" + version, pattern)));
            }

            sendAndAwait(records);

            JsonNode hint = hints(learner).get(0);
            assertThat(hint.get("version").intValue()).isEqualTo(6);
            assertThat(hint.get("state").textValue()).isEqualTo("stale");
            assertThat(hint.get("title").textValue()).isEqualTo("Version 6");
            assertThat(entries(learner)).isEqualTo(6);
        }
        assertStateFollowsFromTheLog();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoEventsOfOneVersionAndTimeTheOneWithTheGreaterIdHolds(boolean greaterFirst) {
        String learner = newLearner("hint");
        PatternLearned active = Patterns.confusion(learner, "p-1", ONE, TWO);
        PatternLearned retired = Patterns.version(active, 1, PatternState.RETIRED, 0.2);
        List<ProducerRecord<byte[], byte[]>> both = List.of(event("tie-b", active), event("tie-a", retired));

        (greaterFirst ? both : both.reversed()).forEach(this::sendAndAwait);

        assertThat(texts(hints(learner), "state")).containsExactly("active");
        assertStateFollowsFromTheLog();
    }

    @Test
    void whatIsNotAboutHowAPersonLearnsIsIgnored() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "p-1", ONE, TWO);
        double ignored = counted(TOPIC, "ignored");
        long log = number("SELECT count(*) FROM entry");

        sendAndAwait(
                event("i-1" + learner, Patterns.scoped(pattern, PatternKind.ERROR, PatternScope.PERSON, learner)),
                event("i-2" + learner, Patterns.scoped(pattern, PatternKind.SEQUENCE, PatternScope.PERSON, learner)),
                event("i-3" + learner, Patterns.scoped(pattern, PatternKind.CONFUSION, PatternScope.TEAM, "team")),
                event("i-4" + learner, Patterns.scoped(pattern, PatternKind.RHYTHM, PatternScope.EVERYONE, null)));

        assertThat(counted(TOPIC, "ignored") - ignored).isEqualTo(4);
        assertThat(number("SELECT count(*) FROM learner WHERE sub IN (?, 'team')", learner))
                .isZero();
        assertThat(number("SELECT count(*) FROM entry")).isEqualTo(log);
    }

    @Test
    void aContradictionGoesToTheDeadLettersAndChangesNothing() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "p-1", ONE, TWO);
        sendAndAwait(event("h-" + learner, pattern));
        try (Tail letters = new Tail(topics, LETTERS)) {
            send(event("h-" + learner, Patterns.version(pattern, 1, PatternState.RETIRED, 0.97)));

            ConsumerRecord<byte[], byte[]> letter = letters.await(1).getFirst();

            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("conflicting-duplicate");
            assertThat(TestTopics.header(letter, "devmentor-dlq-detail"))
                    .isEqualTo("a different event with the same event identity was applied before");
        }
        assertThat(texts(hints(learner), "state")).containsExactly("active");
        assertStateFollowsFromTheLog();
    }

    @Test
    void poisonGoesToTheDeadLettersAndTheRestOfItsBatchThrough() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "p-1", ONE, TWO);
        Map<String, byte[]> headers = EventEncoder.binaryHeaders(envelope(EventTypes.PATTERN_LEARNED, "h-bad"));
        try (Tail letters = new Tail(topics, LETTERS)) {
            sendAndAwait(
                    toPartition(2, event("h-1" + learner, pattern)),
                    record(TOPIC, 2, learner, utf8("{\"patternId\":\"p-2\",\"kind\":\"whim\"}"), headers),
                    record(TOPIC, 2, learner, utf8("{"), headers),
                    toPartition(2, event("h-2" + learner, Patterns.length(learner, "p-3", 35))));

            assertThat(letters.await(2))
                    .extracting(letter -> TestTopics.header(letter, "devmentor-dlq-reason"))
                    .containsExactlyInAnyOrder("schema-violation", "not-json");
        }
        assertThat(texts(hints(learner), "patternId")).containsExactly("p-1", "p-3");
    }

    @Test
    void aReplayedDeadLetterReachesOnlyThisService() {
        String learner = newLearner("hint");
        ProducerRecord<byte[], byte[]> event = event("h-" + learner, Patterns.confusion(learner, "p-1", ONE, TWO));

        sendAndAwait(
                new ProducerRecord<>(TOPIC + ".replay." + SERVICE, null, event.key(), event.value(), event.headers()));

        assertThat(texts(hints(learner), "patternId")).containsExactly("p-1");
    }

    @Test
    void ofAnErasedPersonNothingStaysAndNothingComesBack() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "p-1", ONE, TWO);
        sendAndAwait(event("h-1" + learner, pattern), event("h-2" + learner, Patterns.length(learner, "p-2", 35)));
        long id = number("SELECT id FROM learner WHERE sub = ?", learner);
        double ignored = counted(TOPIC, "ignored");
        try (Tail completed = new Tail(topics, "user.erasure-completed")) {
            sendAndAwait(event(
                    EventTypes.USER_ERASED,
                    "erase-" + learner,
                    learner,
                    new UserErased(learner, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));

            JsonNode counts = json(new String(completed.await(1).getFirst().value(), StandardCharsets.UTF_8))
                    .get("counts");
            assertThat(counts.get("hint").intValue()).isEqualTo(2);
            assertThat(counts.get("entry").intValue()).isEqualTo(2);
        }
        sendAndAwait(
                event("h-1" + learner, pattern),
                event("h-3" + learner, Patterns.version(pattern, 2, PatternState.ACTIVE, 0.99)));

        assertThat(number("SELECT count(*) FROM hint WHERE learner_id = ?", id)).isZero();
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
        assertThat(counted(TOPIC, "ignored") - ignored).isEqualTo(2);
        assertStateFollowsFromTheLog();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = 'retired'",
                "confidence = confidence - 0.01",
                "version = version + 1",
                "detail = replace(detail, 'Title', 'title')",
            })
    void verifyFindsAHintThatDoesNotFollowFromTheLog(String tamper) {
        String learner = newLearner("hint");
        sendAndAwait(event("h-" + learner, Patterns.confusion(learner, "p-1", ONE, TWO)));
        String ofLearner = " WHERE learner_id = (SELECT id FROM learner WHERE sub = '" + learner + "')";
        assertStateFollowsFromTheLog();

        execute("UPDATE hint SET " + tamper + ofLearner);
        assertThat(verify().get("mismatches").longValue())
                .as("the row that is kept, and the row that should be")
                .isEqualTo(2);

        execute("DELETE FROM hint" + ofLearner);
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute("INSERT INTO hint SELECT * FROM hint_of_log" + ofLearner);
        assertStateFollowsFromTheLog();
    }

    @Test
    void hintsChangeNothingOfCardsRatingsAndFigures() {
        String learner = newLearner("hint");
        answer(learner, ONE, 3, "2026-03-01T09:00:00Z", "kafka.offsets");
        answer(learner, TWO, 1, "2026-03-02T09:00:00Z", "kafka.offsets");
        List<String> views = List.of(
                "/api/learning/skills/" + learner,
                "/api/learning/reviews/due?at=2026-04-01T00:00:00Z",
                "/api/learning/analytics/retention",
                "/api/learning/achievements");
        JsonNode progress = get(learner, "/api/learning/progress/{u}", learner);
        List<JsonNode> before = views.stream().map(view -> get(learner, view)).toList();

        sendAndAwait(event("h-" + learner, Patterns.confusion(learner, "p-1", ONE, TWO)));

        assertThat(views.stream().map(view -> get(learner, view)).toList()).isEqualTo(before);
        JsonNode after = get(learner, "/api/learning/progress/{u}", learner);
        for (String figure : List.of("answers", "correct", "cards", "byState", "activeDays", "xp", "streak", "load")) {
            assertThat(after.get(figure)).as(figure).isEqualTo(progress.get(figure));
        }
        assertThat(text("SELECT string_agg(kind, ' ' ORDER BY at) FROM review_log WHERE learner = ?", learner))
                .isEqualTo("answer hint answer");
        answer(learner, ONE, 3, "2026-03-03T09:00:00Z", "kafka.offsets");
        assertStateFollowsFromTheLog();
        String export = as(learner).get("/api/learning/export").asString();
        assertThat(export).contains("\"kind\":\"hint\"").contains("\"pattern_id\":\"p-1\"");
    }

    // The list

    @Test
    void aHintIsShownWithAllThatIsKnownOfIt() {
        String learner = newLearner("hint");
        sendAndAwait(
                event(
                        EventTypes.MEMORY_UPDATED,
                        "note-" + learner,
                        learner,
                        new MemoryUpdated(
                                "m-1",
                                learner,
                                1,
                                MemoryKind.NOTE,
                                "What a commit says",
                                null,
                                List.of(),
                                true,
                                Patterns.LEARNED,
                                false,
                                null)),
                event("h-" + learner, Patterns.confusion(learner, "p-1", TWO, "note:m-1")));

        JsonNode page = get(learner, HINTS);

        assertThat(page.get("total").intValue()).isEqualTo(1);
        assertThat(page.has("next")).isFalse();
        assertThat(page.get("hints").get(0).toString())
                .isEqualTo(
                        "{\"patternId\":\"p-1\",\"kind\":\"confusion\",\"state\":\"active\",\"version\":1,"
                                + "\"title\":\"Title of p-1\",\"confidence\":0.97,\"support\":31,\"since\":\"2026-03-01T10:00:00Z\","
                                + "\"items\":[{\"item\":\"" + TWO + "\",\"title\":\"" + HintedChoiceIT.NAME_OF_TWO
                                + "\"},"
                                + "{\"item\":\"note:m-1\",\"title\":\"What a commit says\"}],\"skills\":[],"
                                + "\"evidence\":[{\"source\":\"https://producer.example/test\",\"id\":\"e-1\"}],\"acts\":true}");
    }

    @Test
    void whatDoesNotActSaysWhy() {
        String learner = newLearner("hint");
        PatternLearned pattern = Patterns.confusion(learner, "active", "mine-1", "mine-2");
        sendAndAwait(
                event("h-1" + learner, pattern),
                event("h-2" + learner, state(learner, PatternState.CANDIDATE)),
                event("h-3" + learner, state(learner, PatternState.STALE)),
                event("h-4" + learner, state(learner, PatternState.RETIRED)),
                event(
                        "h-5" + learner,
                        Patterns.version(Patterns.hours(learner, "unsure", 7), 1, PatternState.ACTIVE, 0.499)),
                event("h-6" + learner, Patterns.confusion(learner, "void", "mine-1", "mine-1")));

        assertThat(reasons(learner))
                .containsExactly(
                        "active: acts",
                        "candidate: it is too new to be relied on",
                        "retired: it is over",
                        "stale: it has not been seen for long",
                        "unsure: it holds with 49 %, and below 50 % none acts",
                        "void: it names nothing that a choice of questions could follow");

        ok(as(learner).body("{\"hints\":false}").put("/api/learning/settings"));
        assertThat(reasons(learner)).allMatch(reason -> reason.endsWith(": your setting 'hints' is off"));
    }

    private static PatternLearned state(String learner, PatternState state) {
        return Patterns.version(Patterns.confusion(learner, state.wire(), "mine-1", "mine-2"), 1, state, 0.97);
    }

    private List<String> reasons(String learner) {
        return hints(learner)
                .valueStream()
                .map(hint -> hint.get("patternId").textValue() + ": "
                        + (hint.get("acts").booleanValue()
                                ? "acts"
                                : hint.get("whyNot").textValue()))
                .toList();
    }

    @Test
    void theListComesPageByPageTheNewestFirstAndByState() {
        String learner = newLearner("hint");
        List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            PatternState state = i % 2 == 1 ? PatternState.ACTIVE : PatternState.RETIRED;
            events.add(event(
                    "h-" + i + learner,
                    Patterns.version(Patterns.confusion(learner, "p:" + i, "a", "b"), i, state, 0.9)));
        }
        sendAndAwait(events);

        JsonNode first = get(learner, HINTS + "?limit=2");
        JsonNode second =
                get(learner, HINTS + "?limit=2&cursor={c}", first.get("next").textValue());
        JsonNode third =
                get(learner, HINTS + "?limit=2&cursor={c}", second.get("next").textValue());

        assertThat(texts(first.get("hints"), "patternId")).containsExactly("p:5", "p:4");
        assertThat(texts(second.get("hints"), "patternId")).containsExactly("p:3", "p:2");
        assertThat(texts(third.get("hints"), "patternId")).containsExactly("p:1");
        assertThat(third.has("next")).isFalse();
        assertThat(first.get("total").intValue()).isEqualTo(5);
        JsonNode retired = get(learner, HINTS + "?state=retired");
        assertThat(texts(retired.get("hints"), "patternId")).containsExactly("p:4", "p:2");
        assertThat(retired.get("total").intValue()).isEqualTo(2);
    }

    @Test
    void nobodySeesSomebodyElsesHints() {
        String owner = newLearner("owner");
        String other = newLearner("other");
        sendAndAwait(event("h-" + owner, Patterns.confusion(owner, "p-1", ONE, TWO)));

        JsonNode page = get(other, HINTS);

        assertThat(page.get("total").intValue()).isZero();
        assertThat(page.get("hints")).isEmpty();
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", other))
                .as("reading makes no learner")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=101", "limit=x", "state=ACTIVE", "cursor=!", "cursor=MTp4AA", "cursor=eA"})
    void refusesWhatIsNotAsDocumented(String query) {
        Response response = as("hint-refused").get(HINTS + "?" + query);

        problem(response, 400, "invalid-request");
    }
}
