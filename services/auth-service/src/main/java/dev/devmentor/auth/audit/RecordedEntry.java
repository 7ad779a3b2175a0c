package dev.devmentor.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown.
 *
 * @param seq its number, without gaps
 * @param subject whom it concerns; null for nobody, or if it was redacted
 * @param actor who did it, where that was not the subject
 * @param redacted whether an erasure has taken out something of it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedEntry(
        long seq,
        Instant at,
        String action,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String address,
        Map<String, String> details,
        boolean redacted) {}
