package dev.devmentor.learning.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.events.UserErased;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WhenUserErasedIT extends LearningIT {
    private static final String COMPLETED = "user.erasure-completed";

    private static ProducerRecord<byte[], byte[]> erased(String learner, String id) {
        return event(
                EventTypes.USER_ERASED,
                id + learner,
                learner,
                new UserErased(learner, Instant.parse("2026-03-10T00:00:00Z"), "self", null));
    }

    private static ProducerRecord<byte[], byte[]> note(String learner) {
        return event(
                EventTypes.MEMORY_UPDATED,
                "note-" + learner,
                learner,
                new MemoryUpdated(
                        "m-1",
                        learner,
                        1,
                        MemoryKind.NOTE,
                        "A note",
                        null,
                        List.of(),
                        true,
                        Instant.parse("2026-03-01T00:00:00Z"),
                        false,
                        null));
    }

    private static ProducerRecord<byte[], byte[]> task(String learner) {
        return event(
                EventTypes.TASK_CREATED,
                "task-" + learner,
                learner,
                new TaskCreated(
                        "t-1",
                        learner,
                        "project",
                        "A task",
                        List.of("sql"),
                        Instant.parse("2026-03-01T00:00:00Z"),
                        null,
                        null));
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> record, String learner) {
        return new String(record.key(), StandardCharsets.UTF_8).equals(learner);
    }

    @Test
    void everythingOfThePersonGoesAndNobodyElsesDoes() {
        String learner = newLearner("erased");
        String other = newLearner("kept");
        for (String one : List.of(learner, other)) {
            answer(one, "a", 3, "2026-03-01T10:00:00Z", "sql");
            answer(one, "b", 1, "2026-03-01T10:00:00Z");
            ok(as(one).body("{\"rolloverHour\":3}").put("/api/learning/settings"));
            ok(post(one, "/api/learning/quiz/generate", "{\"size\":1}"));
            JsonNode own = ok(post(one, "/api/learning/quiz/generate", """
                    {"size":1,"text":"A partition is an ordered log of records that only grows at its end."}"""));
            ok(post(one, "/api/learning/quiz/submit", """
                    {"quizId":%s,"answers":[{"questionId":%s,"skipped":true}]}""".formatted(
                            own.get("id"), own.get("questions").get(0).get("id"))));
            sendAndAwait(note(one), task(one));
            get(one, "/api/learning/progress/{user}", one);
            ok(as(one).body("{\"kind\":\"advance\",\"count\":1}").post("/api/learning/plans"));
            ok(post(one, "/api/learning/paths", "{\"goal\":\"kafka.transactions\"}"));
            ok(as(one).contentType("multipart/form-data")
                    .multiPart(
                            "date", LocalDate.now(ZoneOffset.UTC).plusDays(20).toString())
                    .multiPart("jobDescriptionText", "Senior engineer. Requirements: Kafka partitions, SQL joins.")
                    .post("/api/learning/interviews"));
            String ofLearner = " SELECT id%s FROM learner WHERE sub = '" + one + "'";
            execute("INSERT INTO fit (learner_id)" + ofLearner.formatted(""));
            execute("INSERT INTO achievement (learner_id, achievement, unlocked_us)"
                    + ofLearner.formatted(", 'streak-365', 1"));
        }
        Card kept = requireCard(other, "a");
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(learner, "erase-1-"));

            ConsumerRecord<byte[], byte[]> done = completed.await(1).getFirst();
            assertThat(isOf(done, learner)).isTrue();
            assertThat(TestTopics.header(done, "ce_type")).isEqualTo(COMPLETED);
            JsonNode data = json(new String(done.value(), StandardCharsets.UTF_8));
            assertThat(data.get("learner").textValue()).isEqualTo(learner);
            assertThat(data.get("service").textValue()).isEqualTo(SERVICE);
            assertThat(data.get("erasureId").textValue()).isEqualTo("erase-1-" + learner);
            assertThat(removed(data))
                    .isEqualTo(
                            "achievement 1, card 3, entry 6, fit 1, focus 1, interview 1, note 1, own_question 1, path 1,"
                                    + " person_state 1, plan 1, quiz 2");
        }
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
        assertNothingIsOrphaned();
        assertThat(card(other, "a")).isEqualTo(kept);
        assertThat(entries(other)).isEqualTo(6);
        assertStateFollowsFromTheLog();
    }

    /** What was counted as removed; tables that had nothing of the person are left out. */
    private static String removed(JsonNode data) {
        List<String> removed = new ArrayList<>();
        data.get("counts").fields().forEachRemaining(table -> {
            if (table.getValue().longValue() > 0) {
                removed.add(table.getKey() + " " + table.getValue().longValue());
            }
        });
        return String.join(", ", removed);
    }

    /** Of every table that there is with rows of learners, also of one that somebody adds and does not think of here. */
    private List<String> tablesOfLearners() {
        return List.of(text("""
                SELECT string_agg(c.relname, ',' ORDER BY c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'learner_id'
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition""").split(","));
    }

    private void assertNothingIsOrphaned() {
        assertThat(tablesOfLearners())
                .contains("entry", "card", "focus", "note", "person_state", "fit", "plan", "quiz", "own_question");
        for (String table : tablesOfLearners()) {
            assertThat(number("SELECT count(*) FROM " + table
                            + " t WHERE NOT EXISTS (SELECT 1 FROM learner l WHERE l.id = t.learner_id)"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void noTableHoldsTheIdOfAnErasedPerson() {
        String learner = newLearner("erased");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        sendAndAwait(erased(learner, "erase-"));
        sendAndAwait(event(graded(learner, "a", "late", "2026-03-02T10:00:00Z", 3)));

        assertThat(number("""
                SELECT (SELECT count(*) FROM learner t WHERE t::text LIKE '%' || ? || '%')
                     + (SELECT count(*) FROM entry t WHERE t::text LIKE '%' || ? || '%')
                     + (SELECT count(*) FROM erased t WHERE t::text LIKE '%' || ? || '%')
                     + (SELECT count(*) FROM erasure t WHERE t::text LIKE '%' || ? || '%')""", learner, learner, learner, learner)).isZero();
        assertThat(number("SELECT count(*) FROM erased WHERE erased_at > now() - interval '1 minute'"))
                .isPositive();
    }

    @Test
    void whateverArrivesLaterIsCountedAndDoesNothing() {
        String learner = newLearner("erased");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        awaitQuiet();
        sendAndAwait(erased(learner, "erase-"));
        double answers = counted(QUIZ, "ignored");
        double tasks = counted("task.created", "ignored");
        double notes = counted("memory.updated", "ignored");
        long ignoredBefore = number("SELECT sum(ignored) FROM erased");

        try (Tail scheduled = new Tail(topics, "review.scheduled")) {
            sendAndAwait(
                    event(graded(learner, "a", "a-1", "2026-03-01T10:00:00Z", 3)),
                    event(graded(learner, "b", "a-2", "2026-03-11T10:00:00Z", 3)),
                    record(
                            REPLAY,
                            null,
                            learner,
                            event(graded(learner, "c", "a-3", "2026-03-11T10:00:00Z", 3))
                                    .value(),
                            dev.devmentor.events.EventEncoder.binaryHeaders(
                                    envelope(EventTypes.QUIZ_ANSWERED, "replayed"))),
                    note(learner),
                    task(learner));

            assertThat(counted(QUIZ, "ignored") - answers).isEqualTo(3);
            assertThat(counted("task.created", "ignored") - tasks).isEqualTo(1);
            assertThat(counted("memory.updated", "ignored") - notes).isEqualTo(1);
            assertThat(number("SELECT sum(ignored) FROM erased") - ignoredBefore)
                    .isEqualTo(5);
            assertThat(scheduled.all()).noneMatch(record -> isOf(record, learner));
        }
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
        assertNothingIsOrphaned();
    }

    @Test
    void overHttpAnErasedPersonFindsNothingAndChangesNothing() {
        String learner = newLearner("erased");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        awaitQuiet();
        sendAndAwait(erased(learner, "erase-"));

        problem(post(learner, "/api/learning/reviews", "{\"item\":\"a\",\"grade\":3}"), 404, "not-found");
        JsonNode batch =
                ok(post(learner, "/api/learning/reviews/batch", "{\"answers\":[{\"item\":\"a\",\"grade\":3}]}"));
        assertThat(texts(batch.get("results"), "status")).containsExactly("404");
        problem(as(learner).body("{\"rolloverHour\":1}").put("/api/learning/settings"), 404, "not-found");
        problem(as(learner).get("/api/learning/cards/a"), 404, "not-found");
        problem(post(learner, "/api/learning/cards/a/actions", "{\"action\":\"reset\"}"), 404, "not-found");
        problem(post(learner, "/api/learning/quiz/generate", "{}"), 404, "not-found");
        assertThat(get(learner, "/api/learning/quizzes").get("total").intValue())
                .isZero();
        assertThat(get(learner, "/api/learning/reviews/due").get("total").intValue())
                .isZero();
        assertThat(get(learner, "/api/learning/progress/{u}", learner)
                        .get("answers")
                        .intValue())
                .isZero();
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void aRepeatedRequestIsAnsweredOnceAndAnotherRequestAgainWithNothingToCount() {
        String learner = newLearner("erased");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        awaitQuiet();
        get(learner, "/api/learning/progress/{user}", learner);
        double duplicates = counted("user.erased", "duplicate");
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(learner, "one-"), erased(learner, "one-"));
            sendAndAwait(erased(learner, "one-"));
            sendAndAwait(erased(learner, "two-"));

            List<String> counts = completed.await(2).stream()
                    .map(record -> removed(json(new String(record.value(), StandardCharsets.UTF_8))))
                    .toList();
            assertThat(counts).containsExactly("card 1, entry 1, person_state 1", "");
            assertThat(counted("user.erased", "duplicate") - duplicates).isEqualTo(2);
        }
    }

    @Test
    void somebodyUnknownIsErasedToo() {
        String learner = newLearner("erased");
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(learner, "erase-"));

            assertThat(completed.await(1)).hasSize(1);
        }
        sendAndAwait(event(graded(learner, "a", "a-1", "2026-03-01T10:00:00Z", 3)));
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void anErasureThatRacesWithAnswersLeavesNothingBehind() throws InterruptedException, ExecutionException {
        List<String> people = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Tail completed = new Tail(topics, COMPLETED)) {
            for (int round = 0; round < 15; round++) {
                String learner = newLearner("race");
                people.add(learner);
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    records.add(toPartition(
                            i % PARTITIONS, event(graded(learner, "i-" + i % 5, "a-" + i, "2026-03-01T10:00:00Z", 3))));
                    if (i == 15) {
                        records.add(erased(learner, "erase-"));
                    }
                }
                List<Future<?>> requests = new ArrayList<>();
                String body = "{\"item\":\"h\",\"grade\":3}";
                var token = as(learner);
                requests.add(threads.submit(() -> {
                    for (int i = 0; i < 5; i++) {
                        int status =
                                token.body(body).post("/api/learning/reviews").statusCode();
                        assertThat(status).isIn(200, 404);
                    }
                }));
                requests.add(threads.submit(() -> topics.sendAll(records)));
                for (Future<?> request : requests) {
                    request.get();
                }
            }
            awaitQuiet();

            assertThat(completed.await(people.size())).hasSize(people.size());
        }
        for (String learner : people) {
            assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                    .isZero();
        }
        assertNothingIsOrphaned();
        assertStateFollowsFromTheLog();
    }
}
