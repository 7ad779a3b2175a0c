package dev.devmentor.pbml.engine.study;

import java.util.List;

/**
 * What was found, in the shape of {@code pattern.learned}.
 *
 * @param id the same for the same kind and subjects, whoever the person is and whenever it is found; at most 64 characters
 * @param items two for a pair of items, in order of their ids; otherwise empty
 * @param skills two for a pair of skills, in order; those that the two items share, for a pair of items
 * @param hours local hours at which the person does well, ascending; empty unless it is about hours
 * @param sessionMinutes so long a sitting stays good; 0 unless it is about that
 * @param explanation a sentence with the numbers that it rests on
 * @param confidence lower bound of the probability that it holds: one less the q-value with no share of true patterns
 *     assumed (Storey 2003, "The positive false discovery rate")
 * @param support observations that it rests on
 * @param evidence some of the events, the newest first, at most {@value #MOST_EVIDENCE}
 */
public record StudyPattern(
        String id,
        Kind kind,
        List<String> items,
        List<String> skills,
        List<Integer> hours,
        int sessionMinutes,
        String explanation,
        double confidence,
        int support,
        List<EventReference> evidence) {

    static final int MOST_EVIDENCE = 10;

    /** Kinds of {@code pattern.learned} that this engine finds. */
    public enum Kind {
        MISTAKE,
        CONFUSION,
        RHYTHM
    }

    public StudyPattern {
        items = List.copyOf(items);
        skills = List.copyOf(skills);
        hours = List.copyOf(hours);
        evidence = List.copyOf(evidence);
    }
}
