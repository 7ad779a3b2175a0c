package dev.devmentor.learning.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.testkit.Conditions;
import io.restassured.response.Response;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tests of import and export share. */
abstract class TransferIT extends LearningIT {
    private static final Set<String> NAMES_OF_THE_LAST_ENTRY = Set.of("foldedSource", "foldedId");

    protected Response upload(String learner, byte[] content, String query) {
        return as(learner).contentType("application/octet-stream").body(content).post("/api/learning/imports" + query);
    }

    /** Starts an import; its id. */
    protected String start(String learner, byte[] content, String query) {
        Response response = upload(learner, content, query);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        String id = json(response.asString()).get("id").textValue();
        assertThat(response.header("Location")).isEqualTo("/api/learning/imports/" + id);
        return id;
    }

    protected JsonNode ended(String learner, String id) {
        JsonNode[] last = new JsonNode[1];
        Conditions.await("the end of the import", () -> {
            last[0] = get(learner, "/api/learning/imports/" + id);
            return !Set.of("reading", "applying").contains(last[0].get("state").textValue());
        });
        return last[0];
    }

    /** Imports, and waits for the end. */
    protected JsonNode imported(String learner, byte[] content, String query) {
        JsonNode view = ended(learner, start(learner, content, query));
        assertThat(view.get("state").textValue()).as(view.toString()).isEqualTo("done");
        return view;
    }

    protected byte[] exported(String learner, String format) {
        Response response = as(learner).get("/api/learning/export?format=" + format);
        assertThat(response.statusCode()).as(format).isEqualTo(200);
        return response.asByteArray();
    }

    /** Every bit of a card's state, but the name of the entry that was folded last: that belongs to whose log it is. */
    protected Map<String, Object> stateOf(String learner, String item) {
        Card card = requireCard(learner, item);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("skills", card.skills());
        for (RecordComponent component : CardState.class.getRecordComponents()) {
            if (!NAMES_OF_THE_LAST_ENTRY.contains(component.getName())) {
                try {
                    state.put(
                            component.getName(),
                            String.valueOf(component.getAccessor().invoke(card.state())));
                } catch (ReflectiveOperationException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        }
        return state;
    }

    protected List<String> items(String learner) {
        return List.of(text(
                        "SELECT coalesce(string_agg(item, '|' ORDER BY item), '') FROM card JOIN learner ON learner_id = id WHERE sub = ?",
                        learner)
                .split("\\|"));
    }

    protected void assertSameCards(String learner, String other) {
        assertThat(items(other)).isEqualTo(items(learner));
        for (String item : items(learner)) {
            assertThat(stateOf(other, item)).as(item).isEqualTo(stateOf(learner, item));
        }
    }
}
