package dev.devmentor.learning.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.schedule.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SettingsIT extends LearningIT {
    private static final String SETTINGS = "/api/learning/settings";

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private static final String OTHERS =
            "\"fuzz\":false,\"loadBalance\":false,\"easyDays\":[1.0,1.0,1.0,1.0,1.0,1.0,1.0],\"burySiblings\":false,\"newPerDay\":20,\"reviewsPerDay\":9999,\"leechThreshold\":8,\"targetSuccess\":0.75,\"minutesPerDay\":20,\"hints\":true,\"decks\":{},\"skillRetention\":{}";

    private JsonNode change(String learner, String body) {
        return ok(as(learner).body(body).put(SETTINGS));
    }

    @Test
    void somebodyWhoChoseNothingHasTheDefaults() {
        assertThat(get(newLearner("settings"), SETTINGS).toString())
                .isEqualTo("{\"scheduler\":\"fsrs7\",\"desiredRetention\":0.9,\"zone\":\"UTC\",\"rolloverHour\":4,"
                        + "\"againDelayMinutes\":10,\"maximumIntervalDays\":36500," + OTHERS + "}");
    }

    @Test
    void whatIsAbsentFromAChangeStaysAsItIs() {
        String learner = newLearner("settings");

        change(learner, "{\"desiredRetention\":0.85,\"zone\":\"Europe/Berlin\"}");
        JsonNode changed = change(learner, "{\"scheduler\":\"sm2\",\"rolloverHour\":3}");

        assertThat(changed.toString())
                .isEqualTo("{\"scheduler\":\"sm2\",\"desiredRetention\":0.85,\"zone\":\"Europe/Berlin\","
                        + "\"rolloverHour\":3,\"againDelayMinutes\":10,\"maximumIntervalDays\":36500," + OTHERS
                        + ",\"rescheduled\":0}");
        assertThat(get(learner, SETTINGS).get("scheduler").textValue()).isEqualTo("sm2");
        assertThat(entries(learner)).isEqualTo(2);
    }

    @Test
    void aChangeThatChangesNothingLeavesNoEntry() {
        String learner = newLearner("settings");

        change(learner, "{\"desiredRetention\":0.9}");

        assertThat(entries(learner)).isZero();
    }

    @Test
    void anotherSchedulerDecidesFromTheNextAnswerOn() {
        String learner = newLearner("settings");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        answer(learner, "a", 3, "2026-03-03T10:00:00Z");
        Card before = requireCard(learner, "a");

        JsonNode changed = change(learner, "{\"scheduler\":\"sm2\"}");

        assertThat(changed.get("rescheduled").intValue()).isZero();
        assertThat(card(learner, "a")).isEqualTo(before);
        JsonNode next = ok(post(learner, "/api/learning/reviews", "{\"item\":\"a\",\"grade\":3}"));
        assertThat(next.get("scheduler").textValue()).isEqualTo("sm2");
        assertThat(next.get("intervalDays").intValue())
                .as("third right answer: 6 days by the ease of 2.5")
                .isEqualTo(15);
        assertStateFollowsFromTheLog();
    }

    @Test
    void onlyOnRequestDoesAChangeMoveDueDates() {
        String learner = newLearner("settings");
        answer(learner, "good", 3, "2026-03-01T10:00:00Z");
        answer(learner, "again", 1, "2026-03-01T10:00:00Z");

        JsonNode quiet = change(learner, "{\"desiredRetention\":0.7}");
        assertThat(quiet.get("rescheduled").intValue()).isZero();
        assertThat(dueAt(learner, "good")).isEqualTo("2026-03-06T04:00:00Z");

        JsonNode moved = change(learner, "{\"againDelayMinutes\":30,\"reschedule\":true}");

        assertThat(moved.get("rescheduled").intValue()).isEqualTo(2);
        assertThat(dueAt(learner, "good")).isEqualTo("2026-10-05T04:00:00Z");
        assertThat(dueAt(learner, "again")).isEqualTo("2026-03-01T10:30:00Z");
        assertThat(requireCard(learner, "good").state().scheduledRetention()).isEqualTo(0.7);
        JsonNode sm2 = change(learner, "{\"scheduler\":\"sm2\",\"reschedule\":true}");
        assertThat(sm2.get("rescheduled").intValue()).isEqualTo(2);
        assertThat(dueAt(learner, "good")).isEqualTo("2026-03-02T04:00:00Z");
        assertThat(requireCard(learner, "good").state().scheduledBy()).isEqualTo(Scheduler.SM2);
        assertStateFollowsFromTheLog();
    }

    @Test
    void aMoveOfAllDueDatesIsTakenBackToTheBit() {
        String learner = newLearner("settings");
        answer(learner, "good", 3, "2026-03-01T10:00:00Z");
        answer(learner, "answered since", 3, "2026-03-01T10:00:00Z");
        Card before = requireCard(learner, "good");

        JsonNode moved = change(learner, "{\"desiredRetention\":0.8,\"reschedule\":true}");
        assertThat(moved.get("rescheduled").intValue()).isEqualTo(2);
        assertThat(requireCard(learner, "good")).isNotEqualTo(before);
        ok(post(learner, "/api/learning/reviews", "{\"item\":\"answered since\",\"grade\":3}"));
        String since = dueAt(learner, "answered since");

        String undo = SETTINGS + "/reschedules/" + moved.get("rescheduleId").textValue() + "/undo";
        assertThat(ok(post(learner, undo, "{}")).get("restored").intValue()).isEqualTo(1);

        assertThat(requireCard(learner, "good")).isEqualTo(before);
        assertThat(dueAt(learner, "answered since")).isEqualTo(since);
        assertThat(get(learner, SETTINGS).get("desiredRetention").doubleValue()).isEqualTo(0.8);
        assertThat(ok(post(learner, undo, "{}")).get("restored").intValue()).isZero();
        problem(as(newLearner("settings")).body("{}").post(undo), 404, "not-found");
        assertStateFollowsFromTheLog();
    }

    @Test
    void aSkillAndADeckMayWantAnotherRetention() {
        String learner = newLearner("settings");
        JsonNode changed = change(
                learner,
                "{\"scheduler\":\"fsrs6\",\"skillRetention\":{\"sql.joins\":0.95},"
                        + "\"decks\":{\"java\":{\"desiredRetention\":0.8},\"sql\":{\"scheduler\":\"sm2\"}}}");
        assertThat(changed.get("decks").toString())
                .isEqualTo("{\"java\":{\"scheduler\":null,\"desiredRetention\":0.8},"
                        + "\"sql\":{\"scheduler\":\"sm2\",\"desiredRetention\":null}}");

        JsonNode strict =
                ok(post(learner, "/api/learning/reviews", "{\"item\":\"a\",\"grade\":4,\"skills\":[\"sql.joins\"]}"));
        JsonNode usual = ok(post(learner, "/api/learning/reviews", "{\"item\":\"b\",\"grade\":4}"));
        assertThat(strict.get("intervalDays").intValue()).isEqualTo(3);
        assertThat(usual.get("intervalDays").intValue()).isEqualTo(8);

        JsonNode without = change(learner, "{\"skillRetention\":{\"sql.joins\":null},\"decks\":{\"sql\":{}}}");
        assertThat(without.get("skillRetention")).isEmpty();
        assertThat(without.get("decks").has("sql")).isFalse();
        assertThat(without.get("decks").has("java")).isTrue();
        assertStateFollowsFromTheLog();
    }

    private String dueAt(String learner, String item) {
        return get(learner, "/api/learning/cards/{item}", item).get("dueAt").textValue();
    }

    @Test
    void anAnswerWithoutAZoneLiesInTheLearnersOwn() {
        String learner = newLearner("settings");
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-02-01T00:00:00Z")));
        change(learner, "{\"zone\":\"America/Los_Angeles\",\"rolloverHour\":0}");
        clock.moveTo(Duration.ZERO);

        answer(learner, "a", 3, "2026-03-01T07:00:00Z");

        assertThat(requireCard(learner, "a").state().lastZone()).isEqualTo("America/Los_Angeles");
        assertThat(dueAt(learner, "a"))
                .as("five days after February 28, at midnight in Los Angeles")
                .isEqualTo("2026-03-05T08:00:00Z");
        assertStateFollowsFromTheLog();
    }

    @Test
    void aLateAnswerIsFoldedUnderTheSettingsOfItsTime() {
        String learner = newLearner("settings");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        change(learner, "{\"scheduler\":\"sm2\",\"reschedule\":true}");

        answer(learner, "a", 4, "2026-02-01T10:00:00Z");

        assertThat(requireCard(learner, "a").state().scheduledBy()).isEqualTo(Scheduler.SM2);
        assertThat(dueAt(learner, "a")).isEqualTo("2026-03-07T04:00:00Z");
        assertStateFollowsFromTheLog();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scheduler\":\"fsrs8\"}",
                "{\"desiredRetention\":0.69}",
                "{\"desiredRetention\":1}",
                "{\"desiredRetention\":\"0.9\"}",
                "{\"zone\":\"Europe/Atlantis\"}",
                "{\"zone\":\"\"}",
                "{\"rolloverHour\":24}",
                "{\"rolloverHour\":-1}",
                "{\"rolloverHour\":3.5}",
                "{\"againDelayMinutes\":0}",
                "{\"againDelayMinutes\":1441}",
                "{\"maximumIntervalDays\":0}",
                "{\"maximumIntervalDays\":36501}",
                "{\"reschedule\":\"yes\"}",
                "{\"colour\":\"blue\"}",
                "{\"scheduler\":",
                "null",
                "",
            })
    void refusesSettingsThatAreNotAsDocumented(String body) {
        String learner = newLearner("settings");

        problem(as(learner).body(body).put(SETTINGS), 400, "invalid-request");

        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }
}
