package dev.devmentor.learning.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.personaldata.PersonalData;
import dev.devmentor.kit.personaldata.Section;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is deleted of a person is what they get before, table by table. */
@QuarkusTest
class EverythingErasedIsExportedIT extends LearningIT {
    private static final String PATH = "/personal-data";

    @Inject
    PersonalData data;

    private static List<JsonNode> lines(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/x-ndjson");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        return response.asString().lines().map(LearningIT::json).toList();
    }

    private static List<JsonNode> rows(List<JsonNode> lines, String section) {
        return lines.stream()
                .filter(line -> line.path("section").asText().equals(section))
                .map(line -> line.get("row"))
                .toList();
    }

    @Test
    void everyTableOfPeopleIsErasedAndIsExportedOrLeftOutForAReason() {
        TreeSet<String> ofPeople = new TreeSet<>(List.of(text("""
                SELECT string_agg(c.relname, ',') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'learner_id'
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition""").split(",")));
        TreeSet<String> erased = new TreeSet<>(WhenUserErased.TABLES);
        erased.add("touched");
        assertThat(erased).isEqualTo(ofPeople);

        TreeSet<String> told = new TreeSet<>(data.leftOut().keySet());
        data.sections().stream().map(Section::tables).forEach(told::addAll);
        ofPeople.add("learner");
        assertThat(told).isEqualTo(ofPeople);
    }

    @Test
    void aPersonGetsEverythingOfThemAndNothingOfAnybodyElse() {
        String learner = newLearner("mine");
        String other = newLearner("theirs");
        for (String one : List.of(learner, other)) {
            answer(one, "a", 3, "2026-03-01T10:00:00Z", "sql");
            answer(one, "b", 1, "2026-03-01T10:00:00Z");
            ok(as(one).body("{\"rolloverHour\":3}").put("/api/learning/settings"));
            ok(post(one, "/api/learning/quiz/generate", "{\"size\":1}"));
            sendAndAwait(event(
                    EventTypes.TASK_CREATED,
                    "task-" + one,
                    one,
                    new TaskCreated(
                            "t-1",
                            one,
                            "project",
                            "A task of " + one,
                            List.of("sql"),
                            Instant.parse("2026-03-01T00:00:00Z"),
                            null,
                            null)));
            get(one, "/api/learning/progress/{user}", one);
        }

        List<JsonNode> lines = lines(as(learner).get(PATH));

        JsonNode head = lines.getFirst();
        assertThat(head.get("service").textValue()).isEqualTo(SERVICE);
        assertThat(head.get("person").textValue()).isEqualTo(learner);
        assertThat(head.get("sections")).hasSize(data.sections().size());
        assertThat(head.get("leftOut").get("touched").textValue()).isNotEmpty();
        JsonNode end = lines.getLast();
        assertThat(end.get("complete").booleanValue()).isTrue();
        Map<String, Long> counts = new TreeMap<>();
        for (Section section : data.sections()) {
            String table = section.tables().iterator().next();
            String key = table.equals("learner") ? "id" : "learner_id";
            long rows = number(
                    "SELECT count(*) FROM " + table + " WHERE " + key + " = (SELECT id FROM learner WHERE sub = ?)",
                    learner);
            assertThat(end.get("counts").get(section.name()).longValue())
                    .as(section.name())
                    .isEqualTo(rows)
                    .isEqualTo(rows(lines, section.name()).size());
            if (rows > 0) {
                counts.put(section.name(), rows);
            }
        }
        assertThat(counts)
                .containsEntry("profile", 1L)
                .containsEntry("review-log", 4L)
                .containsEntry("cards", 2L)
                .containsEntry("focus", 1L)
                .containsEntry("quizzes", 1L);
        assertThat(lines)
                .hasSize((int) (2 + counts.values().stream().mapToLong(n -> n).sum()));

        JsonNode answer = rows(lines, "review-log").stream()
                .filter(row -> row.path("item").asText().equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(answer.get("kind").textValue()).isEqualTo("answer");
        assertThat(answer.get("at").textValue()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(answer.get("localDay").textValue()).isEqualTo("2026-03-01");
        assertThat(answer.get("grade").intValue()).isEqualTo(3);
        assertThat(answer.get("skills").toString()).isEqualTo("[\"sql\"]");
        JsonNode card = rows(lines, "cards").getFirst();
        assertThat(card.get("item").textValue()).isEqualTo("a");
        assertThat(card.get("state").get("lastGrade").intValue()).isEqualTo(3);
        assertThat(rows(lines, "profile")
                        .getFirst()
                        .get("settings")
                        .get("rolloverHour")
                        .intValue())
                .isEqualTo(3);
        assertThat(lines.toString())
                .contains("A task of " + learner)
                .doesNotContain(other)
                .doesNotContain("learnerId");
    }

    @Test
    void whoeverIsUnknownGetsSectionsWithoutRows() {
        List<JsonNode> lines = lines(as(newLearner("nobody")).get(PATH));

        assertThat(lines).hasSize(2);
        List<Long> counts = new ArrayList<>();
        lines.getLast().get("counts").forEach(count -> counts.add(count.longValue()));
        assertThat(counts).hasSize(data.sections().size()).containsOnly(0L);
    }

    @Test
    void withoutATokenItIs401AndForWhoeverIsNoLearner403() {
        assertThat(RestAssured.given().get(PATH).statusCode()).isEqualTo(401);
        assertThat(with(tokens.expired()).get(PATH).statusCode()).isEqualTo(401);
        assertThat(asOperator().get(PATH).statusCode()).isEqualTo(403);
        assertThat(with(tokens.service()).get(PATH).statusCode()).isEqualTo(403);
    }
}
