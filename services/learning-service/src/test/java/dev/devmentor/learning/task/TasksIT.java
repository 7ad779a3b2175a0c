package dev.devmentor.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
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
class TasksIT extends LearningIT {
    private static ProducerRecord<byte[], byte[]> created(
            String task, @Nullable String learner, String at, String... skills) {
        return event(
                EventTypes.TASK_CREATED,
                "created-" + task + at,
                learner == null ? task : learner,
                new TaskCreated(
                        task, learner, "project", "Title of " + task, List.of(skills), Instant.parse(at), null, null));
    }

    private static ProducerRecord<byte[], byte[]> completed(String task, String learner, String at) {
        return event(
                EventTypes.TASK_COMPLETED,
                "completed-" + task,
                learner,
                new TaskCompleted(task, learner, List.of(), Instant.parse(at), null, null));
    }

    /** Cards of a learner: one failed, one fading, one strong, one of another skill that is long due. */
    private String learnerWithCards() {
        String learner = newLearner("tasks");
        answer(learner, "sql-failed", 1, "2026-03-10T09:00:00Z", "sql");
        answer(learner, "sql-fading", 3, "2026-03-10T09:00:00Z", "java", "sql");
        answer(learner, "sql-strong", 4, "2026-03-10T09:00:00Z", "sql");
        answer(learner, "java-due", 3, "2026-03-01T09:00:00Z", "java");
        return learner;
    }

    @Test
    void weakCardsOfTheSkillsThatATaskNeedsComeFirst() {
        String learner = learnerWithCards();

        sendAndAwait(created("t-1", learner, "2026-03-10T09:05:00Z", "sql"));

        JsonNode page = due(learner, "2026-03-10T09:06:00Z");
        assertThat(texts(page.get("items"), "item")).containsExactly("sql-failed", "sql-fading", "java-due");
        JsonNode reason = page.get("items").get(1).get("reason");
        assertThat(reason.get("kind").textValue()).isEqualTo("task");
        assertThat(reason.get("task").textValue()).isEqualTo("t-1");
        assertThat(reason.get("skill").textValue()).isEqualTo("sql");
        assertThat(reason.get("text").textValue()).isEqualTo("the task \"Title of t-1\" needs sql");
        assertThat(page.get("items").get(1).get("overdueDays").intValue()).isZero();
        assertThat(page.get("items").get(2).get("reason").get("kind").textValue())
                .isEqualTo("scheduled");
    }

    @Test
    void aStrongCardDoesNotComeForwardUntilItIsWeak() {
        String learner = learnerWithCards();

        sendAndAwait(created("t-1", learner, "2026-03-10T09:05:00Z", "sql"));

        assertThat(texts(due(learner, "2026-03-10T09:06:00Z").get("items"), "item"))
                .doesNotContain("sql-strong");
        assertThat(texts(due(learner, "2026-04-28T09:00:00Z").get("items"), "item"))
                .as("seven weeks on it will have faded before the week is out")
                .contains("sql-strong");
    }

    @Test
    void aTaskCountsFromTheTimeItWasCreated() {
        String learner = learnerWithCards();

        sendAndAwait(created("t-1", learner, "2026-03-11T00:00:00Z", "sql"));

        assertThat(texts(due(learner, "2026-03-10T09:06:00Z").get("items"), "item"))
                .containsExactly("java-due");
        assertThat(texts(due(learner, "2026-03-11T00:00:00Z").get("items"), "item"))
                .startsWith("sql-failed", "sql-fading");
    }

    @Test
    void aCompletedTaskAsksForNothingMore() {
        String learner = learnerWithCards();
        sendAndAwait(created("t-1", learner, "2026-03-10T09:05:00Z", "sql"));

        sendAndAwait(completed("t-1", learner, "2026-03-10T10:00:00Z"));

        assertThat(texts(due(learner, "2026-03-10T09:06:00Z").get("items"), "item"))
                .containsExactly("java-due");
    }

