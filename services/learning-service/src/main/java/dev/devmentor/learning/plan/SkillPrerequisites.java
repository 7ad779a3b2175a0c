package dev.devmentor.learning.plan;

import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.Skill;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What skills build on, from the bank that comes with the product; read when somebody first asks. */
@ApplicationScoped
class SkillPrerequisites {
    private volatile @Nullable Map<String, List<String>> bySkill;

    /** Skills that come directly before one; none of a skill that the bank does not know. */
    List<String> of(String skill) {
        Map<String, List<String>> known = bySkill;
        if (known == null) {
            known = new HashMap<>();
            for (Skill each : QuestionBank.shipped().skills()) {
                known.put(each.id(), each.prerequisites());
            }
            bySkill = known;
        }
        return known.getOrDefault(skill, List.of());
    }
}
