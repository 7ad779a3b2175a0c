package dev.devmentor.events;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One service has forgotten a person. It names nobody but {@code learner}, which is opaque.
 *
 * @param service the service that answers
 * @param erasureId the id of the {@code user.erased} event that it answers
 * @param counts how many things of each kind were deleted or made anonymous
 * @param extra see {@link QuizAnswered#extra()}
 */
public record UserErasureCompleted(
        String learner,
        String service,
        String erasureId,
        Map<String, Long> counts,
        Instant completedAt,
        @Nullable String extra) {

    public UserErasureCompleted {
        // Sorted, so that the same counts are written as the same bytes.
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        completedAt = Values.micros(completedAt);
    }
}
