package dev.devmentor.learning.interview;

import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.bank.SkillFinder;
import dev.devmentor.learning.engine.interview.FoundSkill;
import dev.devmentor.learning.engine.interview.SkillSearch;
import dev.devmentor.learning.quiz.ShippedBank;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The skills of the question bank: their names, what comes before each, and how texts call them. Read when asked for first. */
@ApplicationScoped
class BankSkills implements SkillSearch {
    private final ShippedBank shipped;
    private @Nullable Known known;

    BankSkills(ShippedBank shipped) {
        this.shipped = shipped;
    }

    private record Known(SkillFinder finder, Map<String, String> names, Map<String, List<String>> prerequisites) {}

    private synchronized Known known() {
        Known read = known;
        if (read == null) {
            QuestionBank bank = shipped.get();
            Map<String, String> names = new HashMap<>();
            Map<String, List<String>> prerequisites = new HashMap<>();
            for (Skill skill : bank.skills()) {
                names.put(skill.id(), skill.name());
                prerequisites.put(skill.id(), skill.prerequisites());
            }
            read = new Known(SkillFinder.shipped(bank), Map.copyOf(names), Map.copyOf(prerequisites));
            known = read;
        }
        return read;
    }

    @Override
    public List<FoundSkill> in(List<String> lines) {
        return known().finder().find(String.join("\n", lines)).stream()
                .map(found -> new FoundSkill(
                        found.skill(),
                        found.named(),
                        found.emphasis() == SkillFinder.Emphasis.DEEP,
                        found.mentions(),
                        found.evidence().stream()
                                .map(place -> new FoundSkill.Place(place.line(), place.term(), place.text()))
                                .toList()))
                .toList();
    }

    /** The name of a skill, for people; its id if the bank no longer has it. */
    String name(String skill) {
        return known().names().getOrDefault(skill, skill);
    }

    /** For each skill those directly before it. */
    Map<String, List<String>> prerequisites() {
        return known().prerequisites();
    }
}
