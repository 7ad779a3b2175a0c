package dev.devmentor.learning.bank;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something to work towards.
 *
 * @param id stable, as {@code backend-engineer}
 * @param title for people
 * @param summary one sentence
 * @param names how it is called in texts
 * @param skills wanted level by skill id, the most wanted first
 */
public record Goal(String id, String title, String summary, List<String> names, Map<String, Level> skills) {
    public Goal {
        names = List.copyOf(names);
        skills = Collections.unmodifiableMap(new LinkedHashMap<>(skills));
    }
}
