package dev.devmentor.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown.
 *
 * @param seq its number, without gaps
 * @param subject whom it concerns; null for nobody, or if it was redacted
 * @param actor who did it, where that was not the subject
 * @param redacted whether an erasure has taken out something of it
 */
@Schema(examples = """
        {"seq": 1042, "at": "2026-03-01T10:00:00Z", "action": "login.succeeded", "subject": "u-7k2mznq4t8xw5cvb3hjd",
         "address": "192.0.2.1", "details": {"method": "password"}, "redacted": false}""")
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