    @Test
    void aTaskWhoseCompletionArrivesFirstNeverOpens() {
        String learner = learnerWithCards();

        sendAndAwait(completed("t-1", learner, "2026-03-10T10:00:00Z"));
        sendAndAwait(created("t-1", learner, "2026-03-10T09:05:00Z", "sql"));

        assertThat(texts(due(learner, "2026-03-10T10:06:00Z").get("items"), "item"))
                .doesNotContain("sql-fading");
        assertThat(number("SELECT count(*) FROM focus JOIN learner ON learner_id = id WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void theNewestTaskIsTheReasonAndANewerEventOfATaskReplacesItsSkills() {
        String learner = learnerWithCards();

        sendAndAwait(
                created("t-2", learner, "2026-03-10T09:07:00Z", "sql"),
                created("t-1", learner, "2026-03-10T09:05:00Z", "sql"));
        assertThat(due(learner, "2026-03-10T09:08:00Z")
                        .get("items")
                        .get(0)
                        .get("reason")
                        .get("task")
                        .textValue())
                .isEqualTo("t-2");

        sendAndAwait(
                created("t-1", learner, "2026-03-10T09:06:00Z", "cooking"),
                created("t-2", learner, "2026-03-10T09:09:00Z", "cooking"),
                created("t-2", learner, "2026-03-10T09:01:00Z", "java"));
        assertThat(texts(due(learner, "2026-03-10T09:10:00Z").get("items"), "item"))
                .containsExactly("java-due", "sql-failed");
    }

    @Test
    void aTaskOfNobodyIsIgnoredAndOneWithoutSkillsIsOnlyKept() {
        String learner = learnerWithCards();
        double ignored = counted("task.created", "ignored");
        double applied = counted("task.created", "applied");

        sendAndAwait(
                created("t-1", null, "2026-03-10T09:05:00Z", "sql"), created("t-2", learner, "2026-03-10T09:05:00Z"));

        assertThat(counted("task.created", "ignored") - ignored).isEqualTo(1);
        assertThat(counted("task.created", "applied") - applied).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM focus JOIN learner ON learner_id = id WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void aTaskThatComesTwiceIsNotedOnceAndAContradictionIsRefused() {
        String learner = learnerWithCards();
        ProducerRecord<byte[], byte[]> task = created("t-1", learner, "2026-03-10T09:05:00Z", "sql");
        double duplicates = counted("task.created", "duplicate");
        double dead = counted("task.created", "dead-letter");

        sendAndAwait(task, task);
        sendAndAwait(created("t-1", learner, "2026-03-10T09:05:00Z", "java"));

        assertThat(counted("task.created", "duplicate") - duplicates).isEqualTo(1);
        assertThat(counted("task.created", "dead-letter") - dead).isEqualTo(1);
        assertThat(text("SELECT skills::text FROM focus JOIN learner ON learner_id = id WHERE sub = ?", learner))
                .isEqualTo("{sql}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoEventsOfTheSameTimeTheOneWithTheGreaterIdHoldsInWhateverOrderTheyCome(boolean greaterFirst) {
        String learner = learnerWithCards();
        Instant at = Instant.parse("2026-03-10T09:05:00Z");
        List<ProducerRecord<byte[], byte[]>> both = new ArrayList<>();
        for (String id : greaterFirst ? List.of("b", "a") : List.of("a", "b")) {
            both.add(event(
                    EventTypes.TASK_CREATED,
                    "tie-" + id,
                    learner,
                    new TaskCreated("t-1", learner, "project", "Title " + id, List.of("sql-" + id), at, null, null)));
        }

        both.forEach(this::sendAndAwait);

        assertThat(text(
                        "SELECT title || skills::text FROM focus JOIN learner ON learner_id = id WHERE sub = ?",
                        learner))
                .isEqualTo("Title b{sql-b}");
        assertStateFollowsFromTheLog();
    }
}
