package dev.devmentor.learning.bank;

import java.util.List;

/** What one file holds. */
public record Area(String id, String title, List<Skill> skills, List<Question> questions) {
    public Area {
        skills = List.copyOf(skills);
        questions = List.copyOf(questions);
    }
}
