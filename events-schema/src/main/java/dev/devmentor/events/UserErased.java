package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person is to be forgotten by every service.
 *
 * @param requestedBy who asked for it, where that is not the person
 * @param extra see {@link QuizAnswered#extra()}
 */
public record UserErased(
        String learner,
        Instant erasedAt,
        @Nullable String requestedBy,
        @Nullable String extra) {

    public UserErased {
        erasedAt = Values.micros(erasedAt);
    }
}
