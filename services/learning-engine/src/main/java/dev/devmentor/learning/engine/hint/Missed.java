package dev.devmentor.learning.engine.hint;

import dev.devmentor.learning.engine.load.CognitiveLoad;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was missed lately: in one of the two newest sittings and within seven days, and not made good since. A sitting ends with a pause of 30 minutes, as everywhere ({@link CognitiveLoad#SESSION_GAP_MICROS}).
 *
 * @param items whose last answer was wrong
 * @param skills of which the last answer was wrong
 */
public record Missed(Set<String> items, Set<String> skills) {
    /** Nothing was missed. */
    public static final Missed NOTHING = new Missed(Set.of(), Set.of());

    /** What lies longer back says nothing of today. */
    public static final long LATELY_MICROS = 7L * 86_400 * 1_000_000;

    private static final int SITTINGS = 2;

    public Missed {
        items = Set.copyOf(items);
        skills = Set.copyOf(skills);
    }

    /** An answer. */
    public record Given(String item, List<String> skills, long atMicros, boolean correct) {
        public Given {
            skills = List.copyOf(skills);
        }
    }

    /**
     * What answers say.
     *
     * @param newestFirst answers up to now
     */
    public static Missed of(List<Given> newestFirst, long nowMicros) {
        Set<String> seenItems = new HashSet<>();
        Set<String> seenSkills = new HashSet<>();
        Set<String> items = new HashSet<>();
        Set<String> skills = new HashSet<>();
        int sittings = 1;
        long later = newestFirst.isEmpty() ? nowMicros : newestFirst.getFirst().atMicros();
        for (Given given : newestFirst) {
            sittings += later - given.atMicros() > CognitiveLoad.SESSION_GAP_MICROS ? 1 : 0;
            if (sittings > SITTINGS || nowMicros - given.atMicros() > LATELY_MICROS) {
                break;
            }
            later = given.atMicros();
            if (seenItems.add(given.item()) && !given.correct()) {
                items.add(given.item());
            }
            for (String skill : given.skills()) {
                if (seenSkills.add(skill) && !given.correct()) {
                    skills.add(skill);
                }
            }
        }
        return new Missed(items, skills);
    }
}
