package dev.devmentor.learning.engine.interview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search for five skills by their names. */
final class NamedSkills {
    static final SkillSearch SKILLS = NamedSkills::find;
    private static final Pattern NAME =
            Pattern.compile("\\b(java|kafka|sql|kubernetes|git)\\b", Pattern.CASE_INSENSITIVE);

    private NamedSkills() {}

    private static List<FoundSkill> find(List<String> lines) {
        Map<String, List<FoundSkill.Place>> places = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = NAME.matcher(lines.get(i));
            while (matcher.find()) {
                places.computeIfAbsent(matcher.group().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(new FoundSkill.Place(i + 1, matcher.group(), lines.get(i)));
            }
        }
        return places.entrySet().stream()
                .map(found -> new FoundSkill(
                        found.getKey(), true, false, found.getValue().size(), found.getValue()))
                .toList();
    }
}
