package dev.devmentor.learning.engine.person;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as everything beside the card's own fold sees it. It was not taken back, or the reader leaves it out.
 *
 * @param answerId the identity of the answer; unique within a learner
 * @param item what was asked: a question of the bank, a note, an item of somebody else
 * @param skills what the item exercises; may be empty
 * @param quiz the quiz that it was part of; null if none
 * @param atMicros event time, microseconds since 1970-01-01T00:00Z
 * @param localDay the learner's day number (days since 1970-01-01), as computed when the answer came in
 * @param correct whether it was right
 * @param grade 1 (Again) to 4 (Easy)
 * @param responseMs milliseconds from question to answer; -1 if not known
 * @param bloom level of Bloom's taxonomy, 1 (remember) to 6 (create); 0 if not known
 * @param difficulty as the sender of the answer states it, 0 to 1; NaN if not known
 * @param origin where it came from, for instance an import; null if nobody says
 */
public record Answered(
        String answerId,
        String item,
        List<String> skills,
        @Nullable String quiz,
        long atMicros,
        int localDay,
        boolean correct,
        int grade,
        int responseMs,
        int bloom,
        double difficulty,
        @Nullable String origin) {

    /** Checks what would make a fold meaningless. */
    public Answered {
        skills = List.copyOf(skills);
        if (grade < 1 || grade > 4 || bloom < 0 || bloom > 6) {
            throw new IllegalArgumentException("grade " + grade + ", level " + bloom);
        }
    }
}
