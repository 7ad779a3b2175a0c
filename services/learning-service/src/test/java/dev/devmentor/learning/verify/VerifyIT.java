package dev.devmentor.learning.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
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
                "fsrs6_stability = fsrs6_stability + 0.0001|fsrs6_stability = %s",
                "suspended = true|suspended = false",
                "lapses = 7|lapses = 0",
                "skills = '{x}'|skills = '{}'",
                "folded_id = 'x'|folded_id = '%s'",
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

        execute("UPDATE learner SET rollover_hour = 5 WHERE sub = '" + learner + "'");
        assertThat(verify().get("mismatches").longValue()).isEqualTo(1);

        execute("UPDATE learner SET rollover_hour = 3 WHERE sub = '" + learner + "'");
        assertStateFollowsFromTheLog();
    }
}
