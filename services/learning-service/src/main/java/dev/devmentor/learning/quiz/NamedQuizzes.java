package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.learning.bank.Area;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.Skill;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The quizzes that are ready-made, from {@code quiz/named-quizzes.json}: what each is called, and which skills it tests. */
@ApplicationScoped
public class NamedQuizzes {
    private static final String FILE = "/quiz/named-quizzes.json";

    private final List<Named> all;
    private final ShippedBank bank;

    NamedQuizzes(ShippedBank bank) {
        this.bank = bank;
        this.all = read();
    }

    /**
     * A ready-made quiz.
     *
     * @param size how many questions, where nobody says
     * @param areas ids of areas of the bank, and of each the ids of its skills; no skills stand for all of the area
     */
    public record Named(String id, String title, String description, int size, Map<String, List<String>> areas) {}

    /** All of them, in the order of the file. */
    public List<Named> all() {
        return all;
    }

    /** The one with an id. */
    public Optional<Named> find(String id) {
        return all.stream().filter(named -> named.id().equals(id)).findFirst();
    }

    /**
     * The skills that a ready-made quiz tests.
     *
     * @throws IllegalStateException if the bank lacks one, which the build does not let pass
     */
    public List<String> skills(Named named) {
        QuestionBank shipped = bank.get();
        List<String> skills = new ArrayList<>();
        named.areas().forEach((areaId, wanted) -> {
            Area area = shipped.areas().stream()
                    .filter(candidate -> candidate.id().equals(areaId))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(named.id() + ": no area " + areaId));
            List<String> known = area.skills().stream().map(Skill::id).toList();
            if (!known.containsAll(wanted)) {
                throw new IllegalStateException(named.id() + ": " + areaId + " has not all of " + wanted);
            }
            skills.addAll(wanted.isEmpty() ? known : wanted);
        });
        return List.copyOf(skills);
    }

    private static List<Named> read() {
        try (InputStream in = NamedQuizzes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            List<Named> quizzes = new ArrayList<>();
            for (JsonNode node : new JsonMapper().readTree(in)) {
                Map<String, List<String>> areas = new LinkedHashMap<>();
                node.get("areas").properties().forEach(area -> {
                    List<String> skills = new ArrayList<>();
                    area.getValue().forEach(skill -> skills.add(skill.textValue()));
                    areas.put(area.getKey(), List.copyOf(skills));
                });
                quizzes.add(new Named(
                        node.get("id").textValue(),
                        node.get("title").textValue(),
                        node.get("description").textValue(),
                        node.get("size").intValue(),
                        areas));
            }
            return List.copyOf(quizzes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
