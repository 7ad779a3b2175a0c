package dev.devmentor.learning.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.engine.plan.Plan;
import dev.devmentor.learning.plan.PlanView.BacklogDay;
import dev.devmentor.learning.plan.PlanView.Load;
import dev.devmentor.learning.plan.PlanView.MoveView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as JSON: in the table, in the details of entries, and to callers. */
@RegisterForReflection(targets = {PlanJson.Outcome.class, Load.class, BacklogDay.class, MoveView.class})
@ApplicationScoped
class PlanJson {
    private final ObjectMapper mapper;

    PlanJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** What is stored of a plan besides its moves. */
    record Outcome(
            Map<String, Number> figures,
            List<String> notes,
            List<Load> load,
            @Nullable List<BacklogDay> backlog) {}

    String parameters(Draft draft) {
        return write(draft.parameters());
    }

    String outcome(Draft.Drawn drawn) {
        return write(new Outcome(drawn.figures(), drawn.plan().notes(), load(drawn.plan()), backlog(drawn)));
    }

    String detail(Move move) {
        return write(show(move));
    }

    /** The request that a plan was made from, with what was added by default. */
    Draft draft(StoredPlan stored) {
        ObjectNode request = ((ObjectNode) read(stored.parameters()))
                .put("kind", stored.kind().wireName());
        return Draft.of(mapper.convertValue(request, PlanRequest.class));
    }

    boolean sameParameters(StoredPlan stored, Draft draft) {
        return stored.kind() == draft.kind() && read(stored.parameters()).equals(read(parameters(draft)));
    }

    PlanView preview(Draft draft, Draft.Drawn drawn, long atMicros, int shownMoves) {
        Plan plan = drawn.plan();
        return new PlanView(
                null,
                draft.kind().wireName(),
                "preview",
                Micros.toInstant(atMicros),
                null,
                mapper.valueToTree(draft.parameters()),
                plan.moves().size(),
                mapper.valueToTree(drawn.figures()),
                plan.notes(),
                load(plan),
                backlog(drawn),
                plan.moves().stream().limit(shownMoves).map(PlanJson::show).toList());
    }

    /**
     * @param moveDetails as {@link #detail} wrote them; null to leave moves and load out
     */
    PlanView view(StoredPlan plan, @Nullable List<String> moveDetails) {
        JsonNode outcome = read(plan.outcome());
        List<String> notes = new ArrayList<>();
        outcome.get("notes").forEach(note -> notes.add(note.textValue()));
        Long undone = plan.undoneMicros();
        return new PlanView(
                plan.id(),
                plan.kind().wireName(),
                undone == null ? "applied" : "undone",
                Micros.toInstant(plan.atMicros()),
                undone == null ? null : Micros.toInstant(undone),
                read(plan.parameters()),
                plan.moved(),
                outcome.get("figures"),
                notes,
                moveDetails == null ? null : list(outcome.path("load"), Load.class),
                moveDetails == null || !outcome.hasNonNull("backlog")
                        ? null
                        : list(outcome.path("backlog"), BacklogDay.class),
                moveDetails == null
                        ? null
                        : moveDetails.stream()
                                .map(detail -> mapper.convertValue(read(detail), MoveView.class))
                                .toList());
    }

    private <T> List<T> list(JsonNode array, Class<T> type) {
        return mapper.convertValue(array, mapper.getTypeFactory().constructCollectionType(List.class, type));
    }

    private static @Nullable List<BacklogDay> backlog(Draft.Drawn drawn) {
        if (drawn.days().isEmpty()) {
            return null;
        }
        return drawn.days().stream()
                .map(day ->
                        new BacklogDay(LocalDate.ofEpochDay(day.day()), day.dueAnyway(), day.worked(), day.remaining()))
                .toList();
    }

    private static List<Load> load(Plan plan) {
        return plan.load().stream()
                .map(load -> new Load(LocalDate.ofEpochDay(load.day()), load.before(), load.after()))
                .toList();
    }

    private static MoveView show(Move move) {
        return new MoveView(
                move.item(),
                LocalDate.ofEpochDay(move.fromDay()),
                LocalDate.ofEpochDay(move.toDay()),
                move.recallBefore(),
                move.recallAfter(),
                move.reason());
    }

    private String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a plan that is no JSON", impossible);
        }
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a stored plan is not readable", damaged);
        }
    }
}
