package dev.devmentor.learning.hint;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.note.NoteTable;
import dev.devmentor.learning.skill.SkillCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What people call items and skills. */
@ApplicationScoped
class Names {
    private static final int LONGEST = 80;

    private final SkillCatalogue catalogue;
    private final NoteTable notes;

    Names(SkillCatalogue catalogue, NoteTable notes) {
        this.catalogue = catalogue;
        this.notes = notes;
    }

    /** The first line of a question's prompt, or a note's title, cut to 80 characters; other items are missing. */
    Map<String, String> ofItems(Connection connection, long learnerId, Collection<String> items) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        notes.titles(connection, learnerId, items).forEach((item, title) -> names.put(item, line(title)));
        for (String item : items) {
            Question question = catalogue.question(item);
            if (question != null) {
                names.put(item, line(question.prompt()));
            }
        }
        return names;
    }

    /** The name of a skill of the bank; null for others. */
    @Nullable String ofSkill(String skill) {
        Skill known = catalogue.bank().skill(skill);
        return known == null ? null : known.name();
    }

    static String line(String text) {
        String first = text.strip().lines().findFirst().orElse("").strip();
        int points = first.codePointCount(0, first.length());
        return points <= LONGEST
                ? first
                : first.substring(0, first.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }
}
