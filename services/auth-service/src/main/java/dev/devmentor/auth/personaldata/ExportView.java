package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
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
