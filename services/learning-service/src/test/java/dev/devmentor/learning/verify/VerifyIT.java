package dev.devmentor.learning.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comes first, while there is little: each of its many calls goes through all that tests have left. */
@QuarkusTest
@Order(1)
class VerifyIT extends LearningIT {
    @Test
    void countsWhatThereIsAndFindsTheSameChecksumWhileNothingChanges() {
        String learner = newLearner("verify");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        awaitQuiet();

        JsonNode first = verify();
        JsonNode second = verify();

        assertThat(first.get("mismatches").longValue()).isZero();
        assertThat(first.get("learners").longValue()).isEqualTo(number("SELECT count(*) FROM learner"));
        assertThat(first.get("entries").longValue()).isEqualTo(number("SELECT count(*) FROM entry"));
        assertThat(first.get("cards").longValue()).isEqualTo(number("SELECT count(*) FROM card"));
        assertThat(first.get("checksum").textValue()).matches("[0-9a-f]{1,16}");
        assertThat(second).isEqualTo(first);
        answer(learner, "a", 3, "2026-03-03T10:00:00Z");
        assertThat(verify().get("checksum")).isNotEqualTo(first.get("checksum"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "due_us = due_us + 1|due_us = due_us - 1",
                "state = set_byte(state, 84, get_byte(state, 84) # 1)|state = '%s'", // stability, by its last bit
                "suspended = true|suspended = false",
                "state = set_byte(state, 16, 7)|state = '%s'", // lapses
                "skills = '{x}'|skills = '{}'",
                "state = set_byte(state, length(state) - 3, 65)|state = '%s'", // id of the last entry
                "state = set_byte(state, length(state) - 1, 65)|state = '%s'", // longer than there are bytes
                "state = set_byte(state, 0, 99)|state = '%s'", // of a version that nobody knows
            })
    void findsACardThatWasTamperedWith(String tamper, String mend) {
        String learner = newLearner("verify");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        String where = " FROM learner l WHERE card.learner_id = l.id AND l.sub = '" + learner + "'";
        String column = tamper.substring(0, tamper.indexOf(' '));
        String before = text(
                "SELECT " + column + "::text FROM card JOIN learner l ON learner_id = l.id WHERE l.sub = ?", learner);

        execute("UPDATE card SET " + tamper + where);
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute("UPDATE card SET " + mend.formatted(before) + where);
        assertStateFollowsFromTheLog();
    }

    @Test
    void findsACardThatIsMissingAndOneThatHasNoEntries() {
        String learner = newLearner("verify");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        String ofLearner = " = (SELECT id FROM learner WHERE sub = '" + learner + "')";

        execute("UPDATE card SET item = 'b' WHERE learner_id" + ofLearner);
        assertThat(verify().get("mismatches").longValue())
                .as("one is missing and one has no entries")
                .isEqualTo(2);

        execute("UPDATE card SET item = 'a' WHERE learner_id" + ofLearner);
        assertStateFollowsFromTheLog();
    }

    @Test
    void findsSettingsThatDoNotFollowFromTheLog() {
        String learner = newLearner("verify");
        ok(as(learner).body("{\"rolloverHour\":3}").put("/api/learning/settings"));

        execute(
                "UPDATE learner SET settings = replace(settings, '\"rolloverHour\":3', '\"rolloverHour\":5') WHERE sub = '"
                        + learner + "'");
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute(
                "UPDATE learner SET settings = replace(settings, '\"rolloverHour\":5', '\"rolloverHour\":3') WHERE sub = '"
                        + learner + "'");
        assertStateFollowsFromTheLog();
    }

    @ParameterizedTest
    @CsvSource({
        "focus, title = 'Another'",
        "focus, since_us = since_us + 1",
        "note, offered = NOT offered",
        "note, version = version + 1",
    })
    void findsAnOpenTaskAndANoteThatDoNotFollowFromTheLog(String table, String tamper) {
        String learner = newLearner("verify");
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        sendAndAwait(
                event(
                        EventTypes.TASK_CREATED,
                        "t",
                        learner,
                        new TaskCreated("t-1", learner, "project", "Title", List.of("sql"), at, null, null)),
                event(
                        EventTypes.TASK_CREATED,
                        "t-without-skills",
                        learner,
                        new TaskCreated("t-2", learner, "project", "Title", List.of(), at, null, null)),
                event(
                        EventTypes.MEMORY_UPDATED,
                        "m",
                        learner,
                        new MemoryUpdated(
                                "m-1",
                                learner,
                                1,
                                MemoryKind.NOTE,
                                "\"Title\"",
                                "x",
                                List.of(),
                                true,
                                at,
                                false,
                                null)));
        assertStateFollowsFromTheLog();
        String ofLearner = " WHERE learner_id = (SELECT id FROM learner WHERE sub = '" + learner + "')";

        execute("UPDATE " + table + " SET " + tamper + ofLearner);
        assertThat(verify().get("mismatches").longValue())
                .as("the row that is kept, and the row that should be")
                .isEqualTo(2);

        execute("DELETE FROM " + table + ofLearner);
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute("INSERT INTO " + table + " SELECT " + columns(table) + " FROM " + table + "_of_log" + ofLearner);
        assertStateFollowsFromTheLog();
    }

    private String columns(String table) {
        return text(
                "SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = ?::regclass AND attnum > 0",
                table);
    }
}
