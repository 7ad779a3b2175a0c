package dev.devmentor.learning.bank;

import java.util.List;

/**
 * Something that a developer can do.
 *
 * @param id {@code AREA.NAME}
 * @param name for people
 * @param summary one sentence
 * @param prerequisites ids of skills that come before; the graph has no circles
 */
public record Skill(String id, String name, String summary, List<String> prerequisites) {
    public Skill {
        prerequisites = List.copyOf(prerequisites);
    }
}
