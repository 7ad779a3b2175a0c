package dev.devmentor.gateway.graphql;

import dev.devmentor.gateway.graphql.LearningTypes.Hint;
import dev.devmentor.gateway.graphql.LearningTypes.HintPage;
import dev.devmentor.gateway.graphql.LearningTypes.Skill;
import dev.devmentor.gateway.graphql.LearningTypes.SkillPage;
import dev.devmentor.gateway.graphql.PatternTypes.Pattern;
import dev.devmentor.gateway.graphql.PatternTypes.PatternPage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What many things of a request need, read in few large pages and found by id: one read for a list of things instead of one for
 * each.
 */
@ApplicationScoped
class Standings {
    private static final int MOST_PAGES = 5;
    private static final int SKILLS = 200;
    private static final int HINTS = 100;
    private static final int PATTERNS = 200;

    private final Reads reads;

    Standings(Reads reads) {
        this.reads = reads;
    }

    /** The caller's skills by id, at most a thousand. */
    Uni<Map<String, Skill>> skills() {
        return skills(null, new HashMap<>(), 1);
    }

    private Uni<Map<String, Skill>> skills(@Nullable String cursor, Map<String, Skill> found, int page) {
        Target target = Target.of("/api/learning/skills")
                .segment(reads.person())
                .with("limit", SKILLS)
                .with("cursor", cursor);
        return reads.get(LearningQueries.SERVICE, target, SkillPage.class).flatMap(read -> {
            list(read.items()).forEach(skill -> found.put(skill.skill(), skill));
            return read.next() == null || page == MOST_PAGES
                    ? Uni.createFrom().item(found)
                    : skills(read.next(), found, page + 1);
        });
    }

    /** The newest hundred hints that are active, by the items that they are about. */
    Uni<Map<String, List<Hint>>> hintsByItem() {
        Target target = Target.of("/api/learning/hints").with("state", "active").with("limit", HINTS);
        return reads.get(LearningQueries.SERVICE, target, HintPage.class).map(page -> {
            Map<String, List<Hint>> byItem = new HashMap<>();
            for (Hint hint : list(page.items())) {
                list(hint.items())
                        .forEach(item -> byItem.computeIfAbsent(item.item(), _ -> new ArrayList<>())
                                .add(hint));
            }
            return byItem;
        });
    }

    /** The caller's own patterns of how they learn, by id; at most a thousand. */
    Uni<Map<String, Pattern>> learningPatterns() {
        return patterns(null, new HashMap<>(), 1);
    }

    private Uni<Map<String, Pattern>> patterns(@Nullable String cursor, Map<String, Pattern> found, int page) {
        Target target = Target.of("/api/pbml/patterns")
                .with("kind", "mistake,confusion,rhythm")
                .with("state", "candidate,active,stale,retired")
                .with("scope", "person")
                .with("limit", PATTERNS)
                .with("cursor", cursor);
        return reads.get(PatternQueries.SERVICE, target, PatternPage.class).flatMap(read -> {
            list(read.items()).forEach(pattern -> found.put(pattern.id(), pattern));
            return read.next() == null || page == MOST_PAGES
                    ? Uni.createFrom().item(found)
                    : patterns(read.next(), found, page + 1);
        });
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Those that are known, in the order of the ids. */
    static List<Skill> standings(Map<String, Skill> skills, @Nullable List<String> ids) {
        List<Skill> found = new ArrayList<>();
        for (String id : list(ids)) {
            Skill skill = skills.get(id);
            if (skill != null) {
                found.add(skill);
            }
        }
        return found;
    }
}
