package dev.devmentor.learning.bank;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All areas, their questions, and the graph of skills over them. Immutable. */
public final class QuestionBank {
    /** The files on the class path; a new one is a line here. */
    public static final List<String> FILES = List.of(
            "algorithms.yaml",
            "code-design.yaml",
            "concurrency.yaml",
            "data-structures.yaml",
            "databases.yaml",
            "distributed-systems.yaml",
            "git.yaml",
            "http-apis.yaml",
            "java.yaml",
            "javascript.yaml",
            "kafka.yaml",
            "kubernetes.yaml",
            "linux.yaml",
            "networking.yaml",
            "observability.yaml",
            "python.yaml",
            "security.yaml",
            "sql.yaml",
            "system-design.yaml",
            "testing.yaml");

    private final List<Area> areas;
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Map<String, Skill> skills = new LinkedHashMap<>();
    private final Map<String, List<Question>> bySkill = new HashMap<>();

    private QuestionBank(List<Area> areas) {
        this.areas = List.copyOf(areas);
        for (Area area : areas) {
            area.skills().forEach(skill -> skills.put(skill.id(), skill));
            for (Question question : area.questions()) {
                questions.put(question.id(), question);
                for (String skill : question.skills()) {
                    bySkill.computeIfAbsent(skill, _ -> new ArrayList<>()).add(question);
                }
            }
        }
    }

    /**
     * The bank that comes with the product.
     *
     * @throws IllegalStateException if a file of it breaks a rule, which the build does not let pass
     */
    public static QuestionBank shipped() {
        List<Finding> findings = new ArrayList<>();
        List<Area> areas = new ArrayList<>();
        for (String file : FILES) {
            areas.add(AreaReader.read(file, resource("/bank/" + file), findings));
        }
        QuestionBank bank = of(areas, findings);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the question bank is broken: " + findings.getFirst());
        }
        return bank;
    }

    static String resource(String path) {
        try (InputStream in = QuestionBank.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A bank of areas, and what is wrong across them. */
    public static QuestionBank of(List<Area> areas, List<Finding> findings) {
        QuestionBank bank = new QuestionBank(areas);
        bank.check(findings);
        return bank;
    }

    public List<Area> areas() {
        return areas;
    }

    public Collection<Question> questions() {
        return questions.values();
    }

    public @Nullable Question question(String id) {
        return questions.get(id);
    }

    public Collection<Skill> skills() {
        return skills.values();
    }

    public @Nullable Skill skill(String id) {
        return skills.get(id);
    }

    /** Questions that name a skill. */
    public List<Question> ofSkill(String skill) {
        return List.copyOf(bySkill.getOrDefault(skill, List.of()));
    }

    /** A skill and all that come before it, those that nothing comes before first. */
    public List<String> withPrerequisites(String skill) {
        Set<String> ordered = new LinkedHashSet<>();
        addWithPrerequisites(skill, ordered, new LinkedHashSet<>());
        return List.copyOf(ordered);
    }

    private void addWithPrerequisites(String id, Set<String> ordered, Set<String> under) {
        Skill skill = skills.get(id);
        if (skill == null || ordered.contains(id) || !under.add(id)) {
            return;
        }
        skill.prerequisites().forEach(before -> addWithPrerequisites(before, ordered, under));
        ordered.add(id);
    }

    private void check(List<Finding> findings) {
        Map<String, String> ids = new HashMap<>();
        Map<String, String> templates = new HashMap<>();
        for (Area area : areas) {
            String file = area.id() + ".yaml";
            for (Skill skill : area.skills()) {
                report(findings, file, ids.put(skill.id(), file) != null, "two skills have the id " + skill.id());
                for (String before : skill.prerequisites()) {
                    report(findings, file, !skills.containsKey(before), skill.id() + ": no skill " + before);
                }
                report(findings, file, isItsOwnPrerequisite(skill), skill.id() + " comes before itself");
                report(findings, file, ofSkill(skill.id()).size() < 2, skill.id() + " is in fewer than two questions");
            }
            for (Question question : area.questions()) {
                report(
                        findings,
                        file,
                        ids.put(question.id(), file) != null,
                        "two questions have the id " + question.id());
                for (String skill : question.skills()) {
                    report(findings, file, !skills.containsKey(skill), question.id() + ": no skill " + skill);
                }
                String twin = templates.put(template(question), question.id());
                report(findings, file, twin != null, question.id() + " has the template of " + twin);
            }
        }
    }

    private static void report(List<Finding> findings, String file, boolean wrong, String message) {
        if (wrong) {
            findings.add(new Finding(file, 1, message));
        }
    }

    private boolean isItsOwnPrerequisite(Skill skill) {
        Deque<String> left = new ArrayDeque<>(skill.prerequisites());
        Set<String> seen = new LinkedHashSet<>();
        while (!left.isEmpty()) {
            String next = left.pop();
            if (next.equals(skill.id())) {
                return true;
            }
            Skill known = skills.get(next);
            if (known != null && seen.add(next)) {
                left.addAll(known.prerequisites());
            }
        }
        return false;
    }

    /** What is left of a question without its numbers and names: two questions that share it are one in two dresses. */
    private static String template(Question question) {
        String code = question.code() == null ? "" : question.code().text();
        return (question.prompt() + "\n" + code)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[0-9]+", "0")
                .replaceAll("\"[^\"]*\"|'[^']*'|`[^`]*`", "\"\"")
                .replaceAll("\\s+", " ");
    }
}
