package dev.devmentor.gateway.flag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For whom a flag is evaluated.
 *
 * @param id of the person or service; null for nobody in particular
 * @param tier {@code free}, {@code premium} or {@code anonymous}
 */
public record Subject(@Nullable String id, List<String> roles, String tier, List<String> teams) {
    /** Nobody in particular. */
    public static final Subject ANYBODY = new Subject(null, List.of(), "anonymous", List.of());

    public Subject {
        roles = List.copyOf(roles);
        teams = List.copyOf(teams);
    }
}
