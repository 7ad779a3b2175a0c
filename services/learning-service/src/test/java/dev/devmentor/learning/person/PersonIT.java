package dev.devmentor.learning.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.Bloom;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.person.PersonStateCodec;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.Features;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import io.micrometer.core.instrument.Counter;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PersonIT extends LearningIT {
    private static final String SKILLS = "/api/learning/skills/{user}";
    private static final String PROGRESS = "/api/learning/progress/{user}";
    private static final String LOAD = "/api/learning/load";

    @Inject
    Epochs epochs;

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private static ProducerRecord<byte[], byte[]> answered(
            String learner, String id, String item, Instant at, boolean correct, @Nullable String strategy) {
        return event(
                EventTypes.QUIZ_ANSWERED,
                "event-" + id,
                learner,
                new QuizAnswered(
                        id,
                        learner,
                        item,
                        at,
                        correct,
                        null,
                        List.of("person." + item.charAt(0), "person.all"),
                        null,
                        null,
                        20_000,
                        Bloom.APPLY,
                        null,
                        null,
                        strategy == null ? null : "{\"strategy\":\"" + strategy + "\"}"));
    }

    private String stored(String learner) {
        return text(
                "SELECT encode(state, 'hex') FROM person_state JOIN learner ON learner_id = id WHERE sub = ?", learner);
    }

    private PersonState state(String learner) {
        return PersonStateCodec.decode(HexFormat.of().parseHex(stored(learner)));
    }

    private void awaitFolded(String learner) {
        Conditions.await("the background folded " + learner, () -> number("""
                        SELECT count(*) FROM person_state p JOIN learner l ON p.learner_id = l.id
                        WHERE l.sub = ? AND p.entries = (SELECT count(*) FROM entry e WHERE e.learner_id = l.id)
                          AND p.entries > 0""", learner) == 1);
    }

    private double folds(String how) {
        Counter counter = meters.find("devmentor.person.folds").tag("how", how).counter();
        return counter == null ? 0 : counter.count();
    }

    /** Twenty days of answers to ten items, some of them wrong, some of them undone later. */
    private static List<ProducerRecord<byte[], byte[]>> history(String learner, Instant end) {
        Random random = new Random(5);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Instant at = end.minus(Duration.ofDays(20)).plus(Duration.ofHours(4L * i));
            records.add(answered(
                    learner,
                    "a-" + i,
                    (char) ('a' + random.nextInt(5)) + "-" + random.nextInt(2),
                    at,
                    random.nextInt(4) > 0,
                    random.nextBoolean() ? "due-review" : null));
        }
        return records;
    }

    @Test
    void theBackgroundFoldsSoonAfterALogGrew() {
        String learner = newLearner("person");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql");
        awaitFolded(learner);
        assertThat(state(learner).skills()).containsOnlyKeys("sql");
        answer(learner, "a", 3, "2026-03-04T10:00:00Z", "sql");
        awaitFolded(learner);
        assertThat(state(learner).answers()).isEqualTo(2);
        Conditions.await("no note is left", () -> number("SELECT count(*) FROM touched") == 0);
    }

    @Test
    void aReadNeverSeesLessThanTheLog() {
        String learner = newLearner("person");
        for (int i = 1; i <= 20; i++) {
            answer(learner, "item-" + i, 3, "2026-03-01T10:00:%02dZ".formatted(i), "sql");
            assertThat(get(learner, SKILLS, learner)
                            .get("skills")
                            .get(0)
                            .get("answers")
                            .intValue())
                    .isEqualTo(i);
        }
    }

    @Test
    void theOrderAndThePartitionOfDeliveryChangeNoBit() {
        Instant end = Instant.now(clock);
        String inOrder = newLearner("person");
        sendAndAwait(history(inOrder, end));
        get(inOrder, SKILLS, inOrder);
        PersonState expected = withoutPlace(state(inOrder));
        for (int seed = 0; seed < 3; seed++) {
            String learner = newLearner("person");
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(history(learner, end));
            records.addAll(records.subList(0, 40)); // redelivered
            Collections.shuffle(records, new Random(seed));
            List<ProducerRecord<byte[], byte[]>> spread = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                spread.add(toPartition(i % PARTITIONS, records.get(i)));
            }
            // In four parts with a fold between them, so that appends and replays both happen.
            for (int i = 0; i < 4; i++) {
                sendAndAwait(spread.subList(i * spread.size() / 4, (i + 1) * spread.size() / 4));
                get(learner, SKILLS, learner);
            }
            // Whatever else the service notes in a log (such as fitted weights) moves the place, and nothing more.
            PersonState folded = withoutPlace(state(learner));
            assertThat(folded).as("seed %d", seed).isEqualTo(expected);
            assertThat(PersonStateCodec.encode(folded))
                    .as("seed %d", seed)
                    .isEqualTo(PersonStateCodec.encode(expected));
        }
        assertStateFollowsFromTheLog();
    }

    @Test
    void anUndoRestoresEveryBitButThePlaceInTheLog() {
        String learner = newLearner("person");
        sendAndAwait(history(learner, Instant.now(clock)));
        get(learner, SKILLS, learner);
        PersonState before = state(learner);
        double replays = folds("replay");

        JsonNode answer =
                ok(post(learner, "/api/learning/reviews", "{\"item\":\"a-0\",\"grade\":4,\"skills\":[\"x\"]}"));
        get(learner, SKILLS, learner);
        assertThat(state(learner).skills()).containsKey("x");
        ok(post(
                learner,
                "/api/learning/cards/a-0/actions",
                "{\"action\":\"undo\",\"answerId\":\"" + answer.get("answerId").textValue() + "\"}"));
        get(learner, SKILLS, learner);

        PersonState after = state(learner);
        assertThat(folds("replay")).isGreaterThan(replays);
        assertThat(after.folded()).isNotEqualTo(before.folded());
        assertThat(PersonStateCodec.encode(withoutPlace(after)))
                .isEqualTo(PersonStateCodec.encode(withoutPlace(before)));
        assertStateFollowsFromTheLog();
    }

    private static PersonState withoutPlace(PersonState state) {
        return new PersonState(
                null,
                state.openUndos(),
                state.answers(),
                state.rating(),
                state.skills(),
                state.items(),
                state.progress(),
                state.session(),
                state.epoch(),
                state.evidence(),
                state.layerEvidence());
    }

    @Test
    void verifyFindsAStateThatWasTamperedWith() {
        String learner = newLearner("person");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql");
        awaitFolded(learner);
        awaitQuiet();
        String good = stored(learner);
        String where = " WHERE learner_id = (SELECT id FROM learner WHERE sub = '" + learner + "')";

        execute(
                "UPDATE person_state SET state = set_byte(state, length(state) - 1, get_byte(state, length(state) - 1) # 1)"
                        + where);
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute("UPDATE person_state SET state = decode('" + good + "', 'hex')" + where);
        assertStateFollowsFromTheLog();
    }

    @Test
    void aStateOfAnotherVersionIsFoldedAgain() {
        String learner = newLearner("person");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql");
        awaitFolded(learner);
        String good = stored(learner);
        execute(
                "UPDATE person_state SET state = set_byte(state, 0, 99) WHERE learner_id = (SELECT id FROM learner WHERE"
                        + " sub = '" + learner + "')");

        assertThat(get(learner, SKILLS, learner).get("total").intValue()).isEqualTo(1);
        assertThat(stored(learner)).isEqualTo(good);
    }

    @Test
    void skillsSayHowAbleSomebodyIsAndHowSureThatIs() {
        String learner = newLearner("person");
        Instant now = Instant.now(clock);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant at = now.minus(Duration.ofHours(60L - i));
            records.add(answered(learner, "g" + i, "g-" + i, at, true, null));
            records.add(answered(learner, "w" + i, "w-" + i, at.plusSeconds(60), false, null));
        }
        sendAndAwait(records);

        JsonNode page = get(learner, SKILLS + "?limit=2", learner);
        assertThat(page.get("total").intValue()).isEqualTo(3);
        assertThat(texts(page.get("skills"), "skill")).containsExactly("person.all", "person.g");
        JsonNode good = page.get("skills").get(1);
        JsonNode weak = get(
                        learner,
                        SKILLS + "?cursor={c}",
                        learner,
                        page.get("next").textValue())
                .get("skills")
                .get(0);
        assertThat(weak.get("skill").textValue()).isEqualTo("person.w");
        assertThat(good.get("rating").doubleValue())
                .isGreaterThan(weak.get("rating").doubleValue() + 1);
        assertThat(good.get("expected").doubleValue()).isGreaterThan(0.6);
        assertThat(weak.get("expected").doubleValue()).isLessThan(0.4);
        assertThat(good.get("uncertainty").doubleValue()).isBetween(0.1, 0.9);
        assertThat(good.get("answers").intValue()).isEqualTo(30);
        assertThat(good.get("right").intValue()).isEqualTo(30);
        assertThat(good.get("bloom").toString()).isEqualTo("[{\"level\":\"apply\",\"answers\":30,\"right\":30}]");
        assertThat(Instant.parse(good.get("lastPractisedAt").textValue()))
                .isEqualTo(Instant.ofEpochSecond(now.minus(Duration.ofHours(31)).getEpochSecond()));
    }

    @Test
    void aPageThatCannotBeIsRefused() {
        String learner = newLearner("person");
        for (String wrong : List.of("limit=0", "limit=201", "limit=x", "cursor=%25")) {
            problem(
                    as(learner).urlEncodingEnabled(false).get("/api/learning/skills/" + learner + "?" + wrong),
                    400,
                    "invalid-request");
        }
    }

    @Test
    void loadIsThatOfTheSessionUnderWay() {
        String learner = newLearner("person");
        assertThat(get(learner, LOAD).get("load").doubleValue()).isZero();
        Instant now = Instant.now(clock);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            records.add(answered(learner, "a" + i, "a-" + i, now.minusSeconds(60 * (59 - i)), i < 30, null));
        }
        sendAndAwait(records);

        JsonNode load = get(learner, LOAD);
        assertThat(load.get("answers").intValue()).isEqualTo(60);
        assertThat(load.get("minutes").intValue()).isEqualTo(59);
        assertThat(load.get("load").doubleValue()).isBetween(0.3, 1.0);
        assertThat(load.get("hardShare").doubleValue()).isLessThan(0.3);
        assertThat(load.get("pause").get("reason").textValue()).isIn("long-session", "high-load");
        assertThat(get(learner, PROGRESS, learner).get("load")).isEqualTo(load);

        clock.moveTo(Duration.ofMinutes(32));
        assertThat(get(learner, LOAD).get("load").doubleValue()).as("rested").isZero();
    }

    @Test
    void aTaskCountsOnceHoweverOftenItIsToldOf() {
        String learner = newLearner("person");
        Instant now = Instant.now(clock);
        for (String id : List.of("one", "two")) {
            sendAndAwait(event(
                    EventTypes.TASK_COMPLETED,
                    id + learner,
                    learner,
                    new TaskCompleted("t-1", learner, List.of("sql"), now, null, null)));
        }
        JsonNode progress = get(learner, PROGRESS, learner);
        assertThat(progress.get("xp").get("points").intValue()).isEqualTo(25);
        assertThat(progress.get("streak").get("days").intValue()).isEqualTo(1);
        assertThat(progress.get("achievements").toString()).isEqualTo("[\"shipped\"]");
    }

    @Test
    void anAchievementIsAnnouncedOnceAlsoAfterUndoAndRedelivery() {
        String learner = newLearner("person");
        Instant at = Instant.now(clock).minusSeconds(60);
        try (Tail unlocked = new Tail(topics, "achievement.unlocked")) {
            ProducerRecord<byte[], byte[]> answer = answered(learner, "a", "a-0", at, true, null);
            sendAndAwait(answer);
            get(learner, PROGRESS, learner);
            ok(post(learner, "/api/learning/cards/a-0/actions", "{\"action\":\"undo\"}"));
            assertThat(get(learner, PROGRESS, learner).get("achievements")).isEmpty();
            sendAndAwait(answer, answered(learner, "b", "b-0", at.plusSeconds(1), true, null));
            assertThat(get(learner, PROGRESS, learner).get("achievements").toString())
                    .isEqualTo("[\"first-step\"]");
            awaitQuiet();

            List<ConsumerRecord<byte[], byte[]>> mine = unlocked.all().stream()
                    .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(learner))
                    .toList();
            assertThat(mine).hasSize(1);
            JsonNode data = json(new String(mine.getFirst().value(), StandardCharsets.UTF_8));
            assertThat(data.get("achievement").textValue()).isEqualTo("first-step");
            assertThat(data.get("level").intValue()).isEqualTo(1);
        }
        JsonNode all = get(learner, "/api/learning/achievements");
        assertThat(all.get("unlocked").intValue()).isEqualTo(1);
        assertThat(all.get("achievements").size()).isGreaterThanOrEqualTo(15);
        assertThat(all.get("achievements").get(0).has("unlockedAt")).isTrue();
        assertThat(all.get("achievements").get(1).has("unlockedAt")).isFalse();
    }

    @Test
    void historyThatIsImportedRatesButEarnsNothing() {
        String learner = newLearner("person");
        for (int i = 0; i < 10; i++) {
            answer(learner, "item-" + i, 3, "2026-03-%02dT10:00:00Z".formatted(i + 1), "sql");
        }
        JsonNode progress = get(learner, PROGRESS, learner);
        assertThat(progress.get("xp").get("points").intValue()).isZero();
        assertThat(progress.get("streak").get("longest").intValue()).isZero();
        assertThat(get(learner, SKILLS, learner)
                        .get("skills")
                        .get(0)
                        .get("right")
                        .intValue())
                .isEqualTo(10);
    }

    @Test
    void answersOfManyChangeDifficultiesOfTheNextEpochOnlyAndOnlyWhatManyMet() throws SQLException {
        Instant now = Instant.now(clock);
        String item = "epoch-" + newLearner("item");
        String privateItem = "private-" + newLearner("item");
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String learner = newLearner("epoch");
            people.add(learner);
            sendAndAwait(answered(learner, "a", item, now, false, null));
        }
        sendAndAwait(answered(people.getFirst(), "b", privateItem, now, false, null));
        for (String learner : people) {
            get(learner, SKILLS, learner);
        }
        String before = stored(people.getFirst());
        execute("UPDATE epoch SET made_us = made_us - 172800000000");

        Difficulties old = read();
        assertThat(makeNext()).isTrue();
        assertThat(makeNext()).as("the next epoch has not begun").isFalse();
        Difficulties next = read();

        assertThat(next.newest()).isEqualTo(old.newest() + 1);
        long nowMicros = now.getEpochSecond() * 1_000_000;
        assertThat(next.epochAt(nowMicros)).isEqualTo(old.newest());
        assertThat(next.epochAt(nowMicros + Duration.ofMinutes(11).toSeconds() * 1_000_000))
                .isEqualTo(next.newest());
        assertThat(next.item(old.newest(), item).rating()).isEqualTo(SharedRating.ITEM);
        assertThat(next.item(next.newest(), item).rating().difficulty()).isGreaterThan(0.5);
        assertThat(next.item(next.newest(), item).rating().answers()).isEqualTo(6);
        assertThat(next.latest(SharedKey.ofItem(privateItem)))
                .as("one person's own")
                .isNull();
        assertThat(next.root(next.newest()).answers()).isGreaterThanOrEqualTo(7);
        int constant = Features.NAMES.indexOf("constant");
        assertThat(next.layer(next.newest()).weights()[constant])
                .as("what practice counts for has been learnt, from other tests' people too")
                .isNotEqualTo(old.layer(old.newest()).weights()[constant]);
        assertThat(next.layer(old.newest()).weights())
                .isEqualTo(old.layer(old.newest()).weights());

        get(people.getFirst(), SKILLS, people.getFirst());
        assertThat(stored(people.getFirst())).isEqualTo(before);
        clock.moveTo(Duration.ofMinutes(11));
        sendAndAwait(answered(people.getFirst(), "c", item, now.plus(Duration.ofMinutes(11)), false, null));
        get(people.getFirst(), SKILLS, people.getFirst());
        assertThat(state(people.getFirst()).epoch()).isEqualTo(next.newest());
        assertThat(state(people.getFirst())
                        .evidence()
                        .get(SharedKey.ofItem(item))
                        .answers())
                .isEqualTo(1);
        // One that comes late is folded with the difficulty of its own time.
        sendAndAwait(answered(people.getFirst(), "late", item, now.minusSeconds(1), true, null));
        get(people.getFirst(), SKILLS, people.getFirst());
        assertStateFollowsFromTheLog();
    }

    private boolean makeNext() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean made = epochs.makeNextIfDue(connection);
            connection.commit();
            return made;
        }
    }

    private Difficulties read() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return epochs.current(connection);
        }
    }

    @Test
    void questionsOfTheBankHaveTheirAuthorsEstimateFromTheFirstEpochOn() throws SQLException {
        Difficulties now = read();
        assertThat(number("SELECT count(*) FROM shared_rating WHERE epoch = 0 AND guess IS NOT NULL"))
                .isGreaterThan(300);
        String item = text("SELECT id FROM shared_rating WHERE epoch = 0 AND guess > 0 ORDER BY id LIMIT 1");
        assertThat(item).startsWith("bank:");
        assertThat(now.item(0, item).shared()).isTrue();
        assertThat(now.item(0, item).neededSeconds()).isPositive();
        assertThat(now.item(0, item).guess()).isBetween(0.1, 0.5);
    }

    @Test
    void anAuthorsShareOfWrongAnswersIsMadeALogitUnderGuessing() {
        assertThat(BankItems.difficulty(0.5, 0)).isZero();
        assertThat(BankItems.difficulty(0.375, 0.25))
                .as("half of those who don't know guess it")
                .isZero();
        assertThat(BankItems.difficulty(0.99, 0.25)).isGreaterThan(3).isLessThan(4);
    }
}
