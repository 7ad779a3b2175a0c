package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An export, as its person sees it.
 *
 * @param state {@code running}; {@code done}: everything is in the file; {@code incomplete}: a service is missing in it, see parts, and
 *     a new export may have it; {@code cancelled}; {@code failed}: there is no file
 * @param parts what each service gave, in the order of their names
 * @param file where the file is; null without
 * @param bytes of the file
 * @param sha256 of the file, in hex
 * @param expiresAt when the file goes
 * @param error why there is no file
 */
@Schema(examples = """
        {"id": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "state": "incomplete", "requestedAt": "2026-03-01T10:00:00Z",
         "parts": [{"service": "auth-service", "state": "done", "file": "auth-service.ndjson", "bytes": 2310,
           "sha256": "9f2feb0f1ef425b292f2f94bc8482494df430413f1a0fbbe2a1c3b8b1f7d9a10", "counts": {"account": 1, "sessions": 2}},
          {"service": "pbml-service", "state": "missing", "reason": "timeout"}],
         "file": "/api/auth/me/exports/0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a/file", "bytes": 4711,
         "sha256": "5d41402abc4b2a76b9719d911017c592aa0d2e1c9b8f6f0e1d2c3b4a59687766", "finishedAt": "2026-03-01T10:00:05Z",
         "expiresAt": "2026-03-02T10:00:05Z"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportView(
        String id,
        String state,
        Instant requestedAt,
        List<ExportPart> parts,
        @Nullable String file,
        @Nullable Long bytes,
        @Nullable String sha256,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable String error) {

    @JsonIgnore
    boolean isOver() {
        return !state.equals("running");
    }
}
