package dev.devmentor.pbml.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.events.EventTypes;
import dev.devmentor.kit.personaldata.PersonalData;
import dev.devmentor.kit.personaldata.Section;
import dev.devmentor.pbml.PbmlIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is deleted of a person is what they get before, table by table. */
@QuarkusTest
class EverythingErasedIsExportedIT extends PbmlIT {
    private static final String AT = "2026-03-01T10:00:00Z";

    @Inject
    PersonalData data;

    private Response export(String token) {
        return RestAssured.given().auth().oauth2(token).get("/personal-data");
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    @Test
    void everyTableOfPeopleIsErasedAndIsExportedOrLeftOutForAReason() {
        TreeSet<String> ofPeople = new TreeSet<>(rows("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'owner_id'
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"""));
        TreeSet<String> erased = new TreeSet<>(WhenUserErased.TABLES);
        erased.add("touched");
        assertThat(erased).isEqualTo(ofPeople);

        TreeSet<String> told = new TreeSet<>(data.leftOut().keySet());
        data.sections().stream().map(Section::tables).forEach(told::addAll);
        ofPeople.add("owner");
        assertThat(told).isEqualTo(ofPeople);
    }

    @Test
    void aPersonGetsEverythingOfThemAndNothingOfAnybodyElse() {
        String person = fresh("mine");
        String other = fresh("theirs");
        for (String one : List.of(person, other)) {
            sendAndAwait(
                    event(EventTypes.TASK_CREATED, "t" + one, task(one, "t", AT)),
                    event(EventTypes.QUIZ_ANSWERED, "q" + one, answer(one, "a", AT, 3)),
                    event(EventTypes.CODE_CHANGED, "c" + one, code(one, "c", AT)));
        }

        Response response = export(tokens.learner(person));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        List<JsonNode> lines = response.asString()
                .lines()
                .map(EverythingErasedIsExportedIT::json)
                .toList();
        assertThat(lines.getFirst().get("service").textValue()).isEqualTo(SERVICE);
        JsonNode end = lines.getLast();
        assertThat(end.get("complete").booleanValue()).isTrue();
        assertThat(end.get("counts").get("profile").longValue()).isEqualTo(1);
        assertThat(end.get("counts").get("observations").longValue()).isEqualTo(3);
        List<JsonNode> observations = lines.stream()
                .filter(line -> line.path("section").asText().equals("observations"))
                .map(line -> line.get("row"))
                .toList();
        assertThat(observations)
                .extracting(
                        row -> row.get("kind").textValue() + " " + row.get("at").textValue())
                .containsExactlyInAnyOrder("task-created " + AT, "answer " + AT, "code " + AT);
        assertThat(observations).allMatch(row -> row.get("data").isObject());
        assertThat(lines.toString())
                .contains("src/Basket.java")
                .doesNotContain(other)
                .doesNotContain("ownerId");
    }

    @Test
    void withoutATokenItIs401AndForWhoeverIsNoLearner403() {
        assertThat(RestAssured.given().get("/personal-data").statusCode()).isEqualTo(401);
        assertThat(export(tokens.operator()).statusCode()).isEqualTo(403);
        assertThat(export(tokens.service()).statusCode()).isEqualTo(403);
    }
}
