package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person opened an account. It holds nothing that names them outside the platform.
 *
 * @param registeredAt when the account came into being
 * @param tier what the account is entitled to, such as {@code free}
 * @param extra see {@link QuizAnswered#extra()}
 */
public record UserRegistered(
        String learner,
        Instant registeredAt,
        @Nullable String tier,
        @Nullable String extra) {

    public UserRegistered {
        registeredAt = Values.micros(registeredAt);
    }
}
